import type { DuckDBConnection } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { Dimension } from "../../src/catalogue/dimensions.js";
import { grains, periodOf } from "../../src/kpi/periods.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";

const { kpis } = readCatalogue("data/catalog");

interface Case {
  day: string;
  customer: string;
  [dimension: string]: string;
}

/** A published figure, or one that may not be, as the sum over the cases of some days and values of dimensions. */
export interface Figure {
  from: string;
  to: string;
  where: Record<string, string>;
}

/** A row of a published table: of which KPI and window, and whether it says anything. */
interface Row extends Figure {
  kpi: string;
  window: string;
  hidden: boolean;
  /** Of a growth: the days that it is compared with. */
  base?: { from: string; to: string };
  n: number | null;
}

/** What is published of KPIs over the same cases, and what their cases are. */
export interface Published {
  cases: Case[];
  rows: Row[];
  /** By role, grain and start. */
  windows: Map<string, { from: string; to: string }>;
  /** The windows of a KPI whose rows are all there, so that one that is not has no case. */
  isWhole(kpi: string, window: string): boolean;
  /** The dimensions that combine, and those that stand alone. */
  cross: string[];
  alone: string[];
  /** Of KPIs of which one has part of the other's cases: what tells by its dimensions that a case is one of the part. */
  isPart?: (where: Readonly<Record<string, string>>) => boolean | undefined;
}

/** The name by which figures are split into the part of a nested KPI and the rest, as if by a dimension: yes or no. */
const part = "part";

const published: Dimension[] = ["segment", "region", "channel", "type"];

/** Undoes a decision, so that a warehouse can be published anew. */
export async function forget(db: DuckDBConnection): Promise<void> {
  await db.run("drop table if exists cells");
  await db.run("drop type if exists word");
  await db.run("detach database if exists decided");
}

/**
 * @param ids KPIs over the same cases
 * @param nested one that has part of them, and the types of those
 */
export async function publishedOf(
  db: DuckDBConnection,
  ids: readonly string[],
  minCell: number,
  nested?: { id: string; types: readonly string[] },
): Promise<Published> {
  const own = kpis.filter(({ id }) => ids.includes(id) || id === nested?.id);
  const options = { kpis: own, published, budgetBytes: 2_000_000, minCell, withPersons: true };
  await forget(db);
  const { cuboids } = await decideCells(db, options);
  const { entries } = await publishCubes(db, cuboids, options);
  const dimensions = [...new Set(own.flatMap((kpi) => kpi.dimensions))];
  const columns = dimensions.map((name) => `coalesce(cast("${name}" as varchar), '(unknown)') as "${name}"`);
  if (nested)
    columns.push(
      `case when ticket_id in (select ticket_id from marts.${nested.id}) then 'yes' else 'no' end as ${part}`,
    );
  const cases = (
    await db.runAndReadAll(
      `select strftime(case_on, '%Y-%m-%d') as day, customer_id as customer, ${columns.join(", ")} from marts.${ids[0]}
       where denominator is not null order by all`,
    )
  ).getRowObjectsJson() as unknown as Case[];
  const periods = await db.runAndReadAll(
    `select role || ' ' || grain || ' ' || period_start::varchar, period_start::varchar, cutoff_on::varchar,
       year_start::varchar, year_cutoff_on::varchar, previous_start::varchar, previous_cutoff_on::varchar
     from intermediate.periods`,
  );
  const days = new Map(periods.getRowsJson().map(([key, ...each]) => [String(key), each.map(String)]));
  const rows = entries.flatMap(({ path, bytes }) => {
    if (!path.endsWith(".arrow")) return [];
    const table = tableFromIPC(bytes).toArray() as Record<string, string | number | null>[];
    return table.flatMap((row): Row[] => {
      const kpi = own.find(({ id }) => id === (row.kpi_id ?? path.replace(/^\w+\/|\.arrow$/g, "")));
      if (!kpi) return [];
      const window = [row.role ?? "period", row.grain ?? "month", row.period_start].join(" ");
      const [from = "", to = "", ...bases] = days.get(window) ?? [];
      const [baseFrom = "", baseTo = ""] = bases.slice(kpi.against === "year" ? 0 : 2);
      const names = dimensions.filter((name) => typeof row[name] === "string");
      const where = Object.fromEntries([
        ...names.map((name) => [name, String(row[name])]),
        ...(row.by ? [[String(row.by), String(row.value)]] : []),
        ...(kpi.id === nested?.id ? [[part, "yes"]] : []),
      ]);
      const hidden = Boolean(row.hidden);
      if (hidden && (row.n !== null || row.numerator !== null)) throw new Error("a hidden row has a figure");
      const base = kpi.kind === "growth" ? { base: { from: baseFrom, to: baseTo } } : {};
      return [{ kpi: kpi.id, window, from, to, where, hidden, n: row.n as number | null, ...base }];
    });
  });
  const additive = own.filter((kpi) => kpi.additive).map(({ id }) => id);
  const cross = dimensions.filter((name) => published.includes(name));
  return {
    cases,
    rows,
    windows: new Map([...days].map(([key, [from = "", to = ""]]) => [key, { from, to }])),
    // Of what adds up, a longer period stands only where its months are hidden.
    isWhole: (kpi, window) => !additive.includes(kpi) || !/^period (?!month)/.test(window),
    cross,
    alone: dimensions.filter((name) => !cross.includes(name)),
    ...(nested ? { isPart: ({ type }) => (type ? nested.types.includes(type) : undefined) } : {}),
  };
}

const prime = 67_108_859;

/** Products of two numbers below 2^26 are exact in a double. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let b = base, e = exponent; e > 0; e = Math.floor(e / 2), b = (b * b) % prime)
    if (e % 2 === 1) result = (result * b) % prime;
  return result;
}

/** The span of figures, modulo a prime: what follows from them by adding and subtracting. */
class Span {
  readonly #rows = new Map<number, Float64Array>();
  readonly #width: number;
  #probes: Float64Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  add(vector: Vector): void {
    const rest = new Float64Array(this.#width);
    for (const [at, value] of vector) rest[at] = (value + prime) % prime;
    for (let at = 0; at < rest.length; at += 1) {
      const factor = rest[at] ?? 0;
      if (factor === 0) continue;
      const row = this.#rows.get(at);
      if (!row) {
        const inverse = power(factor, prime - 2);
        this.#rows.set(
          at,
          rest.map((each) => (each * inverse) % prime),
        );
        this.#probes = [];
        return;
      }
      for (let k = at; k < rest.length; k += 1) {
        const each = row[k] ?? 0;
        if (each !== 0) rest[k] = ((rest[k] ?? 0) + (prime - factor) * each) % prime;
      }
    }
  }

  /** Two vectors on which all that follows is zero: nothing else is, but by a chance of one in 10^15. */
  probes(): Float64Array[] {
    if (this.#probes.length > 0) return this.#probes;
    let state = 12_345;
    const random = () => {
      state = (state * 1_103_515 + 12_345) % prime;
      return state;
    };
    const pivots = [...this.#rows].sort(([a], [b]) => b - a);
    this.#probes = [0, 1].map(() => {
      const probe = Float64Array.from({ length: this.#width }, random);
      for (const [at, row] of pivots) {
        let sum = 0;
        for (let k = at + 1; k < row.length; k += 1) {
          const each = row[k] ?? 0;
          if (each !== 0) sum = (sum + each * (probe[k] ?? 0)) % prime;
        }
        probe[at] = (prime - sum) % prime;
      }
      return probe;
    });
    return this.#probes;
  }

  has(vector: Vector): boolean {
    return this.probes().every((probe) => {
      let sum = 0;
      for (const [at, value] of vector) sum = (sum + value * (probe[at] ?? 0)) % prime;
      return sum === 0;
    });
  }
}

/** What a window leaves of the month, quarter, half and year that it is cut in. */
const restsOf = (to: string) =>
  grains
    .map((grain) => periodOf(to, grain))
    .filter(({ start }) => start < to)
    .map(({ end }) => ({ from: to, to: end }));

type Vector = ReadonlyMap<number, number>;

/** The sum of vectors that have nothing in common. */
const joined = (vectors: readonly Vector[]): Vector => new Map(vectors.flatMap((each) => [...each]));

interface Space {
  width: number;
  vectorOf(figure: Figure): Vector;
  relations: Vector[];
}

/**
 * What a reader cannot tell apart: of each stretch between two days that any window begins or ends on, the smallest cells. What
 * has no row in a table of which all rows are there has no case, which a reader sees; of a hidden row nobody but us knows.
 */
function spaceOf(
  { rows, windows, isWhole, cross, alone, cases, isPart }: Published,
  knowsAll = false,
): Space {
  const figures = rows.flatMap((row) => [row, ...(row.base ? [row.base] : [])]);
  const bounds = [...new Set([...figures, ...windows.values()].flatMap(({ from, to }) => [from, to]))].sort();
  const slots = bounds.slice(0, -1).map((from, at) => ({ from, to: bounds[at + 1] ?? "" }));
  const groupOf = (names: readonly string[], where: Record<string, string>) =>
    names.map((name) => where[name]).join("|");
  const wheres = new Map<string, Record<string, string>>();
  const seen = new Map<string, Map<string, Set<string>>>();
  const parts = new Set<string>();
  for (const { kpi, window, where: own, hidden, n } of rows) {
    const { [part]: _, ...where } = own;
    const names = Object.keys(where).sort();
    if (names.length === cross.length && names.every((name) => cross.includes(name)))
      wheres.set(groupOf(cross, where), where);
    else if (names.length === 1 && alone.includes(names[0] ?? ""))
      wheres.set(`${names[0]}=${groupOf(names, where)}`, where);
    if (!isWhole(kpi, window)) continue;
    const table = `${kpi} ${names.join()}`;
    if (own[part]) parts.add(table);
    const byWindow = seen.get(table) ?? new Map<string, Set<string>>();
    seen.set(table, byWindow);
    const groups = byWindow.get(window) ?? new Set();
    byWindow.set(window, groups);
    if (hidden || n !== 0) groups.add(groupOf(names, where));
  }
  const filled = new Set(
    cases.flatMap((one) => {
      const slot = slots.find(({ to }) => one.day < to)?.from;
      return [groupOf(cross, one), ...alone.map((name) => `${name}=${one[name]}`)].map(
        (group) => `${slot} ${group} ${one[part]}`,
      );
    }),
  );
  const isEmpty = (slot: { from: string; to: string }, where: Record<string, string>) =>
    [...seen].some(([table, byWindow]) => {
      const [kpi = "", list = ""] = table.split(" ");
      const names = list === "" ? [] : list.split(",");
      if (parts.has(table) && where[part] === "no") return false;
      if (names.some((name) => where[name] === undefined)) return false;
      const group = groupOf(names, where);
      return [...windows].some(
        ([window, { from, to }]) =>
          isWhole(kpi, window) && from <= slot.from && slot.to <= to && !byWindow.get(window)?.has(group),
      );
    });
  const halves = (where: Record<string, string>): Record<string, string>[] => {
    if (!isPart) return [where];
    const is = isPart(where);
    return [...(is === false ? [] : ["yes"]), ...(is ? [] : ["no"])].map((each) => ({
      ...where,
      [part]: each,
    }));
  };
  const atoms = slots.flatMap((slot) =>
    [...wheres]
      .flatMap(([group, where]) => halves(where).map((half) => ({ group, where: half })))
      .filter(({ group, where }) =>
        knowsAll ? filled.has(`${slot.from} ${group} ${where[part]}`) : !isEmpty(slot, where),
      )
      .map(({ where }) => ({
        ...slot,
        where,
        isCross: cross.length > 0 && where[cross[0] ?? ""] !== undefined,
      })),
  );
  const vectorOf = ({ from, to, where }: Figure): Vector => {
    const isCross = !Object.keys(where).some((name) => alone.includes(name));
    const vector = new Map<number, number>();
    for (const [at, atom] of atoms.entries()) {
      if (atom.isCross !== isCross || atom.from < from || atom.to > to) continue;
      if (Object.entries(where).every(([key, value]) => atom.where[key] === value)) vector.set(at, 1);
    }
    return vector;
  };
  const relations = slots.flatMap(({ from, to }) =>
    halves({}).flatMap((half) =>
      alone.map((name): Vector => {
        const vector = new Map(vectorOf({ from, to, where: half }));
        for (const [at, atom] of atoms.entries())
          if (atom.from === from && atom.where[name] !== undefined && atom.where[part] === half[part])
            vector.set(at, -1);
        return vector;
      }),
    ),
  );
  return { width: atoms.length, vectorOf, relations };
}

/** What follows from figures by adding and subtracting. */
function spanOf({ width, vectorOf, relations }: Space, figures: readonly Figure[]): Span {
  const span = new Span(width);
  for (const relation of relations) span.add(relation);
  for (const figure of figures) span.add(vectorOf(figure));
  return span;
}

const isOfCompany = ({ where }: Figure) => Object.keys(where).every((name) => name === part);

/** What a reader works out of a published site about fewer than `minCell` customers. */
export interface Findings {
  /** Shown as it stands. */
  shownOfFew: Figure[];
  /** Follows from what is shown, by itself or as the sum of two. */
  derived: Figure[][];
  /** The same, of those that are all that the company has of those days: its own figure, which is shown, says what, and this who. */
  ofCompany: Figure[][];
  /** How many figures are of so few. */
  secret: number;
  /** How many are shown of a split. */
  shown: number;
}

/** Attacks what is published: no more is known to a reader than rows, shown or hidden. */
export function attack(published: Published, minCell: number): Findings {
  const { cases, rows, windows } = published;
  const space = spaceOf(published);
  const truth = spaceOf(published, true);
  const shown = rows.flatMap(({ from, to, where, hidden, base }): Figure[] =>
    hidden ? [] : [{ from, to, where }, ...(base ? [{ ...base, where }] : [])],
  );
  const span = spanOf(space, shown);
  // The company's own figures are shown whatever they tell of.
  const company = spanOf(truth, shown.filter(isOfCompany));
  const peopleOf = (figures: readonly Figure[]) =>
    new Set(
      cases
        .filter((one) =>
          figures.some(
            ({ from, to, where }) =>
              one.day >= from &&
              one.day < to &&
              Object.entries(where).every(([name, value]) => one[name] === value),
          ),
        )
        .map(({ customer }) => customer),
    ).size;
  const splits = new Map<string, { names: string[]; keys: Set<string> }>();
  for (const { where, window } of rows) {
    const names = Object.keys(where).sort();
    if (names.length === 0) continue;
    const split = splits.get(names.join()) ?? { names, keys: new Set() };
    split.keys.add(window);
    splits.set(names.join(), split);
  }
  const isFew = (figures: readonly Figure[]) => {
    const people = peopleOf(figures);
    return people > 0 && people < minCell;
  };
  const shownOfFew = shown.filter((figure) => !isOfCompany(figure) && isFew([figure]));
  const derived: Figure[][] = [];
  const ofCompany: Figure[][] = [];
  const look = (figures: Figure[], vector: Vector) => {
    if (vector.size === 0 || !span.has(vector) || !isFew(figures)) return;
    (company.has(joined(figures.map(truth.vectorOf))) ? ofCompany : derived).push(figures);
  };
  let secret = 0;
  for (const { names, keys } of splits.values()) {
    const groups = new Map(
      cases.map((one) => {
        const where = Object.fromEntries(names.map((name) => [name, one[name] ?? ""]));
        return [JSON.stringify(where), where];
      }),
    );
    const stretches = new Map<string, { from: string; to: string; isPart: boolean }>();
    for (const key of keys) {
      const window = windows.get(key);
      if (!window) continue;
      const isPart = !key.startsWith("period ");
      const { to } = window;
      const next = [...windows.values()].flatMap(({ to: cut }) =>
        cut > to && cut.slice(0, 7) === to.slice(0, 7) ? [{ from: to, to: cut }] : [],
      );
      for (const each of [window, ...(isPart ? [...restsOf(to), ...next] : [])]) {
        const id = `${each.from} ${each.to}`;
        stretches.set(id, { ...each, isPart: isPart && (stretches.get(id)?.isPart ?? true) });
      }
    }
    for (const { from, to, isPart } of stretches.values()) {
      const few = [...groups.values()]
        .map((where) => ({ from, to, where }))
        .filter((figure) => isFew([figure]))
        .map((figure) => ({ figure, vector: space.vectorOf(figure) }));
      secret += few.length;
      for (const [index, { figure, vector }] of few.entries()) {
        look([figure], vector);
        for (const other of few.slice(index + 1)) {
          const differ = names.filter((name) => figure.where[name] !== other.figure.where[name]);
          if (isPart || differ.length !== 1) continue;
          look([figure, other.figure], joined([vector, other.vector]));
        }
      }
    }
  }
  const ofSplits = shown.filter((figure) => !isOfCompany(figure));
  return { shownOfFew, derived, ofCompany, secret, shown: ofSplits.length };
}
