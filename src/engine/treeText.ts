/**
 * DuckDB's syntax trees as JavaScript values. A JavaScript number cannot hold every number of such a tree (2^64 − 1 for
 * a node without a place, 9007199254740993 in a statement), so numbers stay the text they are, each under
 * the key "\u0000number".
 */

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The tree that a JSON text holds, its numbers untouched. */
export function parseTree(text: string): unknown {
  return JSON.parse(
    text.replace(token, (found) => (found.startsWith('"') ? found : `{"\\u0000number":"${found}"}`)),
  );
}

/** The JSON text of a tree, the numbers as they were read. A text's own quotes are escaped and never match. */
export function treeText(tree: unknown): string {
  return JSON.stringify(tree).replace(/\{"\\u0000number":"([^"]*)"\}/g, "$1");
}
