import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stageFolder } from "../../load/stageFolder.js";

/** Real layouts with scrambled values, which are no part of the project: skipped where they are not. */
const folder = join(import.meta.dirname, "../../../../shared/data/crm-seeds");
const seeds = existsSync(folder) ? folder : undefined;

const filesOf = (system: string) =>
  Object.fromEntries(
    readdirSync(join(seeds ?? "", system))
      .filter((name) => name.endsWith(".csv") && !name.startsWith("email_event"))
      .map((name) => [name, readFileSync(join(seeds ?? "", system, name))]),
  );

interface Expected {
  /** Loaded, quarantined, left out by the mapping. */
  tables: Record<string, [number, number, number]>;
  /** Rules that refused rows, with how many. */
  refused: Record<string, number>;
  deleted: Record<string, number>;
  merged: string[];
}

/**
 * Counted by hand in the files: 10 accounts, 9 deleted (one of them merged) and 1 in force; 10 opportunities, all deleted;
 * 10 tasks, one with a lead alone; 8 of 10 users in force. 22 HubSpot contacts, 3 of them in the list of a fourth; no deal
 * has a stage; 4 tickets have a scrambled category, one of which is closed before it was made. 10 Zendesk tickets, 2 deleted.
 */
const expected: Record<string, Expected> = {
  salesforce: {
    tables: {
      customers: [1, 0, 9],
      employees: [8, 0, 2],
      leads: [1, 0, 0],
      opportunities: [0, 0, 10],
      products: [2, 0, 0],
      orders: [10, 0, 0],
      contacts: [19, 0, 1],
    },
    refused: {},
    deleted: { customers: 8, opportunities: 10 },
    merged: ["0015500000Ygpq1AAB → L4izOo4yZpLq5io5YM8pvA=="],
  },
  hubspot: {
    tables: {
      customers: [24, 0, 0],
      employees: [100, 0, 0],
      leads: [19, 0, 3],
      opportunities: [0, 44, 0],
      tickets: [21, 4, 0],
    },
    refused: { "stage required": 44, "type enum": 4, "resolved_at time_order": 1 },
    deleted: {},
    merged: ["46897301 → 78971951", "76226001 → 78971951", "76340251 → 78971951"],
  },
  zendesk: {
    tables: { customers: [10, 0, 0], employees: [1, 0, 9], tickets: [8, 0, 2] },
    refused: {},
    deleted: { tickets: 2 },
    merged: ["1967 → 1966"],
  },
};

for (const [system, { tables, refused, deleted, merged }] of Object.entries(expected))
  test.skipIf(!seeds)(
    `the seeds of ${system} load by its preset, row for row`,
    { timeout: 60_000 },
    async () => {
      const yaml = `crm:\n  preset: ${system}\n  files: "*.csv"\n  max_quarantine_share: 1\n`;
      await stageFolder({ ...filesOf(system), "sources.yaml": yaml }, async ({ report, quarantine }) => {
        for (const [table, counts] of Object.entries(tables)) {
          const found = report.tables.find((each) => each.table === table);
          expect([table, found?.loaded, found?.quarantined, found?.leftOut]).toEqual([table, ...counts]);
        }
        const reasons: Record<string, number> = {};
        for (const { rules } of await quarantine())
          for (const rule of rules) reasons[rule.join(" ")] = (reasons[rule.join(" ")] ?? 0) + 1;
        expect(reasons).toEqual(refused);
        const of = (rule: string) => report.warnings.filter((warning) => warning.rule === rule);
        expect(Object.fromEntries(of("deleted_record").map(({ table, count }) => [table, count]))).toEqual(
          deleted,
        );
        const samples = of("merged_record").map(({ sample }) => sample);
        expect(samples).toEqual(expect.arrayContaining(merged));
      });
    },
  );
