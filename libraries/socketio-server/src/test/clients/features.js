// The features that every client of npm is tried with, in Node and in the browser: the same code for all versions.
// `setting` is {url, version, transports, bytes}, where `bytes` makes the platform's binary of an array of numbers;
// `report` is called with {feature, answer} for each feature, where the answer is "ok" or says what went wrong.
globalThis.tryFeatures = async function (io, setting, report) {
  "use strict";
  const old = setting.version.startsWith("2.");
  const upgrades = setting.transports.length > 1;
  const open = [];

  function options(token) {
    const credentials = token === undefined ? {} : { token };
    return {
      transports: setting.transports,
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      randomizationFactor: 0,
      [old ? "query" : "auth"]: credentials,
    };
  }
  function socketOf(token, path = "/") {
    const socket = io(setting.url + path, options(token));
    open.push(socket);
    return socket;
  }
  const heard = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
  const asked = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));
  const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
  async function connected(token) {
    const socket = socketOf(token);
    await heard(socket, "connect");
    return socket;
  }
  const refused = (socket) =>
    new Promise((resolve, reject) => {
      socket.once("connect", () => reject(new Error("was let in")));
      socket.once(old ? "error" : "connect_error", (e) => resolve(typeof e === "string" ? e : e.message));
    });
  function check(what, actual, expected) {
    const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== e) {
      throw new Error(`${what}: ${String(a).slice(0, 200)} instead of ${e.slice(0, 200)}`);
    }
  }
  const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const numbers = (binary) => {
    if (!isBinary(binary)) {
      throw new Error("no binary: " + JSON.stringify(binary).slice(0, 200));
    }
    return Array.from(new Uint8Array(binary));
  };
  function sample(length) {
    return Array.from({ length }, (_, i) => (i * 31) % 256);
  }

  const features = {
    async connect() {
      const socket = await connected();
      check("connected", socket.connected, true);
      const engine = socket.io.engine;
      if (upgrades) {
        if (engine.transport.name !== "websocket") {
          await heard(engine, "upgrade");
        }
        check("transport", engine.transport.name, "websocket");
      } else {
        check("transport", engine.transport.name, setting.transports[0]);
      }
      if (!old) {
        check("the session's id is kept from others", socket.id !== engine.id, true);
      }
    },
    async auth() {
      const socket = await connected("sesame");
      check("who", await asked(socket, "who"), ["sesame"]);
    },
    async "refused auth"() {
      const socket = socketOf("wrong");
      check("reason", await refused(socket), "unauthorized");
      check("connected", socket.connected, false);
    },
    async events() {
      const socket = await connected();
      const args = [1, "two", { three: [3, null, true] }, []];
      socket.emit("echo", ...args);
      check("echoed", await heard(socket, "echoed"), args);
    },
    async acks() {
      const socket = await connected();
      const args = ["a", 2, { b: "c" }];
      check("the server's ack", await asked(socket, "answer", ...args), args);
      check("an ack of nothing", await asked(socket, "answer"), []);
      socket.once("question", (first, second, ack) => ack(second, first, "third"));
      check("the client's ack", await asked(socket, "ask", "one", 2), [2, "one", "third"]);
    },
    async binary() {
      const socket = await connected();
      const content = sample(1000);
      const args = ["before", setting.bytes(content), { deep: [setting.bytes([1, 2]), 3] }];
      const same = (what, actual) => {
        check(what, [actual.length, actual[0], actual[2].deep[1]], [3, "before", 3]);
        check(what, numbers(actual[1]), content);
        check(what, numbers(actual[2].deep[0]), [1, 2]);
      };
      socket.emit("echo", ...args);
      same("echoed", await heard(socket, "echoed"));
      same("the server's ack", await asked(socket, "answer", ...args));
      socket.once("question", (first, second, ack) => ack(second, first));
      const [second, first] = await asked(socket, "ask", setting.bytes([7, 8]), setting.bytes([]));
      check("the client's ack", [numbers(first), numbers(second)], [[7, 8], []]);
    },
    async "binary in rooms"() {
      const sockets = await Promise.all([connected(), connected(), connected(), connected()]);
      await Promise.all(sockets.slice(1).map((socket) => asked(socket, "join", "room")));
      let strangers = 0;
      sockets[0].on("room", () => strangers++);
      const all = Promise.all(sockets.slice(1).map((socket) => heard(socket, "room")));
      sockets[0].emit("to room", "room", "text", setting.bytes(sample(300)));
      for (const [text, binary] of await all) {
        check("text", text, "text");
        check("binary", numbers(binary), sample(300));
      }
      await asked(sockets[0], "answer");
      check("strangers", strangers, 0);
    },
    async "200 KB"() {
      const socket = await connected();
      const text = "0123456789".repeat(20000);
      const [back] = await asked(socket, "answer", text);
      check("text", back === text, true);
      const [binary] = await asked(socket, "answer", setting.bytes(sample(200000)));
      check("binary", numbers(binary).join() === sample(200000).join(), true);
    },
    async unicode() {
      const socket = await connected();
      const texts = ["😀👩‍👩‍👧", "\u2028\u2029", "\u001e\u0000\u001f", "é中ß\u00a0", '"\\\n', "b4:[]"];
      check("acked", await asked(socket, "answer", ...texts), texts);
      socket.emit("echo", { "😀\u2028\u001e": texts.join("") });
      check("echoed", await heard(socket, "echoed"), [{ "😀\u2028\u001e": texts.join("") }]);
    },
    async bursts() {
      const socket = await connected();
      const count = 1000;
      const received = [];
      const done = new Promise((resolve) =>
        socket.on("echoed", (n) => received.push(n) === count && resolve()),
      );
      for (let i = 0; i < count; i++) {
        socket.emit("echo", i);
      }
      await done;
      check("order", received, Array.from({ length: count }, (_, i) => i));
    },
    async "two namespaces"() {
      const manager = new io.Manager(setting.url, options());
      const main = manager.socket("/");
      const custom = manager.socket("/custom");
      open.push(main, custom);
      await Promise.all([heard(main, "connect"), heard(custom, "connect")]);
      check("main", await asked(main, "namespace"), [""]);
      check("custom", await asked(custom, "namespace"), ["/custom"]);
      custom.disconnect();
      check("main after", await asked(main, "answer", "still"), ["still"]);
    },
    async "unknown namespace"() {
      check("reason", await refused(socketOf(undefined, "/unknown")), "Invalid namespace");
    },
    async kick() {
      const socket = await connected();
      socket.emit("kick");
      const [reason] = await heard(socket, "disconnect");
      check("reason", reason, "io server disconnect");
      await wait(200);
      check("connected", socket.connected, false);
    },
    async reconnect() {
      const socket = await connected();
      const before = socket.id;
      const gone = heard(socket, "disconnect");
      socket.disconnect();
      check("reason", (await gone)[0], "io client disconnect");
      const again = heard(socket, "connect");
      socket.connect();
      await again;
      check("another id", socket.id !== before, true);
      check("answer", await asked(socket, "answer", 1), [1]);
    },
    async restart() {
      const socket = await connected();
      const idle = await connected();
      const gone = Promise.all([heard(socket, "disconnect"), heard(idle, "disconnect")]);
      const back = [heard(socket, "connect"), heard(idle, "connect")];
      socket.emit("restart");
      for (const [reason] of await gone) {
        check("reason", reason === "transport close" || reason === "transport error" || reason, true);
      }
      await Promise.all(back);
      check("answer", await asked(socket, "answer", 1), [1]);
      check("answer", await asked(idle, "answer", 2), [2]);
    },
  };

  for (const [feature, attempt] of Object.entries(features)) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("nothing came in time")), 30000);
    });
    let answer = "ok";
    try {
      await Promise.race([attempt(), late]);
    } catch (e) {
      answer = e.message;
    }
    clearTimeout(timer);
    open.splice(0).forEach((socket) => socket.disconnect());
    await report({ feature, answer });
  }
};
