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
  const io = new Server(http, { adapter: createAdapter(pub, sub, { requestsTimeout: 2000 }) });
  const emitter = new Emitter(pub);

  io.on("connection", (socket) => {
    socket.on("enter", (room, ack) => {
      socket.join(String(room));
      ack({ ok: true });
    });
  });

  async function obey(command) {
    if (command.do === "fetch") {
      return { sockets: (await io.fetchSockets()).length };
    }
    if (command.do === "gossip") {
      io.serverSideEmit("gossip", "among servers");
      return {};
    }
    let target = command.do === "emitter" ? emitter : io;
    for (const room of command.to ?? []) {
      target = target.to(room);
    }
    for (const room of command.except ?? []) {
      target = target.except(room);
    }
    target.emit(command.event, ...command.args);
    return {};
  }

  readline.createInterface({ input: process.stdin }).on("line", async (line) => {
    console.log(JSON.stringify(await obey(JSON.parse(line))));
  }).on("close", () => process.exit(0));

  http.listen(0, "127.0.0.1", () => {
    console.log(JSON.stringify({ address: `http://127.0.0.1:${http.address().port}` }));
  });
}

main();
