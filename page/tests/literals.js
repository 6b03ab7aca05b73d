// Reads a script's string literals, with their places. It knows as much of the language as that needs.

/**
 * `text` is a literal's content as it is written, with a hole in the place of each expression of a template.
 * @typedef {{ text: string, from: number, to: number, before: string }} Literal `before` is the code that leads to it
 */

/** Stands for an expression. */
export const HOLE = '{…}';

// A slash after one of these begins a pattern, and divides after all others.
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};\n>]|return)\s*$/;
const BEFORE_LENGTH = 40;

/**
 * All string literals and templates of a script, those inside of templates too.
 * @param {string} source
 * @returns {Literal[]}
 */
export function literalsOf(source) {
  /** @type {Literal[]} */
  const all = [];
  let at = 0;

  /** @param {string} closing the bracket that ends the code, or an empty text */
  function code(closing) {
    let depth = 0;
    while (at < source.length) {
      const one = source[at];
      const two = source.slice(at, at + 2);
      if (two === '//') at = end('\n');
      else if (two === '/*') at = end('*/') + 2;
      else if (one === "'" || one === '"') quoted(one);
      else if (one === '`') template();
      else if (one === '/' && BEFORE_PATTERN.test(source.slice(Math.max(0, at - BEFORE_LENGTH), at))) pattern();
      else {
        if (one === closing && depth === 0) return;
        if (one === '{') depth += 1;
        if (one === '}') depth -= 1;
        at += 1;
      }
    }
  }

  /** @param {string} mark */
  function end(mark) {
    const found = source.indexOf(mark, at);
    return found < 0 ? source.length : found;
  }

  /** @param {number} from */
  const before = (from) => source.slice(Math.max(0, from - BEFORE_LENGTH), from);

  /** @param {string} mark */
  function quoted(mark) {
    const from = at;
    at += 1;
    while (source[at] !== mark) at += source[at] === '\\' ? 2 : 1;
    at += 1;
    all.push({ text: source.slice(from + 1, at - 1), from, to: at, before: before(from) });
  }

  function template() {
    const from = at;
    let text = '';
    at += 1;
    while (source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at += 2;
        code('}');
        at += 1;
        text += HOLE;
      } else {
        const length = source[at] === '\\' ? 2 : 1;
        text += source.slice(at, at + length);
        at += length;
      }
    }
    at += 1;
    all.push({ text, from, to: at, before: before(from) });
  }

  function pattern() {
    let isClass = false;
    at += 1;
    while (isClass || source[at] !== '/') {
      if (source[at] === '[') isClass = true;
      if (source[at] === ']') isClass = false;
      at += source[at] === '\\' ? 2 : 1;
    }
    at += 1;
  }

  code('');
  return all;
}
