// node upgrades.js VERSION COUNT URL connects so many clients over polling, which upgrade. Every other one speaks at
// once, the rest are idle until they have upgraded; then all speak. Prints what came of them as one line of JSON.
"use strict";
const [version, count, url] = process.argv.slice(2);
const io = require("socket.io-client-" + version);
const clients = [];
const result = () => ({
  clients: clients.length,
  upgraded: clients.filter((client) => client.upgraded).length,
  heardFirst: clients.filter((client) => client.first).length,
  heardLast: clients.filter((client) => client.last).length,
  disconnected: clients.filter((client) => client.disconnected).length,
});

function add(idle) {
  return new Promise((resolve) => {
    const client = { upgraded: false, first: idle, last: false, disconnected: false };
    clients.push(client);
    const socket = io(url, { forceNew: true, reconnection: false });
    socket.on("disconnect", () => (client.disconnected = true));
    socket.on("connect", () => {
      if (!idle) {
        socket.emit("answer", "first", () => (client.first = true));
      }
      const upgraded = () => {
        client.upgraded = true;
        socket.emit("answer", "last", () => {
          client.last = true;
          resolve();
        });
      };
      const engine = socket.io.engine;
      if (engine.transport.name === "websocket") {
        upgraded();
      } else {
        engine.once("upgrade", upgraded);
      }
    });
  });
}

async function main() {
  const all = [];
  for (let i = 0; i < Number(count); i++) {
    all.push(add(i % 2 === 1));
    if (i % 25 === 24) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  await Promise.race([Promise.all(all), new Promise((resolve) => setTimeout(resolve, 40000))]);
  console.log(JSON.stringify(result()));
  process.exit(0);
}
main();
