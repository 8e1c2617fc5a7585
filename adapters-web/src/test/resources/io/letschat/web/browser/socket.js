// Stands in for the Socket.IO client in tests: what the page emits goes to the test, which decides what comes back.

export function io() {
  const listeners = new Map();
  const hear = (event, ...args) => (listeners.get(event) ?? []).forEach((listener) => listener(...args));
  let unanswered = [];
  const socket = {
    connected: false,
    active: true,
    io: { opts: {}, on: () => {}, timeout: () => {} },
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    connect: async () => {
      const answer = await window.testConnect();
      if (answer === "connected") {
        socket.connected = true;
        hear("connect");
      } else if (answer !== "offline") {
        socket.active = false;
        hear("connect_error", new Error(answer));
      }
    },
    disconnect: () => {
      socket.connected = false;
    },
    timeout: () => ({
      emitWithAck: (event, payload) =>
        new Promise((resolve, reject) => {
          unanswered.push(reject);
          window.testAsk(event, JSON.stringify(payload)).then((answer) => {
            if (answer !== "") {
              resolve(JSON.parse(answer));
            }
          });
        }),
    }),
    volatile: { emit: (event) => window.testMention(event) },
  };
  window.testSocket = {
    connect: () => socket.connect(),
    hear: (event, args) => hear(event, ...JSON.parse(args)),
    lose: (reason) => {
      socket.connected = false;
      unanswered.forEach((reject) => reject(new Error("lost")));
      unanswered = [];
      hear("disconnect", reason);
    },
  };
  return socket;
}
