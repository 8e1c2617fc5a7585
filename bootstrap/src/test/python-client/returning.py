"""python-socketio, unchanged: many clients that come back by themselves, or do not.

Prints how many are connected, as a line, whenever a line comes in.
"""

import sys
import threading

import socketio

address, transport, *tokens = sys.argv[1:]
clients = []
for token in tokens:
    client = socketio.Client()
    client.connect(address, auth={"token": token}, transports=[transport])
    clients.append(client)
for line in sys.stdin:
    print(sum(client.connected and "/" in client.namespaces for client in clients), flush=True)
