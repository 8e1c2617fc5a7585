// How this page's scripts make elements.

/** An element with a class and children, which are nodes or text. */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
