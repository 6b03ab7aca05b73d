import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf } from '../../static/scripts/ui/rich-text.js';

/** As much of a document as the nodes need. */
class Fake {
  constructor(tag) {
    this.tag = tag;
    this.attributes = {};
    this.children = [];
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(child) {
    this.children.push(child);
  }
  toString() {
    const { dir, tabindex, ...told } = this.attributes;
    const attributes = Object.entries(told).map(([name, value]) => ` ${name}=${value}`);
    return `<${this.tag}${attributes.join('')}>${this.children.join('')}</${this.tag}>`;
  }
}
globalThis.document = { createElement: (tag) => new Fake(tag) };

const text = (words) => ({ kind: 'text', text: words });
const paragraph = (...inlines) => ({ kind: 'paragraph', inlines });
const shown = (...blocks) => blocksOf(blocks).flat(Infinity).join('');

test('each kind has its element', () => {
  assert.equal(
    shown(
      { kind: 'heading', inlines: [text('Doors')] },
      paragraph(
        text('a'),
        { kind: 'break' },
        { kind: 'strong', inlines: [{ kind: 'emphasis', inlines: [text('b')] }] },
      ),
      { kind: 'list', ordered: true, items: [[paragraph(text('one'))], [{ kind: 'list', ordered: false, items: [] }]] },
      { kind: 'quote', blocks: [paragraph({ kind: 'code', text: 'x' })] },
      { kind: 'rule' },
      { kind: 'code', text: '<script>' },
    ),
    '<h3>Doors</h3><p>a<br></br><strong><em>b</em></strong></p><ol><li><p>one</p></li><li><ul></ul></li></ol>' +
      '<blockquote><p><code>x</code></p></blockquote><hr></hr><pre><code><script></code></pre>',
  );
});

test('a list goes on from its number', () => {
  const list = (more) => shown({ kind: 'list', items: [], ...more });
  assert.equal(list({ ordered: true, start: 4 }), '<ol start=4></ol>');
  assert.equal(list({ ordered: true, start: 0 }), '<ol start=0></ol>');
  assert.equal(list({ ordered: true, start: 1 }), '<ol></ol>');
  assert.equal(list({ ordered: false, start: 4 }), '<ul></ul>');
});

test('a link with an address that could run code is its text alone', () => {
  const link = (href) => shown(paragraph({ kind: 'link', href, inlines: [text('here')] }));
  assert.equal(
    link('https://example.com/'),
    '<p><a href=https://example.com/ target=_blank rel=noopener noreferrer nofollow>here</a></p>',
  );
  assert.equal(
    link('mailto:a@b.example'),
    '<p><a href=mailto:a@b.example rel=noopener noreferrer nofollow>here</a></p>',
  );
  for (const href of ['javascript:alert(1)', 'data:text/html,x', '', undefined])
    assert.equal(link(href), '<p>here</p>');
});

test('what this page does not know is shown as its text', () => {
  assert.equal(
    shown({ kind: 'table', blocks: [paragraph({ kind: 'constructor', inlines: [text('kept')] })] }),
    '<p>kept</p>',
  );
});
