import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type PresetExtract, presets, recognised, resolvePreset } from "../../loaders/index.js";
import { init } from "../../src/init/index.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { temporaryFolder } from "../temporaryFolder.js";

const data = join(import.meta.dirname, "../../../shared/data");
const place = temporaryFolder("init-columns");

/** What columns of real extracts mean, as the systems' documentation has it: `contract's column ← field`. */
const truth: Record<string, Record<string, string>> = {
  salesforce: {
    customers:
      "customer_id ← id; name ← name; industry ← industry; region ← billing_country; province ← billing_state; city ← billing_city; employees ← number_of_employees; acquisition_channel ← account_source; owner_id ← owner_id",
    employees:
      "employee_id ← id; name ← name; department ← department; manager_id ← manager_id; role ← title",
    leads:
      "lead_id ← id; created_at ← created_date; source ← lead_source; owner_id ← owner_id; converted_at ← converted_date; customer_id ← converted_account_id",
    opportunities:
      "opportunity_id ← id; customer_id ← account_id; owner_id ← owner_id; created_at ← created_date; stage ← stage_name; amount ← amount; won ← is_won",
    products: "product_id ← id; name ← name; category ← family",
    orders: "order_id ← order_id; quantity ← quantity; revenue ← total_price; product_id ← product_2_id",
  },
  hubspot: {
    customers:
      "customer_id ← id; name ← property_name; industry ← property_industry; province ← property_state; city ← property_city; region ← property_country",
    tickets:
      "ticket_id ← id; type ← property_hs_ticket_category; severity ← property_hs_ticket_priority; created_at ← property_createdate; first_response_at ← property_first_agent_reply_date; resolved_at ← property_closed_date; agent_id ← property_hubspot_owner_id",
    leads: "lead_id ← id; created_at ← property_createdate",
    opportunities:
      "opportunity_id ← deal_id; owner_id ← owner_id; created_at ← property_createdate; amount ← property_amount; stage ← deal_pipeline_stage_id",
    employees: "employee_id ← owner_id",
  },
  zendesk: {
    customers: "customer_id ← id; name ← name",
    tickets:
      "ticket_id ← id; customer_id ← organization_id; type ← type; severity ← priority; channel ← via_channel; created_at ← created_at; agent_id ← assignee_id; updated_at ← updated_at",
    employees: "employee_id ← id; name ← name; role ← role",
  },
};

/** Of files of no system that is known, by their publishers' descriptions. */
const others: Record<string, Record<string, string>> = {
  sf311: {
    tickets:
      "ticket_id ← unique_key; created_at ← created_date; resolved_at ← closed_date; channel ← source; complaint_class ← complaint_type",
  },
  "olist-funnel": { leads: "lead_id ← mql_id; created_at ← first_contact_date; source ← origin" },
};

const pairs = (text: string) =>
  text.split("; ").map((each) => each.split(" ← ") as [column: string, field: string]);

describe.skipIf(!existsSync(data))("columns of real extracts, where ../shared is", () => {
  const counts = { mappable: 0, right: 0 };
  const missed: string[] = [];
  const count = (where: string, isRight: boolean) => {
    counts.mappable++;
    if (isRight) counts.right++;
    else missed.push(where);
  };

  it.each(Object.entries(truth))("%s, by its preset", (system, tables) => {
    const preset = presets[system];
    const folder = join(data, "crm-seeds", system);
    const extracts = new Map<string, PresetExtract>();
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".csv"))) {
      const [line = ""] = readFileSync(join(folder, name), "utf8").split(/\r?\n/, 1);
      const header = line.split(",").map((title) => title.replaceAll('"', "").trim());
      const object = preset && recognised(preset, name, header);
      if (object !== undefined && !extracts.has(object))
        extracts.set(object, { part: object, header, isMixed: false });
    }
    expect(preset).toBeDefined();
    if (!preset) return;
    const { mappings } = resolvePreset(preset, extracts, { zone: "UTC", isUtc: true, now: new Date(0) });
    for (const [table, text] of Object.entries(tables)) {
      const mapping = mappings.find((each) => each.table === table);
      const header = [...extracts.values()].flatMap((each) => each.header);
      for (const [column, field] of pairs(text)) {
        if (!header.includes(field)) continue;
        const sql =
          mapping?.columns?.[column] ??
          new RegExp(`^(?:select )?(.*) as "${column}",?$`, "m").exec(mapping?.select ?? "")?.[1] ??
          "";
        count(
          `${system}.${table}.${column} ← ${field}: ${sql}`,
          new RegExp(`(?<!\\w)${field}(?!\\w)`).test(sql),
        );
      }
    }
  });

  it.each(Object.entries(others))(
    "%s, by headings and cells, and nothing else is read",
    { timeout: 60_000 },
    async (name, tables) => {
      const dataDir = join(place, name);
      mkdirSync(dataDir);
      cpSync(join(data, name), dataDir, { recursive: true });
      await init({ dataDir, machineZone: "UTC", lang: "en" });
      const read = Object.assign(
        {},
        ...Object.values(readSourcesYaml(dataDir)?.sources ?? {}).map((each) => each.tables),
      );
      expect(Object.keys(read).sort()).toEqual(Object.keys(tables).sort());
      for (const [table, text] of Object.entries(tables)) {
        const expected = Object.fromEntries(pairs(text));
        for (const [column, field] of Object.entries(expected))
          count(`${name}.${table}.${column}`, read[table]?.columns?.[column] === field);
        expect(
          Object.keys(read[table]?.columns ?? {}).filter((column) => expected[column] === undefined),
        ).toEqual([]);
      }
    },
  );

  it("nine of ten are mapped right", () => {
    expect(counts.mappable).toBeGreaterThan(60);
    expect(counts.right / counts.mappable, missed.join("\n")).toBeGreaterThanOrEqual(0.9);
  });
});
