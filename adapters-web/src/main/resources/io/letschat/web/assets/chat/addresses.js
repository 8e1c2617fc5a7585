// Finds the web and mail addresses in what people wrote, and where each of them ends: in any script an address does not
// own the punctuation and the words that follow it without a space.

const START = /https?:\/\/|www\.|@/giu;

const LABEL_CHAR = "\\p{L}\\p{N}\\p{M}\\p{So}\\u200c\\u200d";
const LABEL = `[_${LABEL_CHAR}](?:[_${LABEL_CHAR}-]*[${LABEL_CHAR}])?`;
const NAME = new RegExp(`${LABEL}(?:\\.${LABEL})*`, "uy");
const BRACKETED = /\[[\da-f:.]+\]/iuy;
const PORT = /:\d{1,5}(?!\d)/uy;
const USER_INFO = /[\w.~%!$&'()*+,;=:-]*@/uy;

const LATIN = /^[\p{sc=Latin}\p{Nd}\p{M}_-]+/u;
const ALPHABETIC = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Nd}]/u;
const IDEOGRAPHIC = /^[\p{sc=Han}\p{sc=Hiragana}\p{scx=Katakana}\p{sc=Hangul}]/u;
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{scx=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORD = /^[\p{L}\p{N}\p{M}]/u;
const JOINABLE = /^[\p{L}\p{M}\p{So}\ufe0f]/u;

const BREAK = /[\s<>"`\\]/u;
const FOREIGN_BREAK = /[\p{P}\p{Sm}\p{Sk}\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2500-\u257f\uffe0-\uffee]/u;
const CLOSING = { "(": ")", "[": "]", "{": "}" };
const TRAILING = /(?:[.,;:!?'|([{]|['’]s)$/u;
const NEXT_ADDRESS = /[,;|]https?:\/\//iu;
const EMOJI_AFTER_WORD = /[\p{L}\p{N}](?:\p{Emoji_Presentation}|\p{So}\ufe0f|\u200d)+$/u;

/** The addresses in a text, in their order, as {from, to, href}. */
export function addressesIn(text) {
  const found = [];
  let done = 0;
  for (START.lastIndex = 0; ; ) {
    const start = START.exec(text);
    if (!start) {
      return found;
    }
    const address = start[0] === "@" ? mailAt(text, start.index, done) : webAt(text, start.index, start[0].length);
    if (address) {
      done = START.lastIndex = address.to;
      if (address.href) {
        found.push(address);
      }
    }
  }
}

/** Without an href where it is an address that is better not made a link: one that carries a name and a password. */
function webAt(text, from, prefix) {
  const scheme = text[from + prefix - 1] === "/";
  const before = charBefore(text, from);
  if (WORD.test(before) && !UNSPACED.test(before)) {
    return null;
  }
  if (!scheme && /[.@/:_-]/u.test(before)) {
    return null;
  }
  const at = scheme ? from + prefix : from;
  const userInfo = scheme && endOf(USER_INFO, text, at);
  if (userInfo) {
    return { to: userInfo + text.slice(userInfo).search(/\s|$/u), href: null };
  }
  const host = hostAt(text, at);
  if (!host || (!scheme && (text[host.to] === "@" || !isPublic(text.slice(at, host.to), 3)))) {
    return null;
  }
  let to = host.to;
  if (!host.cut) {
    to = endOf(PORT, text, to) ?? to;
    to = /[/?#]/u.test(text[to] ?? "") ? endOfTail(text, from, to) : to;
  }
  const href = hrefOf(scheme ? text.slice(from, to) : `http://${text.slice(from, to)}`);
  return href && { from, to, href };
}

function mailAt(text, at, done) {
  const run = text.slice(Math.max(done, at - 200), at);
  const local = /[\w.+%'-]*$/u.exec(run)[0].replace(/^[.%'-]+/u, "");
  if (!/^[\w+][\w+%'-]*(?:\.[\w+%'-]+)*$/u.test(local) || local.length > 64 || /:\/\/\S*$/u.test(run)) {
    return null;
  }
  const from = at - local.length;
  const before = charBefore(text, from);
  if (before === "@" || (WORD.test(before) && !UNSPACED.test(before))) {
    return null;
  }
  const host = hostAt(text, at + 1);
  if (!host || !isPublic(text.slice(at + 1, host.to), 2) || /^(?:@|:[\w~/])/u.test(text.slice(host.to, host.to + 2))) {
    return null; // such as ada@host@elsewhere, or git@host:path
  }
  const domain = hrefOf(`http://${text.slice(at + 1, host.to)}`);
  return domain && { from, to: host.to, href: `mailto:${local.replaceAll("%", "%25")}@${new URL(domain).hostname}` };
}

/** Where the host at this place ends, and whether a word of another script follows it without a space. */
function hostAt(text, at) {
  const bracketed = endOf(BRACKETED, text, at);
  const to = bracketed ?? endOf(NAME, text, at);
  if (bracketed || to === undefined) {
    return bracketed && { to, cut: false };
  }
  // No top-level domain begins in Latin letters and goes on in others: those are the next word.
  const last = Math.max(at, text.lastIndexOf(".", to - 1) + 1);
  const latin = LATIN.exec(text.slice(last, to))?.[0].length ?? 0;
  const cut = latin > 0 && last + latin < to;
  return { to: cut ? last + latin : to, cut };
}

/** Where path, query and fragment end. */
function endOfTail(text, from, at) {
  const rest = text.slice(at);
  const limit = at + (NEXT_ADDRESS.exec(rest)?.index ?? rest.length);
  const closings = [];
  let to = at;
  while (to < limit) {
    const char = charAt(text, to);
    if (char > "\x7f" ? FOREIGN_BREAK.test(char) && !joins(text, to, char) : BREAK.test(char)) {
      break;
    }
    if (CLOSING[char]) {
      closings.push(CLOSING[char]);
    } else if (/[)\]}]/u.test(char) && closings.pop() !== char) {
      break; // it closes what was opened before the address
    }
    to += char.length;
  }
  return withoutTrailing(text, from, to);
}

/** What ends a sentence or an emphasis is not the address's, nor is an emoji that follows its last word. */
function withoutTrailing(text, from, end) {
  let to = end;
  for (let before = from - 1; ; ) {
    const address = text.slice(from, to);
    const mark = TRAILING.exec(address)?.[0].length ?? 0;
    const emoji = EMOJI_AFTER_WORD.exec(address);
    if (mark > 0) {
      to -= mark;
    } else if (emoji) {
      to = from + emoji.index + charAt(address, emoji.index).length;
    } else if (/[*_~]/u.test(text[before] ?? "") && address.endsWith(text[before])) {
      to -= 1;
      before -= 1;
    } else {
      return to;
    }
  }
}

/** Whether a mark that otherwise ends an address stands within a word: L’Équipe, col·lecció, レオナルド・ダ・ヴィンチ. */
function joins(text, at, char) {
  const before = charBefore(text, at);
  const after = charAt(text, at + char.length);
  const between = (kind) => kind.test(before) && kind.test(after);
  return (
    ("’·‐‑–".includes(char) && between(ALPHABETIC)) ||
    ("·・".includes(char) && between(IDEOGRAPHIC)) ||
    ("\u200c\u200d".includes(char) && between(JOINABLE))
  );
}

/** Whether it has so many labels, of which the last is no number. */
function isPublic(name, labels) {
  const all = name.split(".");
  return all.length >= labels && /^(?:\p{L}[\p{L}\p{M}]+|xn--[a-z\d-]+)$/iu.test(all.at(-1));
}

function hrefOf(address) {
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

function endOf(sticky, text, at) {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}

function charAt(text, at) {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "";
}

function charBefore(text, at) {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
}
