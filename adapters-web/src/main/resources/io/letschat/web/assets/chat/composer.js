// The field one writes in: Enter sends, Shift and Enter make a line, a draft outlives a reload.

const LIMIT = 2_000;
const WARN_FROM = 1_800;

export class Composer {
  #form;
  #field;
  #button;
  #attach;
  #files = false;
  #limit;
  #key;
  #enabled = true;

  /** `tell` hears send(content), which may be empty when files wait, typed(content) and left(). */
  constructor(form, key, tell) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#button = form.querySelector(".send");
    this.#attach = form.querySelector(".attach");
    this.#limit = form.querySelector(".limit");
    this.#key = key;
    this.#field.value ||= sessionStorage.getItem(key) ?? "";
    this.#field.addEventListener("input", () => {
      this.#changed();
      tell.typed(this.#field.value);
    });
    this.#field.addEventListener("blur", () => tell.left());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(tell);
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

  #submit(tell) {
    const content = this.#field.value.trim();
    if (!this.#enabled || (content === "" && !this.#files) || lengthOf(content) > LIMIT) {
      return;
    }
    this.#field.value = "";
    this.#changed();
    tell.send(content);
    this.#field.focus({ preventScroll: true });
  }

  #changed() {
    const content = this.#field.value.trim();
    const left = LIMIT - lengthOf(content);
    this.#button.disabled = !this.#enabled || (content === "" && !this.#files) || left < 0;
    this.#attach.disabled = !this.#enabled;
    this.#limit.hidden = left > LIMIT - WARN_FROM;
    this.#limit.classList.toggle("over", left < 0);
    this.#limit.textContent = left < 0 ? `${-left} over the limit of ${LIMIT} characters` : `${left} characters left`;
    this.#grow();
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
