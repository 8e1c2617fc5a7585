// What forms gain where there are scripts: passwords that can be shown, and no second sending by a second click.

import { say } from "./chat/sentences.js";

for (const input of document.querySelectorAll('input[type="password"]')) {
  const focused = input === document.activeElement;
  const box = document.createElement("div");
  box.className = "reveal-box";
  input.replaceWith(box);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet reveal";
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? say("browser.page.hide") : say("browser.page.show");
    button.setAttribute("aria-label", shown ? say("browser.page.hide-password") : say("browser.page.show-password"));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  box.append(input, button);
  show(false);
  if (focused) {
    input.focus();
  }
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button:not([type=button])");
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
  });
}

// A page that comes back out of the browser's memory must be usable again.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
  }
});
