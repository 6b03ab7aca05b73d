// The one place that makes nodes. Text goes in as text, never as markup, so nothing that a user typed can become code.

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. A function under `on…` becomes a listener; `true` an empty attribute; `false`, `null` and
 * `undefined` nothing. Children are nodes, text, or lists of them; empty ones are left out.
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Makes an SVG element, with the same rules. */
export function svgElement(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/** Sets the text only if it differs: live regions would repeat it otherwise, and a selection would be lost. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides a node. */
export function setShown(node, shown) {
  node.hidden = !shown;
}

/** A link's address if the text is a web address, else null. Other schemes could run code when followed. */
export function webAddress(text) {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
