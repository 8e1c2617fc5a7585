// The line above the conversation that tells when there is no connection, or no room any more.

import { address } from "./base-path.js";
import { say } from "./sentences.js";

const SHOW_AFTER_MS = 1_500;

export class Banner {
  #line;
  #timer;
  #since;
  #final = false;

  constructor(line) {
    this.#line = line;
  }

  connecting() {
    this.#soon(say("browser.connecting"));
  }

  lost() {
    this.#soon(say("browser.reconnecting"));
  }

  connected() {
    clearTimeout(this.#timer);
    this.#since = undefined;
    if (!this.#final) {
      this.#line.hidden = true;
    }
  }

  /** The last word: nothing on this page goes on after it. */
  gone(sentence) {
    this.#final = true;
    this.#show(`${sentence} `);
    const link = document.createElement("a");
    link.href = address("/dashboard");
    link.textContent = say("browser.to-my-rooms");
    this.#line.append(link);
    this.#line.classList.add("gone");
  }

  /** Something that was tried did not work; the page goes on. */
  failed(sentence) {
    if (!this.#final) {
      this.#show(sentence);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.connected(), 8_000);
    }
  }

  /** Most losses last a moment, and nobody needs to hear of those. */
  #soon(sentence) {
    if (this.#final) {
      return;
    }
    if (!this.#line.hidden) {
      this.#show(sentence);
    } else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#final || this.#show(sentence), Math.max(0, this.#due() - Date.now()));
    }
  }

  #due() {
    this.#since ??= Date.now();
    return this.#since + SHOW_AFTER_MS;
  }

  #show(sentence) {
    this.#line.textContent = sentence;
    this.#line.hidden = false;
  }
}
