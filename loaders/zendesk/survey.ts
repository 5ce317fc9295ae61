import type { Api } from "../remote/api.js";
import { listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import type { Described, Surveys } from "../remote/survey.js";
import { listRows, recordsIn } from "./records.js";

/** Lists that are kept in an export, too, from which a build goes on. */
const exported = ["tickets", "ticket_metrics", "users"];

/** The objects of an account that the preset knows. */
export const survey: Surveys = {
  preset: "zendesk",
  objects: ["tickets", "ticket_metrics", "users", "organizations", "satisfaction_ratings", "groups"],
  async describe(api, object): Promise<Described> {
    const records = recordsIn(await api.json(`/api/v2/${object}?page[size]=${listRows}`), object);
    const columns = new Set(["id", ...records.flatMap((cells) => Object.keys(cells))]);
    const labels = object === "tickets" ? await ticketFields(api) : new Map<string, Label>();
    return {
      fields: [...columns].map((column) => ({
        ...{ column, label: labels.get(column)?.title ?? "" },
        isOwn: /^(custom_field|user_fields|organization_fields)_/.test(column),
        options: labels.get(column)?.options ?? [],
      })),
      records,
      ...(exported.includes(object) ? { cursor: "updated_at" } : {}),
    };
  },
};

interface Label {
  title: string;
  options: readonly string[];
}

/** What the fields of tickets are called; of those of one's own the words, too. */
async function ticketFields(api: Api): Promise<Map<string, Label>> {
  const answer = await api.json("/api/v2/ticket_fields").catch((error: unknown) => {
    if (error instanceof ApiError) return undefined;
    throw error;
  });
  return new Map(
    (listIn(answer, "ticket_fields") ?? []).map((field) => [
      `custom_field_${textIn(field, "id")}`,
      {
        title: textIn(field, "title") ?? "",
        options: (listIn(field, "custom_field_options") ?? []).flatMap(
          (option) => textIn(option, "value") ?? [],
        ),
      },
    ]),
  );
}
