import { cellsOf, listIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import type { Described, Surveys } from "../remote/survey.js";
import {
  associations,
  changeTimes,
  columnOf,
  describedProperties,
  longestQuery,
  pageRows,
  recordOf,
} from "./records.js";

/** The standard objects of an account that the preset knows. */
export const survey: Surveys = {
  preset: "hubspot",
  objects: [
    ...[
      "companies",
      "tickets",
      "contacts",
      "deals",
      "owners",
      "calls",
      "meetings",
      "emails",
      "communications",
    ],
    "feedback_submissions",
  ],
  async describe(api, object, wanted): Promise<Described> {
    const records = async (path: string) => {
      const results = listIn(await api.json(path), "results");
      if (!results) throw new ApiError({ what: "noData" });
      return results;
    };
    if (object === "owners") {
      const owners = await records(`/crm/v3/owners?limit=${pageRows}&archived=false`);
      return { fields: [], records: owners.map((record) => cellsOf(record)) };
    }
    const properties = await describedProperties(api, object);
    const isWanted = (name: string) => wanted.has(name.toLowerCase()) || wanted.has(columnOf(name));
    const taken = properties.flatMap(({ name }) => (isWanted(name) ? [name] : []));
    for (const { name, isOwn } of properties)
      if (isOwn && encodeURIComponent([...taken, name].join(",")).length < longestQuery / 2) taken.push(name);
    const linked = associations[object];
    const query = new URLSearchParams({ limit: String(pageRows), properties: taken.join(",") });
    if (linked) query.set("associations", linked.join(","));
    const found = await records(`/crm/v3/objects/${object}?${query}&archived=false`);
    const moves = properties.find(({ name }) => changeTimes.includes(name))?.name;
    const isStill =
      linked !== undefined || properties.some(({ name, isComputed }) => isComputed && isWanted(name));
    const own = ["id", "archived", ...(linked ?? []).map((name) => `associations_${name}`)];
    return {
      fields: [
        ...own.map((column) => ({ column, label: "", isOwn: false, options: [] })),
        ...properties.map(({ name, label, isOwn, options }) => ({
          column: columnOf(name),
          label,
          isOwn,
          options,
        })),
      ],
      records: found.map(recordOf),
      ...(moves !== undefined && !isStill ? { cursor: moves } : {}),
    };
  },
};
