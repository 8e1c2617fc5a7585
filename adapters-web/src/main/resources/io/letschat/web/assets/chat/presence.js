// Who is here. The server names a hundred at most and counts all.

import { make } from "./elements.js";
import { mark } from "./message-view.js";
import { say } from "./sentences.js";

export class Presence {
  #line;
  #list;
  #more;
  #me;
  #people = new Map();
  #online = 0;
  #members = 0;
  #decorate = () => {};

  constructor(line, list, more, me) {
    this.#line = line;
    this.#list = list;
    this.#more = more;
    this.#me = me;
  }

  /** Lets somebody else add to the entry of a person. */
  decorateWith(decorate) {
    this.#decorate = decorate;
    this.#show();
  }

  /** The counts that come with a join. */
  counted({ online, total_members: members }) {
    this.#online = online;
    this.#members = members;
    this.#people.set(this.#me.id, this.#me);
    this.#show();
  }

  replace(people, counts) {
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#online = counts.online;
    this.#members = counts.total_members;
    this.#show();
  }

  came({ user_id: id, username }) {
    if (!this.#people.has(id)) {
      this.#people.set(id, { id, username });
      this.#online += 1;
      this.#members = Math.max(this.#members, this.#online);
      this.#show();
    }
  }

  went({ user_id: id }) {
    if (this.#people.delete(id)) {
      this.#online -= 1;
      this.#show();
    }
  }

  clear() {
    this.#people.clear();
    this.#line.textContent = "";
    this.#list.replaceChildren();
    this.#more.hidden = true;
  }

  #show() {
    const people = [...this.#people.values()].sort((a, b) => a.username.localeCompare(b.username));
    const total = say("browser.members", { count: this.#members });
    this.#line.textContent = say("browser.online", { count: this.#online, total });
    this.#list.replaceChildren(...people.map((person) => this.#entry(person)));
    const unnamed = this.#online - people.length;
    this.#more.hidden = unnamed <= 0;
    this.#more.textContent = say("browser.more-people", { count: unnamed });
  }

  #entry(person) {
    const name = make("span", "name", make("bdi", "", person.username));
    if (person.id === this.#me.id) {
      name.append(make("span", "you", ` ${say("browser.you")}`));
    }
    const entry = make("li", "", mark(person), name);
    this.#decorate(entry, person);
    return entry;
  }
}
