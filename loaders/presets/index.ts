import { hubspot } from "./hubspot.js";
import type { Preset } from "./preset.js";
import { salesforce } from "./salesforce.js";
import { taizhang } from "./taizhang.js";
import { zendesk } from "./zendesk.js";

export type { Preset } from "./preset.js";
export { fieldsOf, plainColumns, recognised } from "./preset.js";
export { type Gone, resolvePreset } from "./resolve.js";
export { areIds, longIds, shortIds } from "./salesforceIds.js";

/** Mappings of well-known exports onto the contract, by the name that `preset:` in `sources.yaml` has for each. */
export const presets: Readonly<Record<string, Preset>> = { salesforce, hubspot, zendesk, taizhang };
export { isId, type PresetExtract } from "./scope.js";
