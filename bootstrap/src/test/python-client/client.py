"""python-socketio, unchanged: joins a room, says something, and says what happens to it, a line of JSON each.

Its handlers take the arguments that the events are documented with, and not one more.
"""

import asyncio
import json
import sys
import threading

import socketio

address, token, room, kind = sys.argv[1:]
HELLO = {"room_id": int(room), "content": "it is Python"}


one_at_a_time = threading.Lock()


def say(**line):
    with one_at_a_time:
        print(json.dumps(line), flush=True)


def listen(client):
    client.on("new message", lambda message: say(heard=message["content"]))
    client.on("online users", lambda people, counts: say(online=counts["online"]))
    client.on("connect_error", lambda reason: say(failed=reason))


def failed(thread):
    say(failed=repr(thread.exc_value))


def blocking(transports):
    threading.excepthook = failed
    client = socketio.Client()
    listen(client)
    client.connect(address, auth={"token": token}, transports=transports)
    ack = client.call("join room", {"room_id": int(room)})
    client.call("send message", HELLO)
    say(joined=ack["room"]["last_seq"])
    client.wait()


async def concurrent():
    client = socketio.AsyncClient()
    listen(client)
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: say(failed=repr(context)))
    await client.connect(address, auth={"token": token})
    ack = await client.call("join room", {"room_id": int(room)})
    await client.call("send message", HELLO)
    say(joined=ack["room"]["last_seq"])
    await client.wait()


if kind == "asyncio":
    asyncio.run(concurrent())
else:
    blocking({"websocket": ["websocket"], "polling": ["polling"], "upgrade": None}[kind])
