import { z } from "zod";
import { says } from "../../src/words/told.js";
import { durationSetting, variableSetting } from "../database/settings.js";

const name = z.string().regex(/^\w+$/, says("schema.apiName"));

const relation = z.strictObject({
  object: name,
  fields: z.array(name).min(1).optional(),
  cursor: name.optional(),
  full_extract: z.boolean().optional(),
});

/** An object of an interface: one raw table of its source. */
export type ApiRelation = z.infer<typeof relation>;

/** What a source behind an interface says. */
export const remoteSettings = {
  url: z.string().min(1).optional(),
  url_env: variableSetting.optional(),
  token_env: variableSetting.optional(),
  user_env: variableSetting.optional(),
  client_id_env: variableSetting.optional(),
  client_secret_env: variableSetting.optional(),
  refresh_token_env: variableSetting.optional(),
  relations: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, says("schema.rawTable")), relation)
    .refine((relations) => Object.keys(relations).length > 0, says("schema.noEntry")),
  timeout: durationSetting,
  /** The name of the schedule that business time goes by where the settings have none; `default`: the account's own. */
  business_hours: z.string().min(1).optional(),
};

export type RemoteSettings = z.infer<z.ZodObject<typeof remoteSettings>> & {
  /** As all sources have it: nothing is taken of what an earlier build kept. */
  full_extract?: boolean | undefined;
};
