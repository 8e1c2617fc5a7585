// Messages that did not come by the socket: older ones when the reader goes up, missed ones when a hole shows.

import { say } from "./sentences.js";

const PAGE = 50;
const LARGEST_PAGE = 100;
const TOO_FAR_BEHIND = 500;
const NEAR_TOP_PX = 600;
const LATE_MS = 400;
const AGAIN_MS = 3_000;

export class Catchup {
  #conversation;
  #history;
  #view;
  #loadingOlder = false;
  #mending = false;
  #timer;

  /** `view` has the scroller, the line that tells the state, show(messages) and restart(). */
  constructor(conversation, history, view) {
    this.#conversation = conversation;
    this.#history = history;
    this.#view = view;
    view.scroller.addEventListener("scroll", () => this.olderIfNear(), { passive: true });
  }

  /** Loads older messages when the reader is near the top and there are any. */
  async olderIfNear() {
    const { started, reachesStart, first } = this.#conversation;
    if (this.#loadingOlder || !started || reachesStart || first === null || this.#view.scroller.scrollTop > NEAR_TOP_PX) {
      return;
    }
    this.#loadingOlder = true;
    this.#say(say("browser.older.loading"));
    try {
      const page = await this.#history.page({ before: first, limit: PAGE });
      if (first === this.#conversation.first && page?.messages.length) {
        this.#view.show(page.messages);
      }
      this.#say("");
      this.#loadingOlder = false;
      if (page?.messages.length) {
        requestAnimationFrame(() => this.olderIfNear());
      }
    } catch {
      this.#offerAgain();
    }
  }

  /** Numbers may overtake each other by a moment: look for holes a little later. */
  mendSoon() {
    if (this.#conversation.missing && !this.#timer) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.fillGaps();
      }, LATE_MS);
    }
  }

  /** Fetches what is missing between the messages that are here and the newest number. */
  async fillGaps() {
    if (this.#mending || !this.#conversation.missing) {
      return;
    }
    this.#mending = true;
    try {
      if (this.#conversation.last - this.#conversation.contiguousSeq > TOO_FAR_BEHIND) {
        await this.#newestPage();
      }
      while (this.#conversation.missing && (await this.#nextPage()));
    } catch {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.fillGaps();
      }, AGAIN_MS);
    } finally {
      this.#mending = false;
    }
  }

  async #nextPage() {
    const { contiguousSeq, last } = this.#conversation;
    const page = await this.#history.page({ after: contiguousSeq, limit: LARGEST_PAGE });
    if (page === null || contiguousSeq !== this.#conversation.contiguousSeq) {
      return page !== null;
    }
    this.#view.show(page.messages);
    this.#conversation.settle(page.has_more ? page.messages.at(-1).seq : last);
    return true;
  }

  async #newestPage() {
    const page = await this.#history.page({ limit: LARGEST_PAGE });
    if (page !== null) {
      const room = { epoch: this.#conversation.epoch, last_seq: page.messages.at(-1)?.seq ?? 0 };
      this.#view.restart();
      this.#view.show(page.messages);
      this.#conversation.joined({ room, messages: page.messages, complete: true });
    }
  }

  #say(sentence) {
    this.#view.state.textContent = sentence;
    this.#view.state.hidden = sentence === "";
  }

  #offerAgain() {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "quiet";
    again.textContent = say("browser.again");
    again.addEventListener("click", () => {
      this.#loadingOlder = false;
      this.olderIfNear();
    });
    this.#say(`${say("browser.older.failed")} `);
    this.#view.state.append(again);
  }
}
