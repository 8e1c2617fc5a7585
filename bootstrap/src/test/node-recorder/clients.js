// Real clients of both dialects in one process, which do what lines of JSON tell them and write a line for everything that they hear.
// None of them reconnects by itself, so that the order of things is the script's.
const readline = require("node:readline");

const CLIENTS = { standard: require("socket.io-client-4.8"), legacy: require("socket.io-client-2.5") };
const sockets = new Map();
const arrivals = new Map();

function open({ client, dialect, address, token, transport }) {
  const say = (kind, ...args) => console.log(JSON.stringify({ client, kind, args }));
  const credentials = token === undefined ? {} : { token };
  const socket = CLIENTS[dialect](address, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
    ...(dialect === "standard" ? { auth: credentials } : {}),
    ...(dialect === "legacy" && token !== undefined ? { extraHeaders: { Authorization: `Bearer ${token}` } } : {}),
  });
  sockets.set(client, socket);
  // Both versions give each event to this method, with every argument that came.
  const { onevent } = socket;
  socket.onevent = function (packet) {
    say("event", ...packet.data);
    onevent.call(this, packet);
  };
  socket.on("connect", () => {
    const again = arrivals.get(client) === socket.id;
    arrivals.set(client, socket.id);
    say("connect", { transport: socket.io.engine.transport.name, recovered: socket.recovered, again });
  });
  socket.on("connect_error", (e) => say("connect_error", e.message, e.data));
  if (dialect === "legacy") {
    socket.on("error", (e) => say("error", e.message ?? e));
  }
  socket.on("disconnect", (reason) => say("disconnect", reason));
  return socket;
}

function obey(command) {
  const { client } = command;
  const socket = sockets.get(client);
  switch (command.do) {
    case "open":
      open(command);
      break;
    case "emit":
      socket.emit(command.event, ...command.args);
      break;
    case "ask":
      socket.emit(command.event, ...command.args, (...answer) =>
        console.log(JSON.stringify({ client, kind: "ack", args: [command.event, ...answer] })),
      );
      break;
    case "cut":
      socket.io.engine.transport.ws.terminate();
      break;
    case "return":
      socket.io.uri = command.address;
      socket.connect();
      break;
    case "leave":
      socket.disconnect();
      break;
    default:
      throw new Error(command.do);
  }
}

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => obey(JSON.parse(line)))
  .on("close", () => process.exit(0));
