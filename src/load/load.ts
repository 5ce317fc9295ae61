import type { DuckDBConnection } from "@duckdb/node-api";
import type { Count, Extract, Gone } from "../../loaders/index.js";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import { readVocabulary } from "../catalogue/vocabularyFile.js";
import type { TableName } from "../contract/index.js";
import type { RunContext } from "../contract/runContext.js";
import { dayIn, zoneSql } from "../contract/timeZone.js";
import { quoted } from "../engine/sql.js";
import { CliError, fileFault } from "../run/error.js";
import type { Progress } from "../run/progress.js";
import { append } from "../statistics/extremes.js";
import { defaultCurrency } from "../words/currency.js";
import { told } from "../words/told.js";
import { requireHeader } from "./catalogueHeader.js";
import { inNaturalOrder } from "./findFiles.js";
import { finishTable, reportOf, type Settled, together } from "./finishTable.js";
import { inOrderOf, type Step } from "./kept/inOrder.js";
import { type GoneOn, KeptTables, type StoodUnit } from "./kept/tables.js";
import { type Reading, type Seen, UnitCache } from "./kept/units.js";
import { createLoadTable, loadFile, numberRows, type Unit } from "./loadTable.js";
import { goneRecords, mapByPreset } from "./mapping/presetMappings.js";
import { inRawTables, loadRawTable, type RawTable, rawDatabase } from "./mapping/rawTables.js";
import { sourceReading } from "./mapping/readings.js";
import { loadSelect } from "./mapping/selectMapping.js";
import { alike, inGroups, loadTogether } from "./mapping/smallFiles.js";
import type { FileDetails, StagingOptions } from "./options.js";
import { looksPersonal } from "./persons/personal.js";
import {
  catalogSource,
  defaultQuarantineShare,
  extractsOf,
  openExtract,
  type PlannedMapping,
  type PlannedSource,
  sheetsIn,
} from "./plan.js";
import { quarantineLines } from "./quarantine.js";
import { defaultRecordFloor } from "./recordFloor.js";
import {
  type FileReport,
  ofAnyAndAll,
  type TableReport,
  type TitleReport,
  type WarningReport,
} from "./report.js";
import type { Spelt } from "./spellings.js";

function notGiven(table: TableName, column: string): CliError {
  return fileFault("dimensions.yaml", `from.${table}`, told("dimensions.noSource", { table, column }));
}

/** What stands for a title that is no title: the first line of a file without any is a row. */
const maskedTitle = "***";

export class Load {
  readonly files = new Map<string, FileReport>();
  readonly warnings: WarningReport[] = [];
  private readonly vocabulary: Vocabulary;
  private readonly recordFloor: string;
  readonly details = new Map<string, FileDetails>();
  private readonly extracts = new Map<string, Extract>();
  private readonly seen = new Map<string, Seen>();
  private readonly raws = new Map<string, Map<string, RawTable>>();
  private readonly units: UnitCache | undefined;
  readonly kept: KeptTables | undefined;
  /** Several files feed the table that is being loaded. */
  private isShared = false;
  /** What an earlier load made one of rows that are gone on from. */
  readonly spelt = new Map<TableName, readonly Spelt[]>();

  constructor(
    private readonly db: DuckDBConnection,
    private readonly options: StagingOptions,
    private readonly progress: Progress,
  ) {
    this.vocabulary = options.vocabulary ?? readVocabulary();
    this.recordFloor = options.recordFloor ?? defaultRecordFloor;
    const { cache, timeZone, tempDir } = options;
    if (!cache) return;
    this.units = new UnitCache(db, cache, { tempDir, timeZone, vocabulary: this.vocabulary });
    this.kept = new KeptTables(db, this.units, cache, options.stood ?? new Map());
  }

  /** Of a source with a preset, which of its records the CRM no longer has. */
  readonly gone = new Map<PlannedSource, Gone[]>();

  /** The sources with the mappings that their presets make of what their extracts have. */
  async mapped(sources: readonly PlannedSource[]): Promise<PlannedSource[]> {
    const mapped: PlannedSource[] = [];
    for (const source of sources) {
      const made = await mapByPreset(this.db, source, {
        zone: source.settings.time_zone ?? this.options.timeZone,
        now: this.options.runStart,
        open: (file) => this.open(source, file),
        tables: (file) => sheetsIn(source, file, this.options.tempDir),
      });
      for (const each of made.told) this.progress.say(each);
      if (made.gone.length > 0) this.gone.set(made.source, made.gone);
      mapped.push(made.source);
    }
    return mapped;
  }

  async tellGone(): Promise<void> {
    for (const [source, gone] of this.gone) {
      const [table = "customers"] = source.mappings.map((mapping) => mapping.table);
      await this.rawTables(source, table);
      append(this.warnings, await inRawTables(this.db, source.name, () => goneRecords(this.db, gone)));
    }
  }

  async table(
    table: TableName,
    feeds: readonly { source: PlannedSource; mapping: PlannedMapping }[],
  ): Promise<TableReport> {
    const steps: (Step & { order: string })[] = [];
    for (const { source, mapping } of feeds) {
      const all = extractsOf(source).sort(inNaturalOrder);
      if (mapping.select) steps.push({ source, mapping, file: null, order: all[0] ?? "" });
      else
        for (const file of source.parts.get(mapping.part) ?? [])
          steps.push({ source, mapping, file, order: file });
    }
    steps.sort((one, other) => inNaturalOrder(one.order, other.order));
    const { units, settled, leftOut } = await this.settled(table, steps, feeds[0]?.mapping.extra ?? []);
    const lacking = feeds[0]?.mapping.extra.find((column) => !units.some(({ cells }) => cells.has(column)));
    if (lacking !== undefined) throw notGiven(table, lacking);
    const isFirst = ({ source }: { source: PlannedSource }, at: number) =>
      feeds.findIndex((each) => each.source === source) === at;
    const sources = feeds.filter(isFirst).map(({ source, mapping }) => ({
      source: source.name,
      linesRejected: [...this.files.values()]
        .filter((file) => file.source === source.name && file.tables.includes(table))
        .reduce((sum, file) => sum + file.linesRejected, 0),
      limit: mapping.max_quarantine_share ?? source.settings.max_quarantine_share ?? defaultQuarantineShare,
    }));
    const covers = feeds.flatMap(({ source, mapping: { covers_from: from = null, covers_to: to = null } }) =>
      from === null && to === null ? [] : { source: source.name, from, to },
    );
    const { cells, rows, placeholders } = settled.odd;
    append(this.warnings, [...cells, ...rows, ...placeholders]);
    return reportOf(table, settled, units, { sources, leftOutBefore: leftOut, covers });
  }

  /** Loads a table's files and judges their rows; those of files that stand in it already are taken as they are. */
  private async settled(table: TableName, steps: readonly Step[], extra: readonly string[]) {
    const readings = steps.map((step) => this.readingOf(step));
    this.isShared = steps.length > 1;
    const going = await this.kept?.goOn(table, readings);
    if (going) await this.kept?.putAside(table);
    else if (this.options.stood) await this.kept?.remove(table);
    await createLoadTable(this.db, table, extra);
    const come = going ? steps.filter((_, at) => !going.stood.has(at)) : steps;
    let loaded = await this.loadSteps(come);
    if (going && (await this.kept?.isOverlapping(table))) {
      const files = come.flatMap(({ source, file }) => (file === null ? [] : { source: source.name, file }));
      await this.kept?.remove(table, files);
      for (const { source, file } of come) this.extracts.delete(`${source.name}/${file}`);
      await createLoadTable(this.db, table, extra);
      loaded = await this.loadSteps(steps);
      return this.settledAlone(table, loaded, readings);
    }
    if (!going) return this.settledAlone(table, loaded, readings);
    const noted = await this.kept?.noteUnits(loaded.units);
    const now = await finishTable(this.db, table, loaded.units, this.known);
    return this.unitedWith(table, going, { ...loaded, noted, now }, steps, readings);
  }

  private get known() {
    return { recordFloor: this.recordFloor, currency: this.options.currency ?? defaultCurrency };
  }

  private async settledAlone(
    table: TableName,
    { units, leftOut }: Loaded,
    readings: readonly (Reading | null)[],
  ) {
    const noted = await this.kept?.noteUnits(units);
    const settled = await finishTable(this.db, table, units, this.known);
    if (noted) this.kept?.note(table, noted, readings, settled);
    return { units, settled, leftOut };
  }

  /** The rows that stand in a table and those that have come, as one. */
  private async unitedWith(
    table: TableName,
    going: GoneOn,
    come: Loaded & { noted: StoodUnit[] | undefined; now: Settled },
    steps: readonly Step[],
    readings: readonly (Reading | null)[],
  ) {
    const { units, moves, noted, taken } = inOrderOf(steps, going, come, this.options.runStart);
    for (const { source, file, unit, unchanged } of taken) {
      this.seen.set(`${source.name}/${file}`, { ...unit.seen, unchanged });
      this.book(source, table, file, unit.count);
    }
    this.kept?.count(taken.length);
    await this.kept?.unite(table, moves);
    this.spelt.set(table, going.table.spelt);
    const files = steps.map(({ file }) => file ?? "");
    const settled = together(table, [going.table.settled, come.now], files);
    if (noted) this.kept?.note(table, noted, readings, settled);
    return { units, settled, leftOut: come.leftOut };
  }

  private readingOf({ source, mapping, file }: Step): Reading | null {
    if (file === null) return null;
    const context = { ...this.context(source, mapping), extra: mapping.extra };
    return { source, mapping, file, context };
  }

  private async loadSteps(steps: readonly Step[]): Promise<Loaded> {
    const units: (LoadedFile & Unit)[] = [];
    let leftOut = 0;
    let base = 0;
    for (const group of inGroups([...steps], (path) => this.options.cache?.isWorth(path) ?? false)) {
      for (const unit of await this.loadGroup(group, base)) {
        units.push({ ...unit, base });
        leftOut += unit.leftOut;
        base += unit.rows;
      }
    }
    return { units, leftOut };
  }

  /** Nothing more is read: a file that changed since it was opened gave a mixture of two. */
  unchanged(): void {
    for (const extract of [...this.extracts.values(), ...this.seen.values()]) extract.unchanged();
  }

  /** The titles of a source's raw tables, as far as they were read. */
  titles({ name: source, parts }: PlannedSource): TitleReport[] {
    return [...parts].flatMap(([part, files]) => {
      const headers = files.flatMap((file) => {
        const key = `${source}/${file}`;
        const header = (this.extracts.get(key) ?? this.seen.get(key))?.header;
        return header ? [header.map((title) => (looksPersonal(title) ? maskedTitle : title))] : [];
      });
      return headers.length > 0 ? [{ source, part, ...ofAnyAndAll(headers) }] : [];
    });
  }

  private context(source: PlannedSource, mapping: PlannedMapping): RunContext {
    const zone = source.settings.time_zone ?? this.options.timeZone;
    return {
      zone: zoneSql(zone),
      ...(zone === this.options.timeZone ? {} : { dayZone: zoneSql(this.options.timeZone) }),
      runStart: this.options.runStart,
      today: dayIn(zone, this.options.runStart),
      recordFloor: this.recordFloor,
      nullValues: source.settings.null_values ?? [],
      ...(this.options.forgotten ? { forgotten: this.options.forgotten } : {}),
      reading: sourceReading(source, mapping, this.vocabulary),
    };
  }

  /** Loads a file or a `select`, or small files together; units come in the steps' order. */
  private async loadGroup(steps: readonly Step[], from: number): Promise<LoadedFile[]> {
    const units: LoadedFile[] = [];
    const readings = steps.map((step) => ({
      ...step,
      context: { ...this.context(step.source, step.mapping), extra: step.mapping.extra },
    }));
    const files: { reading: Reading; extract: Extract; context: RunContext }[] = [];
    let base = from;
    for (const { file, ...of } of readings) {
      const reading = file === null ? null : { ...of, file };
      if (reading && readings.length > 1) {
        const extract = await this.open(of.source, reading.file);
        files.push({ reading, extract, context: judging(of.source, [extract], of.context) });
      } else
        units.push(
          reading
            ? await this.loadOne(reading, base)
            : await this.loadSelect(of.source, of.mapping, of.context, base),
        );
    }
    for (const run of alike(files)) {
      const [first, ...others] = run;
      if (!first) continue;
      const { source, mapping } = first.reading;
      const extracts = [first.extract, ...others.map(({ extract }) => extract)] as const;
      const label = labelOf(first.reading);
      const made =
        others.length === 0 ? null : await loadTogether(this.db, mapping, extracts, first.context, label);
      const loaded: LoadedFile[] = [];
      for (const [at, { reading, extract, context }] of run.entries()) {
        const count = made?.counts[at];
        if (made && count) {
          await this.keep(source, mapping.table, reading.file, count);
          loaded.push({ ...unitOf(reading), ...found(extract, count), cells: made.cells, context });
        } else loaded.push(await this.loadOne(reading, base));
        if (!made) base += loaded.at(-1)?.rows ?? 0;
      }
      if (made) {
        const rows = loaded.reduce((sum, unit) => sum + unit.rows, 0);
        await numberRows(this.db, `staging.${quoted(mapping.table)}`, { base, rows });
        base += rows;
      }
      append(units, loaded);
    }
    return units;
  }

  private async loadOne(reading: Reading, base: number): Promise<LoadedFile> {
    const { source, mapping, file, context } = reading;
    const kept = await this.units?.find(reading);
    if (kept) {
      this.seen.set(`${source.name}/${file}`, kept.seen);
      await kept.insert(base);
      await this.keep(source, mapping.table, file, kept.count);
      const made = { seen: kept.seen, count: kept.count };
      return { ...kept, made, ...unitOf(reading), context: judging(source, [kept.seen], context) };
    }
    const extract = await this.open(source, file);
    const judged = judging(source, [extract], context);
    if (source.name === catalogSource && mapping.byName) requireHeader(mapping.table, extract.header, file);
    const { count, cells } = await loadFile(this.db, mapping, extract, judged, labelOf(reading));
    await this.keep(source, mapping.table, file, count);
    await numberRows(this.db, `staging.${quoted(mapping.table)}`, { base, rows: count.accepted });
    // The rows of a file that alone fills a table are gone on from where they stand.
    if (this.isShared || cells.has("currency"))
      await this.units?.keep(reading, { extract, count, cells, base });
    return { ...unitOf(reading), ...found(extract, count), cells, context: judged };
  }

  private async loadSelect(
    source: PlannedSource,
    mapping: PlannedMapping,
    context: RunContext,
    base: number,
  ) {
    const raws = await this.rawTables(source, mapping.table);
    const extracts = [...this.extracts].filter(([key]) => key.startsWith(`${source.name}/`));
    const judged = judging(
      source,
      extracts.map(([, extract]) => extract),
      context,
    );
    const loaded = await loadSelect(this.db, source.name, mapping, raws, judged);
    await numberRows(this.db, `staging.${quoted(mapping.table)}`, { base, rows: loaded.rows });
    return { source, mapping, file: null, context: judged, ...loaded };
  }

  private async rawTables(source: PlannedSource, table: TableName): Promise<Map<string, RawTable>> {
    const known = this.raws.get(source.name);
    if (known) {
      for (const file of extractsOf(source)) this.feeds(source, file, table);
      return known;
    }
    const tables = new Map<string, RawTable>();
    await this.db.run(`create schema ${rawDatabase}.${quoted(source.name)}`);
    for (const [part, files] of source.parts) {
      const extracts: { file: string; extract: Extract }[] = [];
      for (const file of files) extracts.push({ file, extract: await this.open(source, file) });
      const raw = await loadRawTable(this.db, source.name, part, extracts, async (file, count) => {
        await this.keep(source, table, file, count);
      });
      tables.set(part, raw);
    }
    this.raws.set(source.name, tables);
    return tables;
  }

  private async open(source: PlannedSource, file: string): Promise<Extract> {
    const key = `${source.name}/${file}`;
    const known = this.extracts.get(key);
    if (known) return known;
    const { cache, forgotten, tempDir } = this.options;
    const rows = forgotten && forgotten.persons.length > 0 ? "forgotten" : cache;
    const extract = await openExtract(source, file, tempDir, rows);
    this.extracts.set(key, extract);
    return extract;
  }

  /** Books a file's count; the lines it rejects are quarantined once, however many tables it feeds. */
  private async keep(source: PlannedSource, table: TableName, file: string, count: Count): Promise<void> {
    if (this.feeds(source, file, table)) return;
    const from = { source: source.name, table, file };
    await quarantineLines(this.db, from, count.rejected, this.options.forgotten);
    this.book(source, table, file, { ...count, rejected: count.rejected.length });
  }

  /** Books what a file gave, whose rejected lines are in the quarantine. */
  private book(source: PlannedSource, table: TableName, file: string, count: StoodUnit["count"]): void {
    if (this.feeds(source, file, table)) return;
    const { rowsRead, accepted, rejected, encoding, certainty, doubts } = count;
    if (rowsRead !== accepted + rejected) {
      throw new CliError(told("load.unequalFile", { file, rowsRead, accepted, rejected }));
    }
    this.files.set(`${source.name}/${file}`, {
      source: source.name,
      tables: [table],
      file,
      encoding,
      certainty,
      rowsRead,
      rowsAccepted: accepted,
      linesRejected: rejected,
      doubts,
    });
    this.details.set(`${source.name}/${file}`, { bytes: count.bytes, sha256: count.sha256 });
    for (const rule of count.warnings)
      this.warnings.push({ table, rule, column: null, file, count: 1, sample: null });
    for (const each of count.told) this.progress.say(each);
  }

  private feeds(source: PlannedSource, file: string, table: TableName): boolean {
    const known = this.files.get(`${source.name}/${file}`);
    if (known && !known.tables.includes(table)) known.tables = [...known.tables, table];
    return known !== undefined;
  }
}

/** A unit whose place among its table's rows is still to be said; of a file what was found when it was read. */
type LoadedFile = Omit<Unit, "base"> & { leftOut: number; made?: { seen: Seen; count: Count } };

interface Loaded {
  units: (LoadedFile & Unit)[];
  leftOut: number;
}

/** What messages about a mapping begin with. */
const labelOf = ({ source, mapping, file }: Reading) =>
  mapping.byName ? file : `sources.yaml: ${source.name}.tables.${mapping.table}`;

/** How many rows a file gave, where they stand, and how they are written there. */
const found = (extract: Extract, count: Count) => ({
  rows: count.accepted,
  placesOf: async (ordinals: readonly number[]) => ordinals.map((ordinal) => count.placeOf(ordinal)),
  rawOf: async (ordinals: readonly number[]) =>
    (await extract.rowsAt(ordinals)).map((row) => JSON.stringify(row)),
  made: { seen: extract, count },
});

/** What a unit of one file has, whether it is read or was kept. */
const unitOf = ({ source, mapping, file }: Reading) => ({ source, mapping, file, leftOut: 0, refused: 0 });

/** In some extracts a comma may be the decimal one, where the source's `decimal` does not say; in some are errors of formulas. */
function judging({ settings }: PlannedSource, extracts: readonly Seen[], context: RunContext): RunContext {
  const isDoubtful = settings.decimal === undefined && extracts.some(({ doubtsCommas }) => doubtsCommas);
  const mayHoldErrors = extracts.some((extract) => extract.mayHoldErrors);
  return {
    ...context,
    ...(isDoubtful ? { isCommaDoubtful: true } : {}),
    ...(mayHoldErrors ? { mayHoldErrors } : {}),
  };
}
