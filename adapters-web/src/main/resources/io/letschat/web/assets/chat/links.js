// Addresses inside a text become links; everything else stays text.

import { addressesIn } from "./addresses.js";

/** The nodes that show a text. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const address of addressesIn(text)) {
    nodes.push(text.slice(from, address.from), link(text.slice(address.from, address.to), address.href));
    from = address.to;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function link(text, href) {
  const element = document.createElement("a");
  element.href = href;
  element.textContent = text;
  element.dir = "ltr"; // which isolates it, so that nothing around it turns it round
  element.rel = "noopener noreferrer nofollow ugc";
  if (element.protocol !== "mailto:") {
    element.target = "_blank";
  }
  if (element.hostname.includes("xn--")) {
    element.title = href; // the letters of another script may look like those of a known name
  }
  return element;
}
