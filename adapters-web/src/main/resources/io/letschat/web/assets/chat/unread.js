// How many messages came while the page was not looked at, in the window's title.

export class Unread {
  #title = document.title;
  #count = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) {
        this.#count = 0;
        document.title = this.#title;
      }
    });
  }

  came() {
    if (document.hidden) {
      this.#count += 1;
      document.title = `(${this.#count}) ${this.#title}`;
    }
  }
}
