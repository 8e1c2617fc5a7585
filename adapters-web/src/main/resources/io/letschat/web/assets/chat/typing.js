// Who is writing: telling the others, and showing it.

import { say } from "./sentences.js";

const TELL_EVERY_MS = 3_000;
const IDLE_MS = 4_000;
const FORGET_MS = 6_000;

/** Tells the others that we write: at once, then every three seconds at most, and when we stop. */
export class TypingSignal {
  #connection;
  #payload;
  #toldAt = -Infinity;
  #idle;

  constructor(connection, roomId) {
    this.#connection = connection;
    this.#payload = { room_id: roomId };
  }

  typed(content) {
    if (content.trim() === "") {
      this.stop();
      return;
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    if (performance.now() - this.#toldAt >= TELL_EVERY_MS) {
      this.#toldAt = performance.now();
      this.#connection.emitVolatile("typing", this.#payload);
    }
  }

  stop() {
    if (this.#toldAt !== -Infinity) {
      this.sent();
      this.#connection.emitVolatile("stop typing", this.#payload);
    }
  }

  /** A message ends our typing on the server by itself. */
  sent() {
    clearTimeout(this.#idle);
    this.#toldAt = -Infinity;
  }
}

/** Shows which others write. Somebody of whom nothing is heard for a while is forgotten. */
export class Typists {
  #line;
  #me;
  #names = new Map();
  #timers = new Map();

  constructor(line, me) {
    this.#line = line;
    this.#me = me;
  }

  started({ user_id: id, username }) {
    if (id === this.#me.id) {
      return;
    }
    this.#names.set(id, username);
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => this.stopped(id), FORGET_MS));
    this.#show();
  }

  stopped(id) {
    if (this.#names.delete(id)) {
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
      this.#show();
    }
  }

  clear() {
    [...this.#names.keys()].forEach((id) => this.stopped(id));
  }

  #show() {
    const names = [...this.#names.values()];
    this.#line.textContent =
      names.length === 0
        ? ""
        : names.length === 1
          ? say("browser.typing.one-person", { name: names[0] })
          : names.length === 2
            ? say("browser.typing.two-people", { name: names[0], other: names[1] })
            : say("browser.typing.more-people", { count: names.length });
  }
}
