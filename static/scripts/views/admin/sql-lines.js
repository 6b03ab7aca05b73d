// The server's queries come in one line each. Line ends before these words make them readable. No text in a query has
// such a word, so the query stays the same.

const BEGINNINGS =
  /(?<!\b(?:left|full|cross))\s+(?=(?:from|where|group by|having|order by|window|union all|(?:left |full |cross )?join|and|or)\b)/g;
const TABLES = /\),\s+(?=\w+ as \()/g;

/**
 * The same query with a line for each of its parts.
 * @param {string} sql
 */
export function linesOfSql(sql) {
  return sql.replaceAll(TABLES, '),\n').replaceAll(BEGINNINGS, '\n');
}
