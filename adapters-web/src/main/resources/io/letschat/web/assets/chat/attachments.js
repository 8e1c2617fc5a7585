// Files that wait: shown before they are sent, sent one after the other, and kept with the reason when one is refused.

import { make } from "./elements.js";
import { newId } from "./outbox.js";
import { say } from "./sentences.js";
import { sizeInWords } from "./shared-file.js";
import { upload } from "./upload.js";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 10;
const MOST_NAMES = 100;
const TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"];

export class Attachments {
  #roomId;
  #tray;
  #leftOut;
  #notify;
  #entries = [];
  #sending = false;

  /** Shows them in `tray`, and in `leftOut` which ones were too many. `notify` receives changed(), sent(message) and signedOut(). */
  constructor(roomId, { tray, leftOut }, notify) {
    this.#roomId = roomId;
    this.#tray = tray;
    this.#leftOut = leftOut;
    this.#notify = notify;
  }

  /** Whether there is something that can be sent. */
  get waiting() {
    return this.#entries.some((entry) => !entry.refused && !entry.upload);
  }

  /** Takes these files in; those for which there is no place are named. */
  add(files) {
    const free = MOST_FILES - this.#entries.length;
    this.#nameLeftOut([...files].slice(free));
    for (const file of [...files].slice(0, free)) {
      const entry = { id: newId(), file, url: URL.createObjectURL(file) };
      this.#entries.push(entry);
      entry.item = this.#card(entry);
      this.#tray.append(entry.item);
      if (file.size > MOST_BYTES) {
        this.#fail(entry, say("browser.files.too-large"), true);
      } else if (!TYPES.includes(file.type)) {
        this.#fail(entry, say("browser.files.unsupported"), true);
      }
    }
    this.#notify.changed();
  }

  /** Sends what waits, one file after the other. */
  async send() {
    for (const entry of this.#entries) {
      entry.chosen = true;
      this.#forgive(entry);
    }
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) {
        await this.#sendOne(entry);
      }
    } finally {
      this.#sending = false;
    }
  }

  clear() {
    this.#nameLeftOut([]);
    this.#entries.forEach((entry) => this.#remove(entry));
  }

  #next() {
    return this.#entries.find((entry) => entry.chosen && !entry.refused && !entry.problem);
  }

  async #sendOne(entry) {
    entry.upload = upload(this.#roomId, entry.id, entry.file, (part) => this.#progress(entry, part));
    this.#progress(entry, 0);
    this.#notify.changed();
    const { message, problem, final, signedOut } = await entry.upload.finished;
    entry.upload = undefined;
    if (message) {
      this.#remove(entry);
      this.#notify.sent(message);
    } else if (problem) {
      this.#fail(entry, problem, final);
    } else if (signedOut) {
      this.#notify.signedOut();
      this.#fail(entry, say("browser.signed-out"));
    } else {
      this.#remove(entry);
    }
  }

  #card(entry) {
    const isImage = entry.file.type.startsWith("image/");
    const picture = isImage ? make("img", "thumb") : make("span", "thumb page", entry.file.type === "application/pdf" ? "PDF" : "?");
    if (isImage) {
      picture.alt = "";
      picture.src = entry.url;
    }
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.hidden = true;
    bar.setAttribute("aria-label", say("browser.files.sending-named", { name: entry.file.name }));
    const state = make("span", "state", sizeInWords(entry.file.size));
    const name = make("bdi", "name", entry.file.name);
    name.title = entry.file.name;
    const words = make("span", "what", name, state, bar);
    const remove = make("button", "quiet drop-it", "✕");
    remove.type = "button";
    remove.setAttribute("aria-label", say("browser.files.drop", { name: entry.file.name }));
    remove.addEventListener("click", () => (entry.upload ? entry.upload.cancel() : this.#remove(entry)));
    return make("li", "attachment", picture, words, remove);
  }

  #progress(entry, part) {
    const bar = entry.item.querySelector("progress");
    bar.hidden = false;
    bar.value = part;
    entry.item.querySelector(".state").textContent = part < 1 ? say("browser.sending") : say("browser.files.almost");
  }

  #fail(entry, problem, final = false) {
    entry.problem = problem;
    entry.refused = final;
    entry.item.classList.add("failed");
    entry.item.querySelector("progress").hidden = true;
    const state = entry.item.querySelector(".state");
    state.textContent = problem;
    state.setAttribute("role", "alert");
    if (!final) {
      const again = make("button", "quiet", say("browser.again"));
      again.type = "button";
      again.addEventListener("click", () => this.send());
      entry.item.querySelector(".what").append(again);
    }
    this.#notify.changed();
  }

  /** Forgets a problem that may have passed. */
  #forgive(entry) {
    if (entry.problem && !entry.refused) {
      entry.problem = undefined;
      entry.item.classList.remove("failed");
      entry.item.querySelector(".state").removeAttribute("role");
      entry.item.querySelector(".what button").remove();
    }
  }

  #remove(entry) {
    entry.upload?.cancel();
    URL.revokeObjectURL(entry.url);
    entry.item.remove();
    this.#entries = this.#entries.filter((each) => each !== entry);
    this.#notify.changed();
  }

  #nameLeftOut(files) {
    const names = files.slice(0, MOST_NAMES).flatMap(({ name }, i) => [i > 0 ? ", " : "", make("bdi", "", name)]);
    const more = files.length > MOST_NAMES ? ` ${say("browser.files.more", { count: files.length - MOST_NAMES })}` : "";
    const sentence = make("span", "", `${say("browser.files.left-out", { most: MOST_FILES })} `, ...names, more);
    const close = make("button", "quiet drop-it", "✕");
    close.type = "button";
    close.setAttribute("aria-label", say("browser.files.forget"));
    close.addEventListener("click", () => this.#nameLeftOut([]));
    this.#leftOut.hidden = files.length === 0;
    this.#leftOut.replaceChildren(...(files.length > 0 ? [sentence, close] : []));
  }
}
