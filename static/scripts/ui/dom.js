// The only place that makes nodes. Text goes in as text and never as markup, so no user's text can become code.

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * An attribute's value, or the listener of an `on…` attribute. `true` is an empty attribute; `false`, `null` and
 * `undefined` leave the attribute out.
 * @typedef {string | number | boolean | null | undefined | ((event: never) => unknown)} AttributeValue
 * @typedef {Record<string, AttributeValue>} Attributes
 */
/** A node, text, or a list of children. An empty one is left out. @typedef {SingleChild | readonly Child[]} Child */
/** @typedef {Node | string | false | null | undefined} SingleChild */

/**
 * Makes an element. A function under the name `on…` becomes a listener.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * Makes an SVG element, by the same rules.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export function svgElement(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/**
 * The element of index.html with this id.
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element with the id ${id}`);
  return found;
}

/**
 * Sets a node's text if it differs. Setting the same text again would make live regions repeat it, and drop a selection.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Shows or hides a node.
 * @param {HTMLElement} node
 * @param {boolean} shown
 */
export function setShown(node, shown) {
  node.hidden = !shown;
}

/**
 * Makes `nodes` the children of a node. Those that stay are not taken out in between: that would end a press on them, and
 * take their focus.
 * @param {Element} parent
 * @param {readonly Node[]} nodes
 */
export function setChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) parent.removeChild(child);
  for (const [index, node] of nodes.entries()) {
    const before = parent.childNodes[index] ?? null;
    if (before !== node) parent.insertBefore(node, before);
  }
}

/**
 * The address for a link if the text is a web address, else null. Other schemes could run code.
 * @param {string} text
 */
export function webAddress(text) {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}

/**
 * @template {Element} T
 * @param {T} node
 * @param {Attributes} attributes
 * @param {readonly Child[]} children
 */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  appendAll(node, children);
  return node;
}

/**
 * @param {Element} node
 * @param {readonly Child[]} children
 */
function appendAll(node, children) {
  for (const child of children) {
    if (isList(child)) appendAll(node, child);
    else if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/**
 * @param {Child} child
 * @returns {child is readonly Child[]}
 */
function isList(child) {
  return Array.isArray(child);
}
