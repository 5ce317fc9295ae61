import { createHash } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { weightsInForce } from "../../catalogue/weights.js";
import type { Period } from "../../kpi/periods.js";
import { readTargets, readWeights } from "../../load/managedTables.js";

const digestOf = (what: unknown) =>
  createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16);

/** A scorecard among KPIs. */
export const cardKey = (id: string) => `score:${id}`;

type Definitions = Record<string, string>;

/** `definitionsOfEach` of one period. */
export async function definitionsOf(
  db: DuckDBConnection,
  kept: Pick<Kept, "catalogue" | "settings">,
  period: Pick<Period, "end">,
): Promise<Definitions> {
  const [own = {}] = await definitionsOfEach(db, kept, [period]);
  return own;
}

/**
 * What decides the figures of periods beside the rows, a digest by KPI and scorecard: a KPI's row of the catalogue but for its
 * words, the settings that models and loads go by, and its models; a scorecard with its weights, the targets and the grades.
 */
export async function definitionsOfEach(
  db: DuckDBConnection,
  { catalogue, settings }: Pick<Kept, "catalogue" | "settings">,
  periods: readonly Pick<Period, "end">[],
): Promise<Definitions[]> {
  const { time_zone, inactivity_days, response_limits, business_calendar, currency, record_floor } = settings;
  const [rule] = (await db.runAndReadAll("select churn_rule from config.settings")).getRowsJson();
  const set = [rule, time_zone, inactivity_days, response_limits, business_calendar, currency, record_floor];
  // What an account says of it goes where the settings say nothing.
  if (!business_calendar) for (const each of await schedulesSeen(db)) set.push(each);
  const models = await modelsOf(db);
  const ofKpis = catalogue.kpis.map((kpi) => [
    kpi.id,
    digestOf([decisive(kpi), set, models.get(kpi.id) ?? ""]),
  ]);
  const [targets, weights] = [await readTargets(db), await readWeights(db)];
  return periods.map(({ end }) => {
    const ofCards = catalogue.scorecards.map(({ label: _, ...card }) => {
      const ids = card.groups.flatMap(({ kpis }) => kpis);
      const own = targets.filter(
        ({ kpi_id, valid_from, valid_to }) =>
          ids.includes(kpi_id) && valid_from < end && (valid_to === null || valid_to >= end),
      );
      const rules = catalogue.kpis.filter(({ id }) => ids.includes(id)).map(({ id, score }) => [id, score]);
      const weighs = [...weightsInForce(weights, card.id, end)];
      return [cardKey(card.id), digestOf([card, weighs, own, rules, catalogue.grades])];
    });
    return Object.fromEntries([...ofKpis, ...ofCards]);
  });
}

/** The business hours of an account that a build went by, none where it had none. */
async function schedulesSeen(db: DuckDBConnection): Promise<string[]> {
  const tables = await db.runAndReadAll(
    `select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'config' and table_name = 'schedules_seen'`,
  );
  if (tables.currentRowCount === 0) return [];
  const reader = await db.runAndReadAll(
    `select valid_from::varchar || definition from config.schedules_seen, config.settings
     where has_business_calendar order by source, schedule_id, valid_from`,
  );
  return reader.getRows().map(([text]) => String(text));
}

/** What of a KPI's row is more than words, or how it looks. */
function decisive({ label, definition, formula, counts, unit, direction, score, percentiles, ...kpi }: Kpi) {
  return kpi;
}

/** The models that a KPI is read from, by KPI, as a digest. */
async function modelsOf(db: DuckDBConnection): Promise<ReadonlyMap<string, string>> {
  const reader = await db.runAndReadAll(`
    select kpi_id, md5(string_agg(digest, ' ' order by relation))
    from (select kpi_id, unnest(models) as relation from config.lineage) as reached
    inner join config.models using (relation) group by kpi_id`);
  return new Map(reader.getRowsJson().map(([id, digest]) => [String(id), String(digest)]));
}
