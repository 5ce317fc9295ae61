import { append } from "../../src/statistics/extremes.js";
import type { Api } from "../remote/api.js";
import { type Cells, listIn, textIn } from "../remote/cells.js";
import { type Described, type Surveys, surveyedRecords } from "../remote/survey.js";
import { describedFields } from "./describe.js";
import { queryPages } from "./query.js";
import { version } from "./version.js";

/** When a record was last changed, by whomever; formulas and sums over other records change without it. */
export const modified = "SystemModstamp";

/** An address may be so long. */
const longestQuery = 8000;

/** The standard objects of an account that the preset knows. */
export const survey: Surveys = {
  preset: "salesforce",
  objects: [
    ...[
      "Account",
      "Case",
      "Lead",
      "Opportunity",
      "Contract",
      "Order",
      "OrderItem",
      "Product2",
      "Task",
      "Event",
    ],
    ...["User", "UserRole", "Contact", "Campaign", "CampaignMember"],
  ],
  async describe(api, object, wanted): Promise<Described> {
    const fields = await describedFields(api, object);
    const isWanted = ({ name }: { name: string }) => wanted.has(name.toLowerCase()) || name === "Id";
    const taken = fields.filter(isWanted).map(({ name }) => name);
    for (const { name, isOwn } of fields)
      if (isOwn && [...taken, name].join(", ").length < longestQuery) taken.push(name);
    const records: Cells[] = [];
    const query = `select ${taken.join(", ")} from ${object} order by Id desc limit ${surveyedRecords}`;
    for await (const page of queryPages(api, query)) {
      append(records, page);
      if (records.length >= surveyedRecords) break;
    }
    const isMoving = fields.some(({ name }) => name === modified);
    const isStill = fields.some((field) => isWanted(field) && field.isComputed);
    return {
      fields: fields.map(({ name, label, isOwn, options }) => ({ column: name, label, isOwn, options })),
      records,
      ...(isMoving && !isStill ? { cursor: modified } : {}),
    };
  },
  async ownObjects(api: Api) {
    const all = listIn(await api.json(`/services/data/${version}/sobjects`), "sobjects") ?? [];
    return all.flatMap((each) => {
      const { custom, queryable, customSetting } = each as Record<string, unknown>;
      const name = textIn(each, "name");
      return custom === true && queryable === true && customSetting !== true && name ? [name] : [];
    });
  },
};
