// Addresses inside a text become links; everything else stays text.

const CANDIDATE = /\bhttps?:\/\/[^\s<>"`]+/giu;
const TRAILING = /[.,;:!?'*_~)\]}]$/u;
const OPENING = { ")": "(", "]": "[", "}": "{" };

/** The nodes that show a text. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = withoutPunctuation(match[0]);
    const link = toLink(address);
    if (link) {
      nodes.push(text.slice(from, match.index), link);
      from = match.index + address.length;
    }
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/** An address at the end of a sentence or in brackets does not own the mark that follows it. */
function withoutPunctuation(address) {
  let rest = address;
  while (TRAILING.test(rest)) {
    const mark = rest.at(-1);
    const opening = OPENING[mark];
    if (opening && rest.split(opening).length >= rest.split(mark).length) {
      break;
    }
    rest = rest.slice(0, -1);
  }
  return rest;
}

function toLink(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return null;
  }
  const link = document.createElement("a");
  link.href = url.href;
  link.textContent = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow ugc";
  return link;
}
