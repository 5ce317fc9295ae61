import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { conclude } from "../../src/answers/conclude.js";
import { silent } from "../../src/run/progress.js";
import { generateSample } from "../../src/sample/generate.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { differing, everyRow } from "./everyRow.js";

const folder = temporaryFolder("increments");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const warehouse = join(folder, "kept", "w.duckdb");
const whole = join(folder, "whole", "w.duckdb");

/** One KPI of each way in which cubes are filled. */
const kpis = [
  ...["first_response_time", "average_response_time", "on_time_response_rate", "resolution_time"],
  ...["complaint_rate", "channel_utilisation", "churn_rate", "csat", "nps", "collaboration_on_time"],
  ...["revenue", "revenue_growth", "repeat_purchase_rate", "lead_conversion_rate", "market_share"],
  ...["new_customers", "new_customer_growth", "recontact_rate", "repeat_repair_rate"],
];

/** A small linear congruential generator: the same sequence in every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const day = (number: number) => new Date(Date.UTC(2026, 6, 2) + number * 86_400_000).toISOString();
const lines = (name: string) => readFileSync(join(data, name), "utf8").trimEnd().split("\n");
const write = (name: string, all: readonly string[]) =>
  writeFileSync(join(data, name), `${all.join("\n")}\n`);

/** A source of each kind of mapping: by its titles, by settings, and one that refuses the files of the others. */
const sources = (more = "") => `named:
  files: {customers: "customers*.csv", orders: "orders*.csv", survey_answers: "survey_answers*.csv", handoffs: "handoffs*.csv",
    contacts: "contacts*.csv", employees: employees.csv, leads: leads.csv, customer_status: customer_status.csv,
    products: products.csv, market_sales: market_sales.csv, opportunities: opportunities.csv}
  max_quarantine_share: 0.9
desk:
  files: "tickets*.csv"
  max_quarantine_share: 0.9
  tables:
    tickets:
      columns: {ticket_id: ticket_id, customer_id: customer_id, type: type, complaint_class: complaint_class, severity: severity,
        channel: channel, created_at: created_at, first_response_at: first_response_at, resolved_at: resolved_at,
        agent_id: agent_id, handling_count: handling_count, first_contact_resolved: first_contact_resolved,
        qa_correct: qa_correct, asset_id: asset_id, fault_code: fault_code, repair_quality: repair_quality,
        previous_ticket_id: previous_ticket_id, updated_at: resolved_at${more}}
`;

/** What became of the extracts in a step: done to them, and called. */
interface Step {
  name: string;
  run(roll: (below: number) => number, turn: number): void;
}

const state = { asOf: undefined as string | undefined, mapping: 0, floor: 0, words: 0 };

const rowsOf = (name: string, roll: (below: number) => number, count: number) => {
  const all = lines(name).slice(1);
  return Array.from({ length: count }, () => all[roll(all.length)] as string);
};
const header = (name: string) => lines(name)[0] as string;
const filesOf = (table: string) =>
  readdirSync(data).filter((name) => name.startsWith(table) && name.endsWith(".csv"));

const renamed = (row: string, turn: number, at: number) =>
  row.replace(/^[^,]*/, (id) => `${id}x${turn}n${at}`);

const steps: Step[] = [
  {
    name: "a file comes",
    run: (roll, turn) => {
      for (const table of ["tickets", "orders", "survey_answers", "handoffs"])
        write(`${table}-${turn}.csv`, [
          header(`${table}.csv`),
          ...rowsOf(`${table}.csv`, roll, 20).map((row, at) => renamed(row, turn, at)),
        ]);
    },
  },
  {
    name: "a file stands before the others",
    run: (roll, turn) =>
      write("tickets+0.csv", [
        header("tickets.csv"),
        ...rowsOf("tickets.csv", roll, 7).map((row, at) => renamed(row, turn, at)),
      ]),
  },
  {
    name: "rows of a file change",
    run: (roll) => {
      const all = lines("tickets.csv");
      for (let count = 0; count < 5; count += 1) {
        const at = 1 + roll(all.length - 1);
        all[at] = (all[at] as string).replace(/phone|email|online|电话|邮件/, "wechat");
      }
      write("tickets.csv", all);
    },
  },
  {
    name: "a file goes",
    run: (roll) => {
      const later = filesOf("").filter((name) => /[-+]\d+\.csv$/.test(name));
      const gone = later[roll(later.length)];
      if (gone) rmSync(join(data, gone));
    },
  },
  {
    name: "copies and other versions of rows come in another file",
    run: (roll, turn) => {
      const rows = rowsOf("tickets.csv", roll, 12);
      write(`tickets-${turn}.csv`, [
        header("tickets.csv"),
        ...rows.map((row, at) => (at % 2 ? row : row.replace(/\d\d:\d\d(?=:|\+|Z|,)/g, "23:59"))),
      ]);
    },
  },
  {
    name: "broken rows come",
    run: (roll, turn) =>
      write(`orders-${turn}.csv`, [
        header("orders.csv"),
        ...rowsOf("orders.csv", roll, 6).map((row, at) =>
          at % 3 === 0
            ? `${row},surplus`
            : at % 3 === 1
              ? row.replace(/\d{4}-/, "2o26-")
              : renamed(row, turn, at),
        ),
      ]),
  },
  {
    name: "a row of the future comes",
    run: (roll, turn) =>
      write(`tickets-${turn}.csv`, [
        header("tickets.csv"),
        ...rowsOf("tickets.csv", roll, 4).map((row, at) =>
          renamed(row, turn, at).replace(/\d{4}-\d\d-\d\d/, day(turn + 1 + at).slice(0, 10)),
        ),
      ]),
  },
  {
    name: "the mapping changes",
    run: () => {
      state.mapping += 1;
    },
  },
  {
    name: "the words change",
    run: () => {
      state.words += 1;
    },
  },
  {
    name: "the settings change",
    run: () => {
      state.floor += 1;
    },
  },
  {
    name: "the data date moves",
    run: (roll) => {
      state.asOf = `2026-06-${String(1 + roll(28)).padStart(2, "0")}`;
    },
  },
  {
    name: "the data date is the extracts'",
    run: () => {
      state.asOf = undefined;
    },
  },
  {
    name: "a customer moves",
    run: (roll) => {
      const all = lines("customers.csv");
      const at = 1 + roll(all.length - 1);
      all[at] = (all[at] as string).replace(/East|West|North|South|华东|华南|华北|西部/, "Overseas");
      write("customers.csv", all);
    },
  },
  { name: "nothing changes", run: () => undefined },
];

function settle(): void {
  writeFileSync(join(data, "sources.yaml"), sources(state.mapping % 2 ? `, root_cause: "'as told'"` : ""));
  const settings = readFileSync(join(catalog, "settings.shipped.yaml"), "utf8");
  writeFileSync(
    join(catalog, "settings.yaml"),
    state.floor % 2 ? settings.replace(/^record_floor:.*$/m, "record_floor: 2025-08-01") : settings,
  );
  const words = "channel:\n  wechat: {spellings: [weixin]}\n";
  writeFileSync(join(data, "vocabulary.yaml"), state.words % 2 ? words : "");
}

async function build(path: string, now: string, full: boolean) {
  const catalogDir = [{ path: catalog, inside: null }];
  const options = {
    dataDir: data,
    catalogDir,
    warehouse: path,
    now: new Date(now),
    conclude,
    keptFrom: 0,
    full,
  };
  return buildWarehouse({ ...options, ...(state.asOf ? { asOf: state.asOf } : {}) }, silent);
}

/** Builds from what earlier builds kept, and anew with the same past, and compares all that both hold. */
async function compare(turn: number, named: string): Promise<void> {
  rmSync(join(folder, "whole"), { recursive: true, force: true });
  if (existsSync(warehouse)) cpSync(join(folder, "kept"), join(folder, "whole"), { recursive: true });
  const now = day(turn);
  const quick = await build(warehouse, now, false);
  const slow = await build(whole, now, true);
  expect(quick, named).toEqual(slow);
  expect(differing(await everyRow(warehouse), await everyRow(whole)), named).toEqual([]);
}

beforeAll(async () => {
  mkdirSync(join(folder, "kept"), { recursive: true });
  await generateSample(data, {
    customers: 60,
    months: 14,
    tickets: 1500,
    orders: 500,
    answers: 500,
    dirt: 0.02,
    variety: 0.1,
  });
  rmSync(join(data, "catalog"), { recursive: true, force: true });
  smallCatalogue(kpis, catalog);
  cpSync(join(catalog, "settings.yaml"), join(catalog, "settings.shipped.yaml"));
  settle();
  await compare(0, "the first");
});

describe("a build that goes on from what earlier ones kept", () => {
  it.each(Array.from({ length: Number(process.env.INCREMENT_ROUNDS ?? 6) }, (_, at) => at))(
    "holds what one holds that does all anew, round %i",
    { timeout: 900_000 },
    async (round) => {
      const roll = dice(20261130 + round);
      for (let at = 1; at <= 4; at += 1) {
        const turn = round * 10 + at;
        const step = steps[roll(steps.length)] as Step;
        step.run(roll, turn);
        settle();
        await compare(turn, `${round}.${at}: ${step.name}`);
      }
    },
  );
});
