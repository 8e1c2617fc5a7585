// One message as an element. What people wrote becomes text nodes, never markup.

import { dress } from "./avatars.js";
import { clock, fullTime } from "./dates.js";
import { make } from "./elements.js";
import { say } from "./sentences.js";
import { contentOf } from "./shared-file.js";

/** The element of a message that the server has numbered. */
export function messageItem(message, mine) {
  const item = document.createElement("li");
  item.className = mine ? "message mine" : "message";
  describe(item, message);
  item.append(make("p", "day", make("span")), row(message));
  return item;
}

/** The element of a message of ours that is on its way, or that could not be sent. */
export function unsentItem(entry, me, notify) {
  const item = messageItem({ ...entry, user_id: me.id, username: me.username }, true);
  delete item.dataset.seq;
  item.classList.add(entry.problem ? "failed" : "sending");
  if (entry.problem) {
    const again = button(say("browser.again"), () => notify.again(entry.id));
    const discard = button(say("browser.discard"), () => notify.discard(entry.id));
    item.querySelector(".body").append(make("div", "trouble", make("span", "", entry.problem), again, discard));
  } else {
    item.querySelector("time").textContent = say("browser.sending");
  }
  return item;
}

/** Turns the element of an unsent message into that of the numbered one, in place. */
export function confirm(item, message) {
  item.classList.remove("sending", "failed");
  item.querySelector(".trouble")?.remove();
  describe(item, message);
  setTime(item.querySelector("time"), message.created_at);
  item.querySelector(".text").replaceWith(contentOf(message));
  return item;
}

export function authorOf(item) {
  return item.querySelector(".author").textContent;
}

/** Shows the name that the author has now. */
export function rename(item, person) {
  item.querySelector(".author").textContent = person.username;
  item.querySelector(".mark").replaceWith(mark(person));
}

/** The disc with a person's initial, in a colour of their own. */
export function mark(user) {
  const disc = make("span", `mark hue-${user.id % 8}`, initial(user.username));
  disc.setAttribute("aria-hidden", "true");
  return dress(disc, user.id);
}

function describe(item, message) {
  item.dataset.seq = message.seq;
  item.dataset.user = message.user_id;
  item.dataset.at = message.created_at;
}

function row(message) {
  const author = make("bdi", `author hue-${message.user_id % 8}`, message.username);
  const bubble = make("div", "bubble", contentOf(message), setTime(make("time"), message.created_at));
  const body = make("div", "body", make("p", "by", author), bubble);
  return make("div", "row", mark({ id: message.user_id, username: message.username }), body);
}

function setTime(time, iso) {
  const date = new Date(iso);
  time.dateTime = iso;
  time.textContent = clock(date);
  time.title = fullTime(date);
  return time;
}

function initial(name) {
  return [...(name ?? "")][0]?.toUpperCase() ?? "?";
}

function button(label, action) {
  const element = make("button", "quiet", label);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}
