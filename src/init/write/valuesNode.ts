import type { YAMLMap } from "yaml";
import { columnsOf } from "../../contract/index.js";
import { isCoded } from "../../contract/reading.js";
import { looksPersonal } from "../../load/persons/personal.js";
import { told } from "../../words/told.js";
import { visible } from "../../words/visible.js";
import { type ColumnGuess, isActive, type TableGuess } from "../tableGuess.js";
import { lines, map, type Say } from "./nodes.js";

/** A closed column with words that are not known. */
interface Open {
  column: string;
  /** Says which words, and asks for what they mean. */
  question: string;
  /** Of each a line to fill in, `"word": <code|code>`. */
  words: string[];
}

/**
 * What words of closed columns are taken for, and the lines to fill in of those that are not known: each of them stands where it
 * belongs, so that it is right once its # is taken away.
 * @returns the node, where words are known, and lines that stand beside the columns
 */
export function valuesOf(
  { table, columns }: TableGuess,
  say: Say,
): { values: YAMLMap | undefined; below: string[] } {
  const open = columns.flatMap((each) => openOf(table, each, say));
  const valued = columns.filter((each) => isActive(each) && each.values !== undefined);
  if (valued.length === 0) {
    const all = open.map(listed).join(", ");
    const below = open.length === 0 ? [] : [...open.map(({ question }) => question), `values: { ${all} }`];
    return { values: undefined, below };
  }
  const values = map(
    valued.map(({ column, values: known = {} }) => {
      const more = open.find((each) => each.column === column);
      const node = map(Object.entries(known), more === undefined);
      if (more) node.comment = lines([more.question, ...more.words]);
      return [column, node] as const;
    }),
  );
  const others = open.filter(({ column }) => !valued.some((each) => each.column === column));
  values.comment = lines([
    say(told("init.valuesMeant")),
    ...others.flatMap((each) => [each.question, listed(each)]),
  ]);
  return { values, below: [] };
}

const listed = ({ column, words }: Open) => `${column}: { ${words.join(", ")} }`;

function openOf(
  table: TableGuess["table"],
  { column, unknownWords = [], values = {}, certainty }: ColumnGuess,
  say: Say,
): Open[] {
  const known = columnsOf(table).find(({ name }) => name === column);
  const shown = unknownWords.filter(([text]) => !looksPersonal(text));
  if (shown.length === 0 || !known || !isCoded(known.kind)) return [];
  const codes = `<${Object.keys(known.labels ?? {}).join("|")}>`;
  const counts = shown.map(([text, count]) => `${count} × ${visible(text)}`);
  // What stands as a comment has all its words in one line.
  const meant = certainty === "unsure" ? Object.entries(values) : [];
  return [
    {
      column,
      question: say(told("init.unknownWords", { column, words: counts })),
      words: [
        ...meant.map(([text, code]) => `${JSON.stringify(text)}: ${code}`),
        ...shown.map(([text]) => `${JSON.stringify(text)}: ${codes}`),
      ],
    },
  ];
}
