// As much of a document as nodes need that are made, filled, moved and pressed.

class FakeNode extends EventTarget {
  parent = null;
  childNodes = [];

  get children() {
    return this.childNodes.filter((child) => child instanceof FakeElement);
  }

  get textContent() {
    return this.childNodes.map((child) => child.textContent).join('');
  }

  set textContent(text) {
    this.replaceChildren(...(text === '' ? [] : [text]));
  }

  /** How often a node was taken out of its parent: a press on it, and its focus, end with that. */
  taken = 0;

  append(...children) {
    for (const child of children) this.insertBefore(child, null);
  }

  insertBefore(child, before) {
    const node = child instanceof FakeNode ? child : new FakeText(String(child));
    node.remove();
    const index = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(index, 0, node);
    node.parent = this;
    return node;
  }

  removeChild(child) {
    child.remove();
  }

  remove() {
    if (this.parent === null) return;
    this.parent.childNodes = this.parent.childNodes.filter((child) => child !== this);
    this.parent = null;
    this.taken += 1;
  }

  replaceChildren(...children) {
    for (const child of [...this.childNodes]) child.remove();
    this.append(...children);
  }

  replaceWith(newest) {
    this.parent.insertBefore(newest, this);
    this.remove();
  }
}

class FakeText extends FakeNode {
  constructor(text) {
    super();
    this.text = text;
  }

  get textContent() {
    return this.text;
  }
}

class FakeElement extends FakeNode {
  hidden = false;
  className = '';
  attributes = {};
  style = { getPropertyValue: () => '', setProperty() {} };
  classList = { toggle() {} };

  constructor(tag) {
    super();
    this.tag = tag;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name === 'hidden') this.hidden = true;
  }

  /** All elements of a kind in it. @param {string} tag */
  all(tag) {
    return this.children.flatMap((child) => [...(child.tag === tag ? [child] : []), ...child.all(tag)]);
  }
}

/** Puts a document and a window in the place of a browser's. */
export function fakeDocument() {
  globalThis.HTMLElement = FakeElement;
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), {
    hidden: false,
    createElement: (tag) => new FakeElement(tag),
    createElementNS: (_space, tag) => new FakeElement(tag),
  });
}
