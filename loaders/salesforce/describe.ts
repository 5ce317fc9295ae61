import type { Api } from "../remote/api.js";
import { listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { version } from "./version.js";

/** Fields that have no text of their own: addresses and places are made of others, files are asked for one by one. */
const compound = new Set(["address", "location", "base64"]);

/** Fields that follow other records, or who looks, without being called computed. */
const derived = new Set(["LastActivityDate", "LastViewedDate", "LastReferencedDate"]);

/** The fields of an object, with what it says of each. */
export async function describedFields(api: Api, object: string) {
  const described = listIn(await api.json(`/services/data/${version}/sobjects/${object}/describe`), "fields");
  if (!described) throw new ApiError({ what: "noData" });
  return described.flatMap((field) => {
    const [name, type, label = ""] = [textIn(field, "name"), textIn(field, "type"), textIn(field, "label")];
    const { calculated, custom } = field as { calculated?: unknown; custom?: unknown };
    if (name === undefined || compound.has(type ?? "")) return [];
    const options = (listIn(field, "picklistValues") ?? []).flatMap((value) => textIn(value, "value") ?? []);
    const isComputed = calculated === true || derived.has(name);
    return [{ name, type, isComputed, label, isOwn: custom === true, options }];
  });
}
