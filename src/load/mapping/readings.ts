import { ownValue } from "../../catalogue/ownValue.js";
import { type Vocabulary, wordKey, wordsOf } from "../../catalogue/vocabulary.js";
import type { Column, TableName } from "../../contract/index.js";
import { isCoded, noWords, type Reading, wordTable } from "../../contract/reading.js";
import type { PlannedMapping, PlannedSource } from "../plan.js";
import { codeIn } from "../sourcesYaml.js";

/** How a source writes the cells of the table that a mapping feeds: its words, its dates, its decimals. */
export function sourceReading(
  { settings }: Pick<PlannedSource, "settings">,
  mapping: PlannedMapping,
  vocabulary: Vocabulary,
): (table: TableName, column: Column) => Reading {
  const known = new Map<string, Reading>();
  const formats = mapping.date_formats;
  return (table, column) => {
    const found = known.get(column.name);
    if (found) return found;
    const ofColumn = Array.isArray(formats) ? formats : ownValue(formats, column.name);
    const reading: Reading = {
      words: words(table, column, ownValue(mapping.values, column.name), vocabulary),
      nullValues: settings.null_values ?? [],
      dateFormats: ofColumn ?? settings.date_formats ?? [],
      decimal: settings.decimal ?? ".",
      isKey: false,
    };
    known.set(column.name, reading);
    return reading;
  };
}

function words(
  table: TableName,
  column: Column,
  values: Readonly<Record<string, string>> | undefined,
  vocabulary: Vocabulary,
) {
  if (!isCoded(column.kind) && values === undefined) return noWords;
  const known = isCoded(column.kind) ? wordsOf(vocabulary, table, column.name) : {};
  const plain = wordTable(known);
  const codes = Object.entries(values ?? {}).map(([word, meant]) => {
    const code = codeIn(column, meant) ?? plain.folded.get(wordKey(meant)) ?? meant.normalize("NFC").trim();
    return [word, code] as const;
  });
  return wordTable(known, Object.fromEntries(codes));
}
