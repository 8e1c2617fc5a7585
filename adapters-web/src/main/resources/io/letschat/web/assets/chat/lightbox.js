// A picture as large as the window allows. A dialog: Escape closes it, and the focus returns to where it was.

export class Lightbox {
  #dialog;
  #image;
  #name;
  #original;
  #list;
  #shown;

  constructor(dialog, list) {
    this.#dialog = dialog;
    this.#image = dialog.querySelector("img");
    this.#name = dialog.querySelector(".name");
    this.#original = dialog.querySelector("a");
    this.#list = list;
    list.addEventListener("click", (event) => {
      const picture = event.target.closest(".picture");
      if (picture) {
        this.#show(picture);
        dialog.showModal();
      }
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest(".close")) {
        dialog.close();
      }
    });
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) {
        this.#go(step);
      }
    });
    dialog.addEventListener("close", () => {
      this.#image.removeAttribute("src");
      this.#shown?.focus();
    });
  }

  #show(picture) {
    this.#shown = picture;
    this.#image.src = picture.dataset.full;
    this.#image.alt = picture.querySelector("img").alt;
    this.#name.textContent = picture.dataset.name;
    this.#original.href = picture.dataset.full;
  }

  #go(step) {
    const all = [...this.#list.querySelectorAll(".picture")];
    const next = all[all.indexOf(this.#shown) + step];
    if (next) {
      this.#show(next);
    }
  }
}
