import { z } from "zod";
import { primaryKeyOf, rowNumber, stagingColumns } from "../contract/ddl.js";
import { columnsOf, type TableName, tableNames } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { says, type Told, told } from "../words/told.js";
import {
  type Dimension,
  dimensionOf,
  isModelDimension,
  type OwnDimensionOfKpi,
  type OwnTable,
} from "./dimensions.js";
import type { Kpi } from "./kpis.js";
import { idSchema } from "./names.js";
import { readYaml } from "./readYaml.js";
import { suggest } from "./suggest.js";

const words = z.string().min(1).regex(/\S/, says("schema.words"));
const ownSchema = z.strictObject({
  id: idSchema,
  labels: z.strictObject({ "zh-CN": words, en: words }).optional(),
  from: z.record(z.string(), words),
});

/**
 * A dimension that the catalogue takes from columns of its own, `dimensions.yaml`: table → column, of the contract or an
 * extra one that a source maps. The id of a dimension that the models give puts the columns before the models' values.
 */
export interface OwnDimension {
  id: Dimension;
  /** Null where the models' dimension keeps its own. */
  label: { zh: string; en: string } | null;
  from: ReadonlyMap<TableName, string>;
}

/** Columns of the cube and of case models, which no dimension can be called. */
const cubeWords = `cuboid kpi_id month role grain period_start until_start start_on cut_on part_on base_part_on
  numerator denominator base_numerator base_denominator n sum_sq awaiting is_awaiting case_on case_day cuboid_bits
  median p90 median_low median_high p90_low p90_high value by against compare`;

/** Words that SQL takes for its own (DuckDB's reserved ones, and those of types and functions). */
const sqlWords = `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check
  collate collation column columns concurrently constraint create cross default deferrable desc describe
  distinct do else end except false fetch for foreign freeze from full generated glob group having ilike in
  initially inner intersect into is isnull join lambda lateral leading left like limit map natural not notnull
  null offset on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify
  references returning right select semi show similar some struct summarize symmetric table tablesample then to
  trailing true try_cast union unique unpack unpivot using variadic verbose when where window with`;

const reserved = new Set(`${cubeWords} ${sqlWords}`.split(/\s+/));

/** Whose they are is told by ids of employees, which the contract's own columns hold. */
const ofPersons = ["owner", "agent", "employee", "team"];

/**
 * Reads the text of `dimensions.yaml`.
 * @throws CliError 2 naming file, dimension, what was found and what was expected
 */
export function parseDimensions(text: string, file: string): OwnDimension[] {
  const rows = readYaml(z.array(ownSchema), text, file, { whenEmpty: [] });
  const seen = new Set<string>();
  return rows.map(({ id, labels, from }) => {
    const fault = (place: string, wrong: Told) =>
      fileFault(file, place === "" ? id : `${id}.${place}`, wrong);
    if (seen.has(id)) throw fault("", told("dimension.listedTwice"));
    seen.add(id);
    const meant = dimensionOf(id);
    if (meant !== id) throw fault("id", told("dimension.alias", { meant, id }));
    if (ofPersons.includes(id)) throw fault("id", told("dimension.ofPersons", { id }));
    if (reserved.has(id)) throw fault("id", told("dimension.reserved", { id }));
    if (!labels && !isModelDimension(id)) throw fault("labels", told("dimension.unlabelled"));
    const columns = new Map<TableName, string>();
    for (const [table, column] of Object.entries(from)) {
      const name = tableNames.find((each) => each === table);
      if (!name) throw fault(`from.${table}`, told("table.unknown", { near: suggest(table, tableNames) }));
      refuseClash(name, column, (wrong) => fault(`from.${table}`, wrong));
      columns.set(name, column);
    }
    if (columns.size === 0) throw fault("from", told("dimension.noColumn"));
    const other = tableNames.find(
      (table) =>
        !isModelDimension(id) &&
        columnsOf(table).some(({ name }) => name === id) &&
        columns.get(table) !== id,
    );
    if (other) throw fault("id", told("dimension.otherColumn", { table: other, id }));
    return { id, label: labels ? { zh: labels["zh-CN"], en: labels.en } : null, from: columns };
  });
}

/** Columns of the contract are dimensions where they hold words, and no person's. */
function refuseClash(table: TableName, column: string, fault: (wrong: Told) => Error): void {
  const known = columnsOf(table).find(({ name }) => name === column);
  if (known?.personal) throw fault(told("column.personal", { column }));
  if (known && ["decimal", "date", "timestamp"].includes(known.kind))
    throw fault(told("column.noWords", { table, column, kind: known.kind }));
  const lower = column.toLowerCase();
  const isCompanion = !known && stagingColumns(table).some(({ name }) => name === lower);
  // A column of the engine's name for a row's number would stand in its place.
  if (isCompanion || ["updated_at", rowNumber, "rowid"].includes(lower) || column.startsWith("_"))
    throw fault(told("column.taken", { column }));
}

/** The columns that a table's sources may map beyond the contract's. */
export function extraColumns(own: readonly OwnDimension[], table: TableName): string[] {
  const known = columnsOf(table).map(({ name }) => name);
  const columns = own.flatMap(({ from }) => from.get(table) ?? []);
  return [...new Set(columns)].filter((column) => !known.includes(column));
}

/** The relation that gives a table's own dimensions by its key; null where it has none. */
export function ownTable(own: readonly OwnDimension[], table: TableName): OwnTable | null {
  const given = own.filter(({ from }) => from.has(table)).map(({ id }) => id);
  return given.length === 0 ? null : { table, keys: primaryKeyOf(table), dimensions: given };
}

/**
 * KPIs with the catalogue's own dimensions: each has those of the tables whose key its cases have. One that only the
 * numerator has stays its own; a dimension of the denominator is not taken from the numerator's rows.
 */
export function withOwnDimensions(kpis: readonly Kpi[], own: readonly OwnDimension[]): Kpi[] {
  return kpis.map((kpi) => {
    const found = own.flatMap(({ id, label, from }): (OwnDimensionOfKpi & { isWhole: boolean })[] => {
      const given = (tables: readonly TableName[]) => tables.filter((table) => from.has(table));
      const [whole, partial] = [kpi.dimensions.includes(id), kpi.numerator_dimensions.includes(id)];
      const tables = partial ? [] : given(kpi.cases_of);
      if (tables.length > 0) return [{ id, label, tables, ofModel: whole, isWhole: true }];
      const ofNumerator = whole ? [] : given(kpi.numerators_of);
      if (ofNumerator.length === 0) return [];
      return [{ id, label, tables: ofNumerator, ofModel: partial, isWhole: false }];
    });
    const used = new Set(found.flatMap(({ tables }) => tables));
    const more = (isWhole: boolean) =>
      found.filter((each) => each.isWhole === isWhole && !each.ofModel).map(({ id }) => id);
    return {
      ...kpi,
      dimensions: [...kpi.dimensions, ...more(true)],
      numerator_dimensions: [...kpi.numerator_dimensions, ...more(false)],
      own_tables: [...used].flatMap((table) => ownTable(own, table) ?? []),
      own_dimensions: found,
    };
  });
}
