import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { init } from "../../src/init/index.js";
import { temporaryFolder } from "../temporaryFolder.js";

const seeds = join(import.meta.dirname, "../../../shared/data/crm-seeds");
const place = temporaryFolder("init-seeds");

/** The tables that each system's objects mean, as its documentation has them. */
const expected = {
  salesforce: ["customers", "employees", "leads", "opportunities", "products", "orders", "contacts"],
  hubspot: ["customers", "employees", "leads", "opportunities", "tickets", "contacts"],
  zendesk: ["customers", "employees", "tickets"],
};

describe.skipIf(!existsSync(seeds))("init on exports of real systems, where ../shared is", () => {
  it.each(Object.entries(expected))(
    "%s is told by its columns",
    { timeout: 60_000 },
    async (system, tables) => {
      const dataDir = join(place, system);
      cpSync(join(seeds, system), dataDir, { recursive: true });
      const { rows } = await init({ dataDir, machineZone: "UTC", lang: "en" });
      const read = rows.filter(({ table }) => table !== null);
      expect([...new Set(read.map(({ table }) => table))].sort()).toEqual([...tables].sort());
      expect(read.every(({ preset }) => preset === system)).toBe(true);
      expect(readFileSync(join(dataDir, "sources.yaml"), "utf8")).toContain(`preset: ${system}`);
    },
  );
});
