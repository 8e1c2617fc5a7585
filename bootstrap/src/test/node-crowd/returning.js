// node returning.js ADDRESS: many clients of socket.io-client, of any version, unchanged and without a line of code that
// would bring them back. Takes commands as lines of JSON and answers each with a line.
const readline = require("node:readline");

const address = process.argv[2];
const TRANSPORTS = { polling: ["polling"], websocket: ["websocket"], both: ["polling", "websocket"] };

class Client {
  constructor(version, transports, token) {
    const old = version.startsWith("2.");
    this.connects = 0;
    this.errors = [];
    this.socket = require("socket.io-client-" + version)(address, {
      transports: TRANSPORTS[transports],
      forceNew: true,
      // Clients of 2.x are connected without being asked for anything but their headers.
      ...(old ? { extraHeaders: { Authorization: `Bearer ${token}` } } : { auth: { token } }),
    });
    this.socket.on("connect", () => this.connects++);
    // What the server said, as against what happened to the connection.
    const said = (error) => {
      const message = typeof error === "string" ? error : error.message;
      if (!/xhr|websocket|timeout|transport/.test(message)) this.errors.push(message);
    };
    this.socket.on(old ? "error" : "connect_error", said);
  }
}

const clients = [];

function state() {
  return {
    clients: clients.length,
    connected: clients.filter(({ socket }) => socket.connected).length,
    // Clients of 4.x know whether they will ever try again.
    stranded: clients.filter(({ socket }) => socket.active === false).length,
    errors: [...new Set(clients.flatMap(({ errors }) => errors))],
    connects: clients.reduce((sum, { connects }) => sum + connects, 0),
  };
}

async function come({ version, transports, tokens, atOnce = 50 }) {
  for (let i = 0; i < tokens.length; i += atOnce) {
    const some = tokens.slice(i, i + atOnce).map((token) => new Client(version, transports, token));
    clients.push(...some);
    await Promise.all(some.map(({ socket }) => socket.connected || new Promise((done) => socket.once("connect", done))));
  }
  return state();
}

async function obey(command) {
  switch (command.do) {
    case "come":
      return come(command);
    case "lose":
      // As if the network had gone: the client does not want it, and does not know why.
      clients.forEach(({ socket }) => socket.io.engine?.close());
      return state();
    case "state":
      return state();
    default:
      throw new Error(command.do);
  }
}

readline
  .createInterface({ input: process.stdin })
  .on("line", async (line) => console.log(JSON.stringify(await obey(JSON.parse(line)))))
  .on("close", () => process.exit(0));
