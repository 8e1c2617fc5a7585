// The picture or the file that a message shares. A picture's place is kept before it is there, so nothing jumps.

import { make } from "./elements.js";
import { linked } from "./links.js";
import { say } from "./sentences.js";

const LONGEST_SIDE_PX = 320;
const SHORTEST_SIDE_PX = 48;

/** What stands in the bubble: text, a picture or a file. */
export function contentOf(message) {
  const address = message.message_type === "text" ? null : ours(message.content);
  if (address && message.file && message.message_type === "image") {
    return picture(message, address);
  }
  if (address && message.file && message.message_type === "file") {
    return file(message, address);
  }
  const text = make("span", "text", ...linked(message.content));
  text.dir = "auto";
  return text;
}

function picture({ file: shared, username }, address) {
  const image = document.createElement("img");
  image.alt = say("browser.shared-by", { name: shared.name, username });
  image.decoding = "async";
  image.src = ours(shared.thumbnail_url ?? address);
  image.addEventListener("error", () => button.classList.add("gone"), { once: true });
  const button = make("button", "picture", image);
  button.type = "button";
  const { width, height } = place(shared);
  button.style.width = `${width}px`;
  button.style.aspectRatio = `${width} / ${height}`;
  button.dataset.full = address;
  button.dataset.name = shared.name;
  return button;
}

function file({ file: shared }, address) {
  const link = make("a", "file", make("span", "page", "PDF"), make("bdi", "name", shared.name));
  link.href = address;
  link.download = shared.name;
  link.append(make("span", "size", sizeInWords(shared.size)));
  return link;
}

/** As large as it may be without a side that is too long, and without one that cannot be hit. */
function place({ width = LONGEST_SIDE_PX, height = LONGEST_SIDE_PX }) {
  const factor = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  return {
    width: Math.max(SHORTEST_SIDE_PX, Math.round(width * factor)),
    height: Math.max(SHORTEST_SIDE_PX, Math.round(height * factor)),
  };
}

/** An address that a browser may fetch, or null. */
function ours(address) {
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A length in the unit that people expect. */
export function sizeInWords(bytes) {
  if (bytes < 1024) {
    return say("browser.size.bytes", { count: bytes });
  }
  return bytes < 1024 * 1024 ? say("browser.size.kilobytes", { size: `${Math.round(bytes / 1024)}` }) : say("browser.size.megabytes", { size: (bytes / 1024 / 1024).toFixed(1) });
}
