// The route that reads a room's messages by their numbers.

import { address } from "./base-path.js";
import { say } from "./sentences.js";

export class History {
  #url;
  #notify;

  /** `notify` receives signedOut() and refused(sentence). */
  constructor(roomId, notify) {
    this.#url = address(`/api/rooms/${roomId}/messages`);
    this.#notify = notify;
  }

  /** Resolves to {messages, has_more}, or to null when there is no access any more; rejects when it may be tried again. */
  async page(query) {
    const response = await fetch(`${this.#url}?${new URLSearchParams(query)}`, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(15_000),
    });
    if (response.ok) {
      return response.json();
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 401) {
      this.#notify.signedOut();
      return null;
    }
    if (response.status === 403 || response.status === 404) {
      this.#notify.refused(answer.message ?? say("browser.not-open"));
      return null;
    }
    throw new Error(answer.message ?? say("browser.answered", { status: `${response.status}` }));
  }
}
