// The list of messages in the page: by number, what is not sent yet last, days and authors set apart.

import { authorOf, confirm, messageItem, rename, unsentItem } from "./message-view.js";
import { dayKey, dayName } from "./dates.js";

const SAME_BREATH_MS = 5 * 60_000;
const QUIET_MS = 1_000;

export class Timeline {
  #list;
  #me;
  #notify;
  #sent = []; // {seq, item} in the order of seq
  #unsent = new Map();
  #quiet;

  /** `notify` receives again(id) and discard(id) of messages that failed. */
  constructor(list, me, notify) {
    this.#list = list;
    this.#me = me;
    this.#notify = notify;
    setInterval(() => this.#nameDays(), 60_000);
  }

  /** Puts messages in their places. Quietly: a screen reader does not read them out, as with old ones. */
  place(messages, quietly) {
    if (quietly) {
      this.#muteLiveRegion();
    }
    messages.forEach((message) => this.#placeOne(message));
  }

  showUnsent(entry) {
    const old = this.#unsent.get(entry.id);
    const item = unsentItem(entry, this.#me, this.#notify);
    if (old) {
      old.replaceWith(item);
    } else {
      this.#list.append(item);
    }
    this.#unsent.set(entry.id, item);
    this.#dress(item);
  }

  removeUnsent(id) {
    const item = this.#unsent.get(id);
    if (item) {
      const next = item.nextElementSibling;
      this.#unsent.delete(id);
      item.remove();
      this.#dress(next);
    }
  }

  /** Somebody may have another name by now: what was said shows it, too. */
  name(people) {
    const names = new Map(people.map((person) => [String(person.id), person]));
    const outdated = [...this.#list.children].filter((item) => {
      const person = names.get(item.dataset.user);
      return person && authorOf(item) !== person.username;
    });
    if (outdated.length > 0) {
      this.#muteLiveRegion();
      outdated.forEach((item) => rename(item, names.get(item.dataset.user)));
    }
  }

  clear() {
    this.#sent = [];
    this.#unsent.clear();
    this.#list.replaceChildren();
  }

  #placeOne(message) {
    const mine = message.user_id === this.#me.id;
    const unsent = mine ? this.#unsent.get(message.client_message_id) : undefined;
    const item = unsent ? confirm(unsent, message) : messageItem(message, mine);
    this.#unsent.delete(unsent ? message.client_message_id : undefined);

    const at = this.#sent.findLastIndex((each) => each.seq < message.seq) + 1;
    const next = this.#sent[at]?.item ?? this.#firstUnsent();
    this.#sent.splice(at, 0, { seq: message.seq, item });
    const after = item.nextElementSibling;
    // A node that is moved is read out again by screen readers: leave it where it is right.
    if (!item.isConnected || (after ?? undefined) !== next) {
      this.#list.insertBefore(item, next ?? null);
      this.#dress(after);
    }
    this.#dress(item);
    this.#dress(item.nextElementSibling);
  }

  #firstUnsent() {
    return this.#unsent.values().next().value;
  }

  /** Sets a message apart from the one before it, or joins it to it. */
  #dress(item) {
    if (!item) {
      return;
    }
    const before = item.previousElementSibling;
    const time = new Date(item.dataset.at);
    const sameDay = before !== null && dayKey(new Date(before.dataset.at)) === dayKey(time);
    const day = item.querySelector(".day");
    day.hidden = sameDay;
    day.firstElementChild.textContent = dayName(time);
    const continued =
      sameDay && before.dataset.user === item.dataset.user && time - new Date(before.dataset.at) < SAME_BREATH_MS;
    item.classList.toggle("continued", continued);
  }

  #nameDays() {
    for (const day of this.#list.querySelectorAll(".day:not([hidden])")) {
      day.firstElementChild.textContent = dayName(new Date(day.parentElement.dataset.at));
    }
  }

  #muteLiveRegion() {
    const log = this.#list.closest("[role=log]");
    log.setAttribute("aria-live", "off");
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => log.setAttribute("aria-live", "polite"), QUIET_MS);
  }
}
