"""python-socketio, unchanged: many clients that come back by themselves, or do not.

Prints how many are connected, as a line, whenever a line comes in.
"""

import sys
import time

import socketio
from socketio.exceptions import ConnectionError

address, transport, *tokens = sys.argv[1:]
clients = []
for token in tokens:
    client = socketio.Client()
    while not client.connected:
        # Only who has been connected comes back by itself.
        try:
            client.connect(address, auth={"token": token}, transports=[transport])
        except ConnectionError:
            time.sleep(1)
    clients.append(client)
for line in sys.stdin:
    print(sum(client.connected and "/" in client.namespaces for client in clients), flush=True)
