// A Socket.IO server of Node's, with its Redis adapter, and an emitter. Takes commands as lines of
// JSON and answers each with a line.
const { createServer } = require("node:http");
const readline = require("node:readline");
const { createAdapter } = require("@socket.io/redis-adapter");
const { Emitter } = require("@socket.io/redis-emitter");
const { createClient } = require("redis");
const { Server } = require("socket.io");

async function main() {
  const pub = createClient({ url: process.argv[2] });
  const sub = pub.duplicate();
  await Promise.all([pub.connect(), sub.connect()]);
  const http = createServer();
  const io = new Server(http, { adapter: createAdapter(pub, sub, { requestsTimeout: 20000 }) });
  const emitter = new Emitter(pub);
  let gossip = 0;

  io.on("gossip", () => gossip++);
  io.on("connection", (socket) => {
    socket.data = { user_id: 0, username: "node" };
    socket.on("enter", (room, ack) => {
      socket.join(String(room));
      ack({ ok: true });
    });
    // What a program of Node's does with what its client says.
    socket.on("say", (room, event, payload) => socket.to(String(room)).emit(event, payload));
  });

  function target(command) {
    let chosen = command.from === "emitter" ? emitter : io;
    for (const room of command.to ?? []) {
      chosen = chosen.to(room);
    }
    for (const room of command.except ?? []) {
      chosen = chosen.except(room);
    }
    for (const flag of command.flags ?? []) {
      chosen = flag === "compress" ? chosen.compress(true) : chosen[flag];
    }
    return chosen;
  }

  async function obey(command) {
    const chosen = target(command);
    switch (command.do) {
      case "emit":
        chosen.emit(command.event, ...command.args);
        return {};
      case "fetch": {
        const sockets = await chosen.fetchSockets();
        return {
          sockets: sockets.map(({ id, rooms, handshake, data }) => ({
            id, rooms: [...rooms], handshake, data,
          })),
        };
      }
      case "rooms":
        return { rooms: [...(await io.of("/").adapter.allRooms())] };
      case "servers":
        return { servers: await io.of("/").adapter.serverCount() };
      case "join":
        chosen.socketsJoin(command.rooms);
        return {};
      case "leave":
        chosen.socketsLeave(command.rooms);
        return {};
      case "disconnect":
        chosen.disconnectSockets(command.close);
        return {};
      case "ask":
        return { answers: await chosen.timeout(20000).emitWithAck(command.event, ...command.args) };
      case "gossip":
        chosen.serverSideEmit("gossip", "among servers");
        return { heard: gossip };
      default:
        throw new Error(command.do);
    }
  }

  readline.createInterface({ input: process.stdin }).on("line", async (line) => {
    let answer;
    try {
      answer = await obey(JSON.parse(line));
    } catch (e) {
      answer = { error: String(e) };
    }
    console.log(JSON.stringify(answer));
  }).on("close", () => process.exit(0));

  http.listen(0, "127.0.0.1", () => {
    console.log(JSON.stringify({ address: `http://127.0.0.1:${http.address().port}` }));
  });
}

main();
