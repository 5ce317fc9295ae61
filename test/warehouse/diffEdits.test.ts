import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import type { ListedBuild } from "../../src/cli/print/buildsTable.js";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";

/** Another number of rounds or a seed that failed: `EDITS_ROUNDS=50`. */
const rounds = Number(process.env.EDITS_ROUNDS ?? (isLong ? 25 : 3));

const kpis = ["average_response_time", "on_time_response_rate", "complaint_rate", "new_customers"];
const dimensions = ["region", "channel"];
const grains = ["month", "quarter"] as const;
const tickets = 40;
const customers = 12;

type Edit =
  | { kind: "answered"; at: number; minutes: number }
  | { kind: "removed"; at: number }
  | { kind: "came"; at: number }
  | { kind: "superseded"; at: number }
  | { kind: "moved"; at: number; region: string }
  | { kind: "weights"; weight: number }
  | { kind: "limit"; minutes: number };

const at = fc.nat({ max: tickets - 1 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("answered" as const), at, minutes: fc.integer({ min: 1, max: 59 }) }),
  fc.record({ kind: fc.constant("removed" as const), at }),
  fc.record({ kind: fc.constant("came" as const), at }),
  fc.record({ kind: fc.constant("superseded" as const), at }),
  fc.record({
    kind: fc.constant("moved" as const),
    at: fc.nat({ max: customers - 1 }),
    region: fc.constantFrom("East", "West", "Centre"),
  }),
  fc.record({ kind: fc.constant("weights" as const), weight: fc.constantFrom(0.2, 0.7) }),
  fc.record({ kind: fc.constant("limit" as const), minutes: fc.constantFrom(10, 40) }),
);

const day = (number: number) => String(number).padStart(2, "0");
const minute = (number: number) => day(number % 60);

/** A ticket of January to April; every fifth is a complaint. */
function ticketRow(number: number, minutes: number): string {
  const on = `2026-${day(1 + (number % 4))}-${day(2 + (number % 20))}`;
  const type = number % 5 === 0 ? "complaint" : "request";
  const channel = number % 3 === 0 ? "phone" : "email";
  return `C${number % customers},${type},${channel},general,${on} 10:00:00,${on} 10:${minute(minutes)}:00`;
}

/** Extracts after some edits, and the tickets and customers that these make others. */
function written(folder: string, catalog: string, edits: readonly Edit[]) {
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  const write = (name: string, rows: readonly string[]) =>
    writeFileSync(join(data, `${name}.csv`), [...rows, ""].join("\n"));
  const rows = new Map(
    Array.from({ length: tickets }, (_, number) => [`T${number}`, ticketRow(number, 1 + number)]),
  );
  const regions: string[] = Array.from({ length: customers }, (_, number) =>
    number % 2 === 0 ? "East" : "West",
  ) as string[];
  const later: string[] = [];
  let [weight, limit] = [0.5, 20];
  for (const each of edits) {
    if (each.kind === "answered") rows.set(`T${each.at}`, ticketRow(each.at, each.minutes));
    else if (each.kind === "removed") rows.delete(`T${each.at}`);
    else if (each.kind === "came") rows.set(`N${each.at}`, ticketRow(each.at, 7));
    // The row that is read last holds.
    else if (each.kind === "superseded") later.push(`T${each.at},${ticketRow(each.at, 31)}`);
    else if (each.kind === "moved") regions[each.at] = each.region;
    else if (each.kind === "weights") weight = each.weight;
    else if (each.kind === "limit") limit = each.minutes;
  }
  write("customers", [
    "customer_id,name,region,acquired_on",
    ...regions.map((region, number) => `C${number},N${number},${region},2026-0${1 + (number % 3)}-05`),
  ]);
  write("tickets", [
    "ticket_id,customer_id,type,channel,severity,created_at,first_response_at",
    ...[...rows].map(([id, row]) => `${id},${row}`),
    ...later,
  ]);
  write("orders", [
    "order_id,line_no,customer_id,ordered_at,revenue",
    ...regions.map((_, number) => `O${number},1,C${number},2025-12-15,10`),
  ]);
  write("targets", [
    "kpi_id,grain,valid_from,floor,target,stretch",
    "on_time_response_rate,month,2025-01-01,0,0.5,1",
    "complaint_rate,month,2025-01-01,1,0.3,0",
  ]);
  write("weights", [
    "scorecard_id,kpi_id,effective_from,weight",
    `card,on_time_response_rate,2025-01-01,${weight}`,
    `card,complaint_rate,2025-01-01,${1 - weight}`,
  ]);
  writeFileSync(
    join(catalog, "settings.yaml"),
    `language: en
response_limits:
  complaints: { very_serious: ${limit}, serious: ${limit}, general: ${limit} }
  channels: { phone: ${limit}, email: ${limit} }
`,
  );
  return data;
}

type Figure = Record<"value" | "numerator" | "denominator" | "n" | "median" | "p90", number | null>;
type Answer = Partial<Figure> & { kpi_id: string; period_start: string; by?: Record<string, string> };
const numbers = ["value", "numerator", "denominator", "n", "median", "p90"] as const;

/** Every figure of a build, as `kpi` and `score` give it one by one. */
async function figuresOf(run: ReturnType<typeof commandLine>): Promise<Map<string, (number | null)[]>> {
  const found = new Map<string, (number | null)[]>();
  const answer = async (...args: string[]) => {
    const { code, out, err } = await run(...args, "--from", "2026-01", "--to", "2026-04", "--format", "json");
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as unknown[];
  };
  for (const grain of grains)
    for (const dimension of [undefined, ...dimensions])
      for (const row of (await answer(
        ...["kpi", ...kpis.filter((id) => dimension !== "channel" || id !== "new_customers")],
        ...["--grain", grain],
        ...(dimension === undefined ? [] : ["--by", dimension]),
      )) as Answer[]) {
        // Quarter two is not over on the last day of April.
        if (grain === "quarter" && row.period_start > "2026-03") continue;
        const key = [
          grain,
          row.period_start,
          row.kpi_id,
          dimension ?? "",
          dimension ? row.by?.[dimension] : "",
        ];
        const isOfNumerator = dimension === "channel" && row.kpi_id === "complaint_rate";
        const isAny = isOfNumerator ? row.numerator !== 0 : (row.n ?? 0) > 0 || (row.denominator ?? 0) > 0;
        if (dimension === undefined || (row.value !== null && isAny))
          found.set(
            key.join("|"),
            numbers.map((name) => row[name] ?? null),
          );
      }
  return found;
}

const isSame = (one: readonly (number | null)[], other: readonly (number | null)[]) =>
  one.every((was, at) => {
    const now = other[at] ?? null;
    // Of who had none then none is missed.
    if (was === null && (numbers[at] === "median" || numbers[at] === "p90")) return true;
    if (was === null || now === null) return was === now;
    return Math.abs(was - now) <= 1e-9 * Math.max(Math.abs(was), Math.abs(now));
  });

it("after any edits the figures that diff lists are those in which all that two builds answer differs", {
  timeout: 400_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const folder = folderOfTest("diff-edits");
      const catalog = smallCatalogue(kpis, join(folder, "catalog"));
      const label = "{ zh: 卡, en: Card }";
      writeFileSync(
        join(catalog, "scorecards.yaml"),
        `scorecards:\n  - { id: card, label: ${label}, grain: month, subjects: [company], groups: [{ id: g, label: ${label}, kpis: [on_time_response_rate, complaint_rate] }] }\n`,
      );
      const warehouse = join(folder, "w.duckdb");
      const run = commandLine({ cwd: folder, now: "2026-05-02T04:00:00Z", warehouse });
      const build = async (some: readonly Edit[]) => {
        const data = written(folder, catalog, some);
        const places = ["--data", data, "--catalog", catalog, "--as-of", "2026-04-30", "--quiet"];
        const { code, err } = await run("build", ...places, "--lang", "en");
        if (code !== 0) throw new Error(err);
        return (
          (JSON.parse((await run("builds", "--format", "json")).out) as ListedBuild[])[0] as ListedBuild
        ).build_id;
      };
      const first = await build([]);
      await build(edits);
      const before = await figuresOf(
        commandLine({ cwd: folder, warehouse: `${warehouse}.builds/${first}.duckdb` }),
      );
      const after = await figuresOf(run);
      const moved = [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
        const [one, other] = [before.get(key), after.get(key)];
        return one === undefined || other === undefined ? one !== other : !isSame(one, other);
      });

      const { code, out, err } = await run("diff", first, "--format", "json");
      if (code !== 0) throw new Error(err);
      const found: BuildsDiff = JSON.parse(out);
      const listed = found.restatements.filter(
        ({ what, grain, period_start, dimension }) =>
          what === "kpi" &&
          (grain === "month" || grain === "quarter") &&
          period_start >= "2026" &&
          (dimension === null || dimensions.includes(dimension)),
      );
      const keyOf = (row: (typeof listed)[number]) =>
        [row.grain, row.period_start, row.id, row.dimension ?? "", row.member ?? ""].join("|");
      expect(listed.map(keyOf).sort()).toEqual(moved.sort());
      for (const row of listed)
        for (const [side, all] of [
          ["old", before],
          ["new", after],
        ] as const) {
          const own = all.get(keyOf(row)) ?? numbers.map(() => null);
          for (const [at, name] of numbers.entries()) {
            const [told, known] = [row[side][name], own[at]];
            if (known === null || known === undefined || told === null) expect(told).toBe(known);
            else expect(told).toBeCloseTo(known, 9);
          }
        }

      // What came, went or is another of the tickets, by their rows alone.
      const rowsOf = (some: readonly Edit[]) => {
        const own = new Map(
          Array.from({ length: tickets }, (_, number) => [`T${number}`, ticketRow(number, 1 + number)]),
        );
        for (const each of some) {
          if (each.kind === "answered") own.set(`T${each.at}`, ticketRow(each.at, each.minutes));
          if (each.kind === "removed") own.delete(`T${each.at}`);
          if (each.kind === "came") own.set(`N${each.at}`, ticketRow(each.at, 7));
        }
        for (const each of some)
          if (each.kind === "superseded") own.set(`T${each.at}`, ticketRow(each.at, 31));
        return own;
      };
      const [was, now] = [rowsOf([]), rowsOf(edits)];
      const count = { came: 0, went: 0, changed: 0 };
      const other: string[] = [];
      for (const id of new Set([...was.keys(), ...now.keys()])) {
        if (was.get(id) === now.get(id)) continue;
        other.push(id);
        count[was.has(id) ? (now.has(id) ? "changed" : "went") : "came"] += 1;
      }
      expect(found.rows.find(({ table }) => table === "tickets")).toEqual(
        other.length > 0 ? { table: "tickets", ...count } : undefined,
      );
      // Each of them is counted in the mean of its month, and named there.
      const monthOf = (id: string) => `2026-${day(1 + (Number(id.slice(1)) % 4))}-01`;
      const behind = found.cases.filter(
        ({ id, grain, cause }) => id === "average_response_time" && grain === "month" && cause === "rows",
      );
      for (const { period_start, examples } of behind)
        expect(examples.map(({ key }) => key)).toEqual(
          expect.arrayContaining(other.filter((id) => monthOf(id) === period_start)),
        );
      const isWeighted = edits.some(({ kind }) => kind === "weights");
      const isLimit = edits.some((each) => each.kind === "limit");
      const redefined = (what: string, id: string) =>
        found.redefined.some((each) => each.what === what && each.id === id && each.why === "definition");
      expect(redefined("score", "card")).toBe(isWeighted);
      expect(redefined("kpi", "on_time_response_rate")).toBe(isLimit);
    }),
    { numRuns: rounds },
  );
});
