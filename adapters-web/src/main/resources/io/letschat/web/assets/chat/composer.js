// The field one writes in: Enter sends, Shift and Enter make a line, a draft outlives a reload. On touch Enter makes a
// line, as its keyboards have no Shift and Enter; the button sends.

import { say } from "./sentences.js";

const LIMIT = 2_000;
const WARN_FROM = 1_800;
const COMPOSING = 229; // the key code while an input method has the key

export class Composer {
  #form;
  #field;
  #button;
  #attach;
  #files = false;
  #limit;
  #key;
  #leftOut = 0;
  #enabled = true;

  /** `notify` receives send(content), which may be empty when files wait, typed(content) and left(). */
  constructor(form, key, notify) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#button = form.querySelector(".send");
    this.#attach = form.querySelector(".attach");
    this.#limit = form.querySelector(".limit");
    this.#key = key;
    this.#restore();
    this.#field.addEventListener("input", (event) => {
      if (!["insertFromPaste", "insertFromDrop"].includes(event.inputType)) {
        this.#leftOut = 0;
      }
      this.#changed();
      notify.typed(this.#field.value);
    });
    // The browser itself inserts no more than maxlength allows, and does not say so.
    this.#field.addEventListener("paste", (event) => this.#announce(event.clipboardData));
    this.#field.addEventListener("drop", (event) => this.#announce(event.dataTransfer));
    this.#field.addEventListener("blur", () => notify.left());
    this.#keys();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(notify);
    });
    this.#changed();
    if (matchMedia("(hover: hover)").matches) {
      this.#field.focus({ preventScroll: true });
    }
  }

  enable() {
    this.#enabled = true;
    this.#field.disabled = false;
    this.#changed();
  }

  disable() {
    this.#enabled = false;
    this.#field.disabled = true;
    this.#changed();
  }

  /** Says whether there are files to be sent, so that no words are needed. */
  filesWait(wait) {
    this.#files = wait;
    this.#changed();
  }

  /** Inserts a text as if it had been pasted. */
  insert(text) {
    if (!this.#enabled) {
      return;
    }
    const fitting = beginning(text, this.#free());
    this.#leftOut = text.length - fitting.length;
    this.#field.setRangeText(fitting, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#field.dispatchEvent(new InputEvent("input", { inputType: "insertFromDrop", bubbles: true }));
    this.#field.focus({ preventScroll: true });
  }

  #keys() {
    const touch = matchMedia("(pointer: coarse)");
    const name = () => {
      this.#field.enterKeyHint = touch.matches ? "enter" : "send";
    };
    touch.addEventListener("change", name);
    name();
    this.#field.addEventListener("keydown", (event) => {
      // WebKit ends the composition before the keydown of the Enter that confirms it: only the key code tells.
      if (event.key !== "Enter" || event.isComposing || event.keyCode === COMPOSING) {
        return;
      }
      if (!event.shiftKey && (!touch.matches || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
  }

  #submit(notify) {
    const content = this.#field.value.trim();
    if (!this.#enabled || (content === "" && !this.#files) || lengthOf(content) > LIMIT) {
      return;
    }
    this.#field.value = "";
    this.#leftOut = 0;
    this.#changed();
    notify.send(content);
    this.#field.focus({ preventScroll: true });
  }

  #changed() {
    const content = this.#field.value.trim();
    const left = LIMIT - lengthOf(content);
    this.#button.disabled = !this.#enabled || (content === "" && !this.#files) || left < 0;
    this.#attach.disabled = !this.#enabled;
    this.#limit.hidden = left > LIMIT - WARN_FROM && this.#leftOut === 0;
    this.#limit.classList.toggle("over", left < 0);
    this.#limit.textContent = this.#sentence(left);
    this.#grow();
    this.#keep();
  }

  #sentence(left) {
    const count = left < 0 ? say("browser.limit.over", { count: -left, most: LIMIT }) : say("browser.limit.left", { count: left });
    if (this.#leftOut > 0) {
      return say("browser.limit.full-left-out", { said: count, count: this.#leftOut });
    }
    return this.#field.value.length >= this.#field.maxLength ? say("browser.limit.full", { said: count }) : count;
  }

  /** Notes how much of a text that is about to be inserted will not fit. */
  #announce(data) {
    const length = data.getData("text/plain").replaceAll("\r\n", "\n").length;
    this.#leftOut = Math.max(0, length - this.#free());
    this.#changed(); // nothing is inserted, and no event tells, where nothing fits
  }

  /** How much can be inserted in the place of what is selected. */
  #free() {
    const { maxLength, value, selectionStart, selectionEnd } = this.#field;
    return maxLength - value.length + (selectionEnd - selectionStart);
  }

  #restore() {
    const draft = this.#field.value || (read(this.#key) ?? "");
    this.#field.value = beginning(draft, this.#field.maxLength);
    this.#leftOut = draft.length - this.#field.value.length;
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#key, this.#field.value);
    } catch {
      // Without storage a draft does not outlive a reload.
    }
  }

  /** Browsers that know field-sizing do this by themselves. */
  #grow() {
    if (!CSS.supports("field-sizing", "content")) {
      this.#field.style.height = "auto";
      this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
    }
  }
}

/** Counted as the server counts: in code points, so that an emoji is one. */
function lengthOf(text) {
  return [...text].length;
}

/** The beginning of a text, without half a character at its end. */
function beginning(text, length) {
  const cut = text.slice(0, Math.max(0, length));
  return cut.length < text.length && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
