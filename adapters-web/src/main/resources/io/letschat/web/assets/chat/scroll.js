// Where the reader is. At the bottom new messages come into view by themselves; further up nothing moves, and a
// button says how many there are.

import { say } from "./sentences.js";

const NEAR_BOTTOM_PX = 80;

export class Scroll {
  #scroller;
  #list;
  #button;
  #atBottom = true;
  #below = 0;

  constructor(scroller, list, button) {
    this.#scroller = scroller;
    this.#list = list;
    this.#button = button;
    scroller.addEventListener("scroll", () => this.#look(), { passive: true });
    button.addEventListener("click", () => this.toBottom());
    const resized = new ResizeObserver(() => this.#atBottom && this.#jump());
    resized.observe(scroller);
    resized.observe(list);
  }

  toBottom() {
    this.#atBottom = true;
    this.#jump();
    this.#count(0);
  }

  /** Changes the list; what was in view stays where it was. `fresh` is how many of others are new. */
  keepingPlace(fresh, change) {
    if (this.#atBottom) {
      change();
      this.#jump();
      return;
    }
    const anchor = this.#firstInView();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) {
      this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    }
    this.#count(this.#below + fresh);
  }

  #firstInView() {
    const top = this.#scroller.getBoundingClientRect().top;
    for (const item of this.#list.children) {
      // The bubble, not the item: a day's heading and the author above it may go when older messages arrive.
      const bubble = item.querySelector(".bubble");
      if (bubble.getBoundingClientRect().bottom > top) {
        return bubble;
      }
    }
    return null;
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#atBottom) {
      this.#count(0);
    }
  }

  #jump() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #count(below) {
    this.#below = below;
    this.#button.hidden = below === 0;
    this.#button.textContent = say("browser.new-messages", { count: below });
  }
}
