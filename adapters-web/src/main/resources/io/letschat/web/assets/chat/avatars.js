// People's pictures. Discs that show the same moment ask together; a disc keeps its initial until a picture is there.

import { address } from "./base-path.js";

const TOGETHER_MS = 60;
const MOST = 100;

const known = new Map(); // user id → address, or null for somebody without a picture
const waiting = new Map(); // user id → discs
let timer;

/** Puts the picture of a person on a disc, now or later, if there is one. */
export function dress(disc, userId) {
  const picture = known.get(userId);
  if (picture) {
    show(disc, picture);
  } else if (picture === undefined && Number.isSafeInteger(userId)) {
    waiting.set(userId, [...(waiting.get(userId) ?? []), disc]);
    timer ??= setTimeout(ask, TOGETHER_MS);
  }
  return disc;
}

async function ask() {
  timer = undefined;
  const asked = [...waiting].slice(0, MOST);
  asked.forEach(([id]) => waiting.delete(id));
  if (waiting.size > 0) {
    timer = setTimeout(ask, TOGETHER_MS);
  }
  try {
    const ids = asked.map(([id]) => id).join(",");
    const response = await fetch(address(`/api/avatars?ids=${ids}`), { headers: { Accept: "application/json" } });
    if (!response.ok) {
      return;
    }
    const { avatars } = await response.json();
    for (const [id, discs] of asked) {
      const picture = avatars[id] ?? null;
      known.set(id, picture);
      if (picture) {
        discs.forEach((disc) => show(disc, picture));
      }
    }
  } catch {
    // The initials do as well.
  }
}

function show(disc, source) {
  const picture = document.createElement("img");
  picture.alt = "";
  picture.addEventListener("load", () => disc.replaceChildren(picture), { once: true });
  picture.src = source;
}
