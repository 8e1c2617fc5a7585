// What one can do with the room itself: invite, leave, and, as its owner, remove somebody.

import { address } from "./base-path.js";
import { make } from "./elements.js";
import { say } from "./sentences.js";

/** Puts life into the buttons of the people's list. */
export function roomActions({ room, me, owner, presence, banner }) {
  foldablePeople();

  const invite = document.getElementById("invite");
  invite.addEventListener("click", async () => {
    const link = new URL(room.invitation, location.origin).href;
    try {
      await navigator.clipboard.writeText(link);
      invite.textContent = say("browser.invite.copied");
    } catch {
      await ask(say("browser.invite.title"), say("browser.invite.send", { address: link }), say("browser.invite.done"), false);
    }
    setTimeout(() => (invite.textContent = say("browser.invite.copy")), 4_000);
  });

  document.getElementById("leave").addEventListener("click", async () => {
    const text = say("browser.leave.text");
    if ((await ask(say("browser.leave.title", { room: room.name }), text, say("browser.leave.leave"))) && (await end(room, "me", banner))) {
      location.assign(address("/dashboard"));
    }
  });

  if (owner) {
    presence.decorateWith((entry, person) => {
      if (person.id === me.id) {
        return;
      }
      const remove = make("button", "quiet danger", say("browser.remove.remove"));
      remove.type = "button";
      remove.setAttribute("aria-label", say("browser.remove.described", { name: person.username }));
      remove.addEventListener("click", async () => {
        const text = say("browser.remove.text");
        if (await ask(say("browser.remove.title", { name: person.username }), text, say("browser.remove.remove"))) {
          await end(room, person.id, banner);
        }
      });
      entry.append(remove);
    });
  }
}

/** The list of people, which is folded away on small screens. */
function foldablePeople() {
  const people = document.getElementById("people");
  const toggle = document.getElementById("people-toggle");
  const close = document.getElementById("people-close");
  const fold = (open) => {
    people.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    (open ? close : toggle).focus();
  };
  toggle.addEventListener("click", () => fold(true));
  close.addEventListener("click", () => fold(false));
  people.addEventListener("keydown", (event) => event.key === "Escape" && fold(false));
  document.querySelector(".conversation").addEventListener("pointerdown", () => {
    if (people.classList.contains("open")) {
      fold(false);
    }
  });
}

/** Ends a membership; resolves to whether it is ended. */
async function end(room, who, banner) {
  try {
    const response = await fetch(address(`/api/rooms/${room.id}/members/${who}`), {
      method: "DELETE",
      headers: { Accept: "application/json" },
    });
    if (response.ok) {
      return true;
    }
    const answer = await response.json().catch(() => ({}));
    banner.failed(answer.message ?? say("browser.failed"));
  } catch {
    banner.failed(say("browser.failed-offline"));
  }
  return false;
}

/** Asks in a dialog; resolves to whether the answer was yes. */
function ask(title, text, yes, dangerous = true) {
  const dialog = document.getElementById("ask");
  document.getElementById("ask-title").textContent = title;
  document.getElementById("ask-text").textContent = text;
  const button = document.getElementById("ask-yes");
  button.textContent = yes;
  button.classList.toggle("danger", dangerous);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }),
  );
}
