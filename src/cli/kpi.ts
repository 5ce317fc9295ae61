import { explainKpis } from "../answers/explainKpis.js";
import { requirePeriods } from "../answers/periodLimits.js";
import { answerEach } from "../answers/queryKpis.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { dimensionOf, unknown } from "../catalogue/dimensions.js";
import type { Settings } from "../catalogue/settings.js";
import { labelOf, type Vocabulary } from "../catalogue/vocabulary.js";
import type { Grain, Period } from "../kpi/periods.js";
import { questionsOf } from "../kpi/request.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Language } from "../words/languages.js";
import { pages } from "../words/languages.js";
import type { Effects } from "./effects.js";
import { conditionOf } from "./options/condition.js";
import { periodAsked } from "./options/periodOption.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { explainedCsv, explainedJson, explainedTable } from "./print/explainFormat.js";
import { rowWriter, tableWriter, written } from "./print/kpiTable.js";

export interface KpiOptions extends PlaceOptions {
  grain?: Grain;
  period?: string;
  from?: string;
  to?: string;
  by?: string;
  where?: string[];
  compare?: "previous" | "year";
  explain?: boolean;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

/** The bounds of one period; a change that is explained is the one to it. */
function oneOf({ start }: Period, { explain }: KpiOptions): { from?: string; to: string } {
  const month = start.slice(0, 7);
  return explain ? { to: month } : { from: month, to: month };
}

/** `kpi`: values of KPIs, by period and dimension; with `--explain` the change between two periods, split by dimension. */
export async function kpiCommand(ids: string[], options: KpiOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const by = (options.by ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const period = periodAsked(options.period);
  const { from, to } = period ? oneOf(period, options) : options;
  const request = {
    kpiIds: ids,
    grain: period?.grain ?? options.grain ?? "month",
    by,
    where: (options.where ?? []).map(conditionOf),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(options.compare === undefined ? {} : { compare: options.compare }),
    ...(options.lang === undefined ? {} : { language: options.lang }),
  };
  const write = (text: string) => effects.stdout.write(text);
  const forPeople = (settings: Settings, vocabulary: Vocabulary) => {
    const language = options.lang ?? settings.language;
    const label = (name: string, value: string) => {
      const dimension = dimensionOf(name);
      if (value === unknown) return pages(language).unknown;
      return labelOf(vocabulary, dimension ?? name, value, language) ?? value;
    };
    return { language, label } as const;
  };
  if (options.explain) {
    const { kpis, settings, vocabulary, changes } = await withWarehouse(warehouse, async (db) => {
      const { catalogue, settings, vocabulary } = await readKept(db);
      const { kpis } = catalogue;
      questionsOf(request, kpis);
      await requirePeriods(db, settings, [request.from, request.to]);
      return { kpis, settings, vocabulary, changes: await explainKpis(db, kpis, request) };
    });
    if (options.format === "json") write(explainedJson(changes));
    else if (options.format === "csv") write(explainedCsv(changes, options));
    else write(explainedTable(changes, kpis, forPeople(settings, vocabulary)));
    return;
  }
  await withWarehouse(warehouse, async (db) => {
    const { catalogue, settings, vocabulary } = await readKept(db);
    const { kpis } = catalogue;
    const questions = questionsOf(request, kpis);
    await requirePeriods(db, settings, [request.from, request.to]);
    if (options.format === "json" || options.format === "csv") {
      const asked = questions.map(({ kpi }) => kpi);
      const { head, rows, foot } = rowWriter(options.format, asked, by, options);
      let begun = false;
      for await (const values of answerEach(db, questions, request)) {
        if (!begun) write(head);
        begun = true;
        for (const text of written(values, rows)) write(text);
      }
      write(foot());
      return;
    }
    const compare = options.compare ? { compare: options.compare } : {};
    const { block, foot } = tableWriter(kpis, { ...forPeople(settings, vocabulary), by, ...compare });
    for await (const values of answerEach(db, questions, request)) write(block([...values]));
    write(foot());
  });
}
