// What this page's scripts say, in the language of the page. The sentences stand in the server's catalogue.

const sentences = JSON.parse(document.documentElement.dataset.sentences ?? "{}");
const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

/** The sentence of this key, its {gaps} filled; the first number decides about singular and plural. */
export function say(key, gaps = {}) {
  const number = Object.values(gaps).find((gap) => typeof gap === "number");
  const form = number === undefined ? undefined : sentences[`${key}.${plurals.select(number)}`];
  return (form ?? sentences[key] ?? key).replace(/\{([a-z_]+)}/g, (gap, name) => String(gaps[name] ?? gap));
}
