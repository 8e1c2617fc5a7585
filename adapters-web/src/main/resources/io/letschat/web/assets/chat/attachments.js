// Files that were picked, dropped or pasted: shown before they are sent, sent one after the other, and kept with the
// reason when one is refused.

import { make } from "./elements.js";
import { newId } from "./outbox.js";
import { sizeInWords } from "./shared-file.js";
import { upload } from "./upload.js";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 10;
const TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"];

export class Attachments {
  #roomId;
  #tray;
  #tell;
  #entries = [];
  #sending = false;

  /** `tell` hears changed(), sent(message) and signedOut(). */
  constructor(roomId, { tray, button, input, field, zone }, tell) {
    this.#roomId = roomId;
    this.#tray = tray;
    this.#tell = tell;
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.#add(input.files);
      input.value = "";
    });
    field.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length > 0) {
        event.preventDefault();
        this.#add(event.clipboardData.files);
      }
    });
    this.#takeDrops(zone);
  }

  /** Whether there is something that can be sent. */
  get waiting() {
    return this.#entries.some((entry) => !entry.refused && !entry.upload);
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
    this.#entries.forEach((entry) => this.#remove(entry));
  }

  #next() {
    return this.#entries.find((entry) => entry.chosen && !entry.refused && !entry.problem);
  }

  async #sendOne(entry) {
    entry.upload = upload(this.#roomId, entry.id, entry.file, (part) => this.#progress(entry, part));
    this.#progress(entry, 0);
    this.#tell.changed();
    const { message, problem, final, signedOut } = await entry.upload.finished;
    entry.upload = undefined;
    if (message) {
      this.#remove(entry);
      this.#tell.sent(message);
    } else if (problem) {
      this.#fail(entry, problem, final);
    } else if (signedOut) {
      this.#tell.signedOut();
      this.#fail(entry, "You are not signed in any more.");
    } else {
      this.#remove(entry);
    }
  }

  #add(files) {
    for (const file of [...files].slice(0, MOST_FILES - this.#entries.length)) {
      const entry = { id: newId(), file, url: URL.createObjectURL(file) };
      this.#entries.push(entry);
      entry.item = this.#card(entry);
      this.#tray.append(entry.item);
      if (file.size > MOST_BYTES) {
        this.#fail(entry, "The file is larger than 10 MB.", true);
      } else if (!TYPES.includes(file.type)) {
        this.#fail(entry, "Only JPEG, PNG, GIF and WebP images and PDF files can be shared.", true);
      }
    }
    this.#tell.changed();
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
    bar.setAttribute("aria-label", `Sending ${entry.file.name}`);
    const state = make("span", "state", sizeInWords(entry.file.size));
    const words = make("span", "what", make("bdi", "name", entry.file.name), state, bar);
    const remove = make("button", "quiet drop-it", "✕");
    remove.type = "button";
    remove.setAttribute("aria-label", `Do not send ${entry.file.name}`);
    remove.addEventListener("click", () => (entry.upload ? entry.upload.cancel() : this.#remove(entry)));
    return make("li", "attachment", picture, words, remove);
  }

  #progress(entry, part) {
    const bar = entry.item.querySelector("progress");
    bar.hidden = false;
    bar.value = part;
    entry.item.querySelector(".state").textContent = part < 1 ? "Sending…" : "Almost there…";
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
      const again = make("button", "quiet", "Try again");
      again.type = "button";
      again.addEventListener("click", () => this.send());
      entry.item.querySelector(".what").append(again);
    }
    this.#tell.changed();
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
    this.#tell.changed();
  }

  #takeDrops(zone) {
    let depth = 0; // of elements that the pointer has entered and not left
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    const leave = () => {
      depth = 0;
      zone.classList.remove("dropping");
    };
    zone.addEventListener("dragenter", (event) => {
      if (carriesFiles(event)) {
        depth += 1;
        zone.classList.add("dropping");
      }
    });
    zone.addEventListener("dragleave", () => {
      depth -= 1;
      if (depth <= 0) {
        leave();
      }
    });
    zone.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
    zone.addEventListener("drop", (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
        leave();
        this.#add(event.dataTransfer.files);
      }
    });
  }
}
