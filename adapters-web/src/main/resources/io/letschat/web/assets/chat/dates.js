// Times as the reader's own clock and language show them.

import { say } from "./sentences.js";

const clockFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const oldDayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

export const clock = (date) => clockFormat.format(date);

export const fullTime = (date) => fullFormat.format(date);

/** The same for two times of one local day, different for two days. */
export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

export function dayName(date) {
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) {
    return say("browser.page.today");
  }
  if (dayKey(date) === dayKey(yesterday)) {
    return say("browser.page.yesterday");
  }
  return (date.getFullYear() === now.getFullYear() ? dayFormat : oldDayFormat).format(date);
}
