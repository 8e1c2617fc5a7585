// The lists of rooms and sessions: times as the reader's own clock shows them.

import { clock, dayKey, dayName, fullTime } from "./chat/dates.js";
import { say } from "./chat/sentences.js";

for (const time of document.querySelectorAll(".rooms time")) {
  const date = new Date(time.dateTime);
  time.textContent = dayKey(date) === dayKey(new Date()) ? clock(date) : dayName(date);
  time.title = say("browser.page.last-message", { time: fullTime(date) });
}

for (const time of document.querySelectorAll(".sessions time")) {
  const date = new Date(time.dateTime);
  time.textContent = `${dayName(date)}, ${clock(date)}`;
  time.title = fullTime(date);
}
