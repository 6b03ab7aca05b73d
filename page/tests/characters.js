const MAX = 0x10ffff;

/**
 * Which characters of all have this property, as ranges of their numbers.
 * @param {(character: string) => boolean} has
 */
export function rangesOf(has) {
  const ranges = [];
  for (let code = 0; code <= MAX; code += 1) {
    if ((code >= 0xd800 && code <= 0xdfff) || !has(String.fromCodePoint(code))) continue;
    if (ranges.at(-1)?.[1] === code - 1) ranges.at(-1)[1] = code;
    else ranges.push([code, code]);
  }
  return ranges.map((range) => range.map((code) => code.toString(16).toUpperCase().padStart(4, '0')));
}
