// Many clients of npm's socket.io-client in one room, each of which sends what it is told to until it is acked, comes back by itself
// and asks for what it missed. Takes commands as lines of JSON and answers each with a line.
const readline = require("node:readline");
const { io } = require("socket.io-client-4.8");

const address = process.argv[2];
const TRANSPORTS = { polling: ["polling"], websocket: ["websocket"], both: ["polling", "websocket"] };

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Client {
  constructor({ name, token, transports }, room) {
    Object.assign(this, { name, token, transports, room });
    this.heard = []; // numbers, as they came
    this.ids = new Map(); // client message id -> number
    this.acked = [];
    this.visits = []; // where it was, and when it came
    this.ends = []; // why a connection ended, and when
    this.errors = [];
    this.present = false;
    this.talking = false;
    this.joined = new Promise((resolve) => (this.hasJoined = resolve));
    // In a process without cookies, as Node's client is.
    this.socket = io(address, { auth: { token }, transports: TRANSPORTS[transports], forceNew: true });
    this.socket.on("new message", (message) => this.take(message));
    this.socket.on("connect", () => this.join());
    this.socket.on("disconnect", (reason) => {
      this.present = false;
      this.ends.push({ at: Date.now(), reason });
    });
    this.socket.on("connect_error", (error) => this.errors.push(`${error.message} ${error.description ?? ""}`));
  }

  take(message) {
    this.heard.push(message.seq);
    this.ids.set(message.client_message_id, message.seq);
  }

  async join() {
    const { recovered } = this.socket;
    this.visits.push({ at: Date.now(), node: this.socket.io.engine.id.split(".")[0], recovered });
    if (recovered) {
      // It is in its room, and what it missed comes by itself.
      this.present = true;
      return;
    }
    const last = this.heard.length ? Math.max(...this.heard) : undefined;
    this.socket.emit("join room", { room_id: this.room, after_seq: last ?? 0 }, async (answer) => {
      if (!answer.ok) {
        this.errors.push(JSON.stringify(answer));
        return;
      }
      answer.messages.forEach((message) => this.take(message));
      if (!answer.complete) {
        await this.catchUp(answer.messages.at(-1)?.seq ?? last ?? 0, answer.room.last_seq);
      }
      this.present = true;
      this.hasJoined();
    });
  }

  async catchUp(after, until) {
    while (after < until) {
      const page = await fetch(`${address}/api/rooms/${this.room}/messages?after=${after}&limit=100`, {
        headers: { Authorization: `Bearer ${this.token}` },
      });
      const { messages } = await page.json();
      messages.filter((message) => message.seq <= until).forEach((message) => this.take(message));
      after = messages.at(-1).seq;
    }
  }

  async talk(every) {
    this.talking = true;
    for (let n = 0; this.talking; n++) {
      await this.say(`${this.name}-${n}`);
      await pause(every * (0.5 + Math.random()));
    }
    this.silent?.();
  }

  async say(id) {
    for (;;) {
      while (!this.present) await pause(20);
      try {
        const answer = await this.socket
          .timeout(3000)
          .emitWithAck("send message", { room_id: this.room, content: id, client_message_id: id });
        if (answer.ok) {
          this.acked.push(id);
          return;
        }
        this.errors.push(JSON.stringify(answer.error));
      } catch (late) {
        // Nobody knows whether it was stored: once more, with the same id.
      }
      await pause(50);
    }
  }

  hush() {
    return new Promise((resolve) => {
      this.silent = resolve;
      if (!this.talking) resolve();
      this.talking = false;
    });
  }

  report() {
    return {
      name: this.name,
      transports: this.transports,
      transport: this.socket.connected ? this.socket.io.engine.transport.name : "none",
      heard: this.heard,
      ids: Object.fromEntries(this.ids),
      acked: this.acked,
      visits: this.visits,
      ends: this.ends,
      errors: this.errors,
    };
  }
}

const clients = [];

async function obey(command) {
  switch (command.do) {
    case "come":
      command.people.forEach((person) => clients.push(new Client(person, command.room)));
      await Promise.all(clients.map((client) => client.joined));
      return {};
    case "talk":
      for (let i = 0; i < command.senders; i++) {
        clients[Math.floor((i * clients.length) / command.senders)].talk(command.every);
      }
      return {};
    case "hush":
      await Promise.all(clients.map((client) => client.hush()));
      return {};
    case "report":
      return clients.map((client) => client.report());
    default:
      throw new Error(command.do);
  }
}

readline
  .createInterface({ input: process.stdin })
  .on("line", async (line) => console.log(JSON.stringify(await obey(JSON.parse(line)))))
  .on("close", () => process.exit(0));
