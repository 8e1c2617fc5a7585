// The socket: stays joined to one room as long as the page lives, whatever the network does.

import { io } from "../../../socket.io/socket.io.esm.min.js";
import { address } from "./base-path.js";
import { alternateTransports } from "./transports.js";

const ANSWER_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export class Connection {
  #socket;
  #roomId;
  #position;
  #notify;
  #joined = false;
  #joining = false;
  #closed = false;
  #wait = FIRST_WAIT_MS;

  /** `position` says what is already known of the room; `notify` receives joined, lost, refused and signedOut. */
  constructor(roomId, position, notify) {
    this.#roomId = roomId;
    this.#position = position;
    this.#notify = notify;
    this.#socket = io({
      path: address("/socket.io/"),
      autoConnect: false,
      reconnectionDelay: FIRST_WAIT_MS,
      reconnectionDelayMax: LONGEST_WAIT_MS,
    });
    alternateTransports(this.#socket.io);
    this.#socket.on("connect", () => this.#join());
    this.#socket.on("disconnect", (reason) => this.#left(reason));
    this.#socket.on("connect_error", (error) => this.#notConnected(error));
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  get roomId() {
    return this.#roomId;
  }

  /** Whether the room is joined and takes messages. */
  get ready() {
    return this.#joined;
  }

  open() {
    if (!this.#closed && !this.#socket.connected) {
      this.#socket.connect();
    }
  }

  close() {
    this.#closed = true;
    this.#joined = false;
    this.#socket.disconnect();
  }

  on(event, listener) {
    this.#socket.on(event, listener);
  }

  /** Sends an event and resolves to the server's answer; rejects when none came. */
  ask(event, payload) {
    return this.#socket.timeout(ANSWER_MS).emitWithAck(event, payload);
  }

  /** Sends an event that may as well get lost. */
  emitVolatile(event, payload) {
    if (this.#joined) {
      this.#socket.volatile.emit(event, payload);
    }
  }

  joinAgain() {
    if (this.#joined) {
      this.#joined = false;
      this.#join();
    }
  }

  async #join() {
    if (this.#joining) {
      return;
    }
    this.#joining = true;
    let answer;
    try {
      answer = await this.ask("join room", { room_id: this.#roomId, ...this.#position() });
    } catch {
      answer = { ok: false, error: { code: "retry" } };
    } finally {
      this.#joining = false;
    }
    if (this.#closed || !this.#socket.connected) {
      return;
    }
    if (answer.ok) {
      this.#joined = true;
      this.#wait = FIRST_WAIT_MS;
      this.#notify.joined(answer);
    } else if (isPassing(answer.error)) {
      this.#later(() => this.#socket.connected && this.#join());
    } else if (answer.error.code === "unauthorized") {
      this.#unauthorized();
    } else {
      this.#notify.refused(answer.error.message);
    }
  }

  #left(reason) {
    this.#joined = false;
    if (this.#closed) {
      return;
    }
    this.#notify.lost();
    if (reason === "io server disconnect") {
      this.#later(() => this.open()); // the client itself does not come back after this one
    }
  }

  #notConnected(error) {
    if (error.message === "unauthorized") {
      this.#unauthorized();
      return;
    }
    this.#notify.lost();
    if (!this.#socket.active) {
      this.#later(() => this.open());
    }
  }

  /** The pages may know some seconds later that a session is over; until then the login would lead right back here. */
  async #unauthorized() {
    if (await isSignedOut()) {
      this.#notify.signedOut();
    } else {
      this.#joined = false;
      this.#socket.disconnect();
      this.#notify.lost();
      this.#later(() => this.open());
    }
  }

  /** The network or the reader is back: no need to sit out the rest of the wait. */
  #hurry() {
    if (!this.#closed && !this.#socket.connected) {
      this.#socket.disconnect();
      this.#socket.connect();
    }
  }

  #later(action) {
    setTimeout(() => this.#closed || action(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

/** Whether the same thing may well succeed a little later. */
export function isPassing(error) {
  return ["retry", "unavailable", "rate_limited"].includes(error?.code);
}

async function isSignedOut() {
  try {
    const response = await fetch(address("/api/auth/me"), { headers: { accept: "application/json" } });
    return response.status === 401;
  } catch {
    return false; // nobody can know just now
  }
}
