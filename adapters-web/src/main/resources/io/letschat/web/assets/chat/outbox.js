// Messages that the server has not confirmed. They outlive a lost connection and a reload, and are sent again under
// the same id, so that the server keeps each of them once. One is under way at a time, which keeps their order.

import { isPassing } from "./connection.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export class Outbox {
  #key;
  #connection;
  #notify;
  #entries = [];
  #pumping = false;

  /** `notify` receives waiting(entry), sent(message) and discarded(entry). */
  constructor(key, connection, notify) {
    this.#key = key;
    this.#connection = connection;
    this.#notify = notify;
  }

  restore() {
    try {
      this.#entries = JSON.parse(sessionStorage.getItem(this.#key)) ?? [];
    } catch {
      this.#entries = [];
    }
    this.showAll();
  }

  showAll() {
    this.#entries.forEach((entry) => this.#notify.waiting(entry));
  }

  add(content) {
    const entry = { id: newId(), content, created_at: new Date().toISOString() };
    this.#entries.push(entry);
    this.#save();
    this.#notify.waiting(entry);
    this.pump();
  }

  /** The message with this id has come back: it is no longer ours to send. */
  arrived(id) {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    if (this.#entries.length < before) {
      this.#save();
    }
  }

  again(id) {
    const entry = this.#entries.find((each) => each.id === id);
    if (entry) {
      delete entry.problem;
      this.#save();
      this.#notify.waiting(entry);
      this.pump();
    }
  }

  discard(id) {
    const entry = this.#entries.find((each) => each.id === id);
    if (entry) {
      this.arrived(id);
      this.#notify.discarded(entry);
    }
  }

  async pump() {
    if (this.#pumping) {
      return;
    }
    this.#pumping = true;
    let wait = FIRST_WAIT_MS;
    try {
      while (this.#connection.ready) {
        const entry = this.#entries.find((each) => !each.problem);
        if (!entry) {
          return;
        }
        const tryAgainIn = await this.#send(entry, wait);
        if (tryAgainIn === 0) {
          wait = FIRST_WAIT_MS;
        } else {
          await new Promise((resolve) => setTimeout(resolve, tryAgainIn));
          wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        }
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** Resolves to the milliseconds after which the same has to be tried again, or to 0 when it need not. */
  async #send(entry, wait) {
    let answer;
    try {
      answer = await this.#connection.ask("send message", {
        room_id: this.#connection.roomId,
        content: entry.content,
        client_message_id: entry.id,
      });
    } catch {
      return wait; // no answer: it may have arrived or not, which is what the id is for
    }
    if (answer.ok) {
      this.#notify.sent(answer.message);
      this.arrived(entry.id);
      return 0;
    }
    if (isPassing(answer.error)) {
      return answer.error.retry_after ? answer.error.retry_after * 1_000 : wait;
    }
    if (answer.error.code === "not_joined") {
      this.#connection.joinAgain();
      return wait;
    }
    entry.problem = answer.error.message;
    this.#save();
    this.#notify.waiting(entry);
    return 0;
  }

  #save() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#entries));
    } catch {
      // A full or forbidden storage costs the survival of a reload, nothing else.
    }
  }
}

/** 32 hexadecimal digits. crypto.randomUUID is missing on pages that came over plain http from another machine. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
