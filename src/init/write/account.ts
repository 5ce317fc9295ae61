import { columnsOf } from "../../contract/index.js";
import { told } from "../../words/told.js";
import { visible } from "../../words/visible.js";
import type { FoundAccount } from "../connected/account.js";
import { because, lines, map, type Say, said, word } from "./nodes.js";

/** The source of an account: its preset says what its fields mean; what that does not know stands as comments. */
export function accountNode({ source, parts, tables, told: lacked, unknown, own }: FoundAccount, say: Say) {
  const relations = map(
    [...parts].map(([part, raw]) => {
      const { relation = {}, cursor } = raw.origin?.surveyed ?? {};
      const node = map(
        Object.entries(relation).map(([key, value]) => [key, word(value)]),
        true,
      );
      if (cursor !== undefined) node.comment = ` ${say(told("init.accountCursor", { cursor }))}`;
      return [part, node] as const;
    }),
  );
  const node = map([
    ["kind", word(source.kind)],
    ["preset", said(word(source.kind), because("init.sure", [told("init.byAccount")], say))],
    ...Object.entries(source.settings).map(([key, value]) => [key, word(value)] as const),
    ["relations", relations],
  ]);
  const fed = tables.map(({ table, from }) => `${table} ← ${from}`);
  node.comment = lines([
    say(told("init.presetTables", { tables: fed })),
    ...lacked.map(say),
    ...ownLines(own, say),
    ...valuesLines(unknown, say),
  ]);
  return node;
}

function ownLines(own: FoundAccount["own"], say: Say): string[] {
  return own.flatMap(({ part, fields }) => [
    say(told("init.ownFields", { part })),
    ...fields.slice(0, mostFields).map(({ column, label, words }) => {
      const notes = [...(label === "" || label === column ? [] : [label]), ...words].map(shown);
      return `  ${shown(column)}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
    }),
    ...(fields.length > mostFields
      ? [`  ${say(told("init.more", { count: String(fields.length - mostFields) }))}`]
      : []),
  ]);
}

const mostFields = 40;

const shown = (text: string) => {
  const seen = visible(text);
  return seen.length > 60 ? `${seen.slice(0, 60)}…` : seen;
};

/** One line for all words that are to be said, as `tables` has it. */
function valuesLines(unknown: FoundAccount["unknown"], say: Say): string[] {
  const tables = [...new Set(unknown.map(({ table }) => table))];
  if (tables.length === 0) return [];
  const texts = tables.map((table) => {
    const columns = unknown.filter((each) => each.table === table);
    const inner = columns.map(({ column, words }) => {
      const codes = `<${Object.keys(columnsOf(table).find(({ name }) => name === column)?.labels ?? {}).join("|")}>`;
      return `${column}: { ${words.map(([text]) => `${JSON.stringify(text)}: ${codes}`).join(", ")} }`;
    });
    return `${table}: { values: { ${inner.join(", ")} } }`;
  });
  const counts = unknown.flatMap(({ table, column, words }) =>
    words.map(([text, count]) => `${table}.${column}: ${count} × ${visible(text)}`),
  );
  return [say(told("init.presetWords", { words: counts })), `  tables: { ${texts.join(", ")} }`];
}
