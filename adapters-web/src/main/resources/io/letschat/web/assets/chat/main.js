// The chat page: brings its parts together. Each part is a file of its own and knows nothing of the others.

import { address, storageKey } from "./base-path.js";
import { Attachments } from "./attachments.js";
import { Banner } from "./banner.js";
import { Catchup } from "./catchup.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { History } from "./history.js";
import { takeFiles } from "./intake.js";
import { Lightbox } from "./lightbox.js";
import { Outbox } from "./outbox.js";
import { Presence } from "./presence.js";
import { roomActions } from "./room-actions.js";
import { Scroll } from "./scroll.js";
import { Timeline } from "./timeline.js";
import { Typists, TypingSignal } from "./typing.js";
import { Unread } from "./unread.js";

const page = document.getElementById("main");
const room = { id: Number(page.dataset.roomId), name: page.dataset.roomName, invitation: page.dataset.invitation };
const me = { id: Number(page.dataset.userId), username: page.dataset.username };
const element = (id) => document.getElementById(id);

const banner = new Banner(element("banner"));
const conversation = new Conversation();
const scroll = new Scroll(element("scroller"), element("timeline"), element("to-newest"));
const unread = new Unread();

const connection = new Connection(room.id, () => conversation.position(), {
  joined: (answer) => joined(answer),
  lost: () => lost(),
  refused: (sentence) => gone(sentence),
  signedOut: () => signIn(),
});

const outbox = new Outbox(storageKey(`letschat.outbox.${me.id}.${room.id}`), connection, {
  waiting: (entry) => timeline.showUnsent(entry),
  sent: (message) => show([message]),
  discarded: (entry) => timeline.removeUnsent(entry.id),
});

const timeline = new Timeline(element("timeline"), me, {
  again: (id) => outbox.again(id),
  discard: (id) => outbox.discard(id),
});

const history = new History(room.id, { signedOut: () => signIn(), refused: (sentence) => gone(sentence) });

const catchup = new Catchup(conversation, history, {
  state: element("history-state"),
  scroller: element("scroller"),
  show: (messages) => show(messages, { quietly: true }),
  restart: () => startAnew(),
});

const presence = new Presence(element("counts"), element("online"), element("people-more"), me);
const typists = new Typists(element("typing"), me);
const typing = new TypingSignal(connection, room.id);

const composer = new Composer(element("composer"), storageKey(`letschat.draft.${me.id}.${room.id}`), {
  send: (content) => {
    typing.sent();
    if (content !== "") {
      outbox.add(content);
    }
    attachments.send();
    scroll.toBottom();
  },
  typed: (content) => typing.typed(content),
  left: () => typing.stop(),
});

const attachments = new Attachments(
  room.id,
  { tray: element("attachments"), leftOut: element("left-out") },
  {
    changed: () => composer.filesWait(attachments.waiting),
    sent: (message) => show([message]),
    signedOut: () => signIn(),
  },
);

takeFiles(
  {
    button: element("attach"),
    input: element("file"),
    field: element("content"),
    zone: document.querySelector(".conversation"),
  },
  { files: (files) => attachments.add(files), text: (text) => composer.insert(text) },
);

new Lightbox(element("lightbox"), element("timeline"));

roomActions({ room, me, owner: page.dataset.owner === "true", presence, banner });

connection.on("new message", (message) => {
  if (message.room_id !== room.id) {
    return;
  }
  typists.stopped(message.user_id);
  if (show([message]) && message.user_id !== me.id) {
    unread.came();
  }
  catchup.mendSoon();
});
connection.on("online users", (people, counts) => {
  presence.replace(people, counts);
  timeline.name(people);
  me.username = people.find((person) => person.id === me.id)?.username ?? me.username;
});
connection.on("user joined", (user) => presence.came(user));
connection.on("user left", (user) => {
  typists.stopped(user.user_id);
  if (user.user_id === me.id) {
    connection.joinAgain(); // either another tab of ours went, or we were removed: the answer will tell
  } else {
    presence.went(user);
  }
});
connection.on("user typing", (user) => typists.started(user));
connection.on("user stop typing", (user) => typists.stopped(user.user_id));
connection.on("chat error", (error) => {
  if (error?.code === "membership_ended") {
    gone(error.message);
  } else if (error?.code === "not_joined") {
    connection.joinAgain();
  }
});

banner.connecting();
outbox.restore();
connection.open();

function joined(answer) {
  banner.connected();
  composer.enable();
  if (conversation.belongsToAnother(answer.room.epoch)) {
    startAnew();
  }
  show(answer.messages, { quietly: !conversation.started });
  conversation.joined(answer);
  element("nothing").hidden = false; // the style shows it only beside an empty list
  presence.counted(answer);
  catchup.fillGaps();
  catchup.olderIfNear();
  outbox.pump();
}

function lost() {
  banner.lost();
  typists.clear();
}

function startAnew() {
  conversation.clear();
  timeline.clear();
  outbox.showAll();
}

/** Places messages, keeps what is being read in its place, and says whether there was anything new. */
function show(messages, { quietly = false } = {}) {
  const oldest = conversation.first ?? Infinity;
  const fresh = messages.filter((message) => conversation.add(message));
  for (const message of messages) {
    if (message.user_id === me.id && message.client_message_id) {
      outbox.arrived(message.client_message_id);
    }
  }
  if (fresh.length === 0) {
    return false;
  }
  const news = fresh.filter((message) => message.seq > oldest && message.user_id !== me.id).length;
  scroll.keepingPlace(news, () => timeline.place(fresh, quietly));
  return true;
}

function gone(sentence) {
  connection.close();
  composer.disable();
  attachments.clear();
  presence.clear();
  typists.clear();
  banner.gone(sentence);
}

function signIn() {
  connection.close();
  location.assign(address(`/login?next=${encodeURIComponent(location.pathname)}`));
}
