import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { greatest } from "../statistics/extremes.js";

const minutes = (usual: number) => z.int().min(1).max(525_600).default(usual);

/** Within how many minutes a ticket has to be answered: complaints by severity, all others by channel, `other` for any other or none. */
export const responseLimitsSchema = z
  .strictObject({
    complaints: z
      .strictObject({ very_serious: minutes(30), serious: minutes(120), general: minutes(480) })
      .prefault({}),
    channels: z
      .strictObject({
        phone: minutes(5),
        email: minutes(480),
        online: minutes(5),
        wechat: minutes(15),
        social: minutes(60),
        visit: minutes(1440),
        fax: minutes(1440),
        other: minutes(480),
      })
      .prefault({}),
  })
  .prefault({});

export type ResponseLimits = z.infer<typeof responseLimitsSchema>;

/** The channels that have a limit of their own, and the word for all others. */
export const limitedChannels: readonly string[] = Object.keys(responseLimitsSchema.parse({}).channels);

/** Whether nobody set other limits than those that the product ships. */
export const areShippedLimits = (limits: ResponseLimits): boolean =>
  isDeepStrictEqual(limits, responseLimitsSchema.parse({}));

const perMinute = 60_000_000;

/** The limits as columns of a select, `limit_<severity or channel>` in microseconds. */
export function limitColumns({ complaints, channels }: ResponseLimits): string {
  return Object.entries({ ...complaints, ...channels })
    .map(([code, limit]) => `cast(${limit * perMinute} as bigint) as limit_${code}`)
    .join(", ");
}

/** The longest of the limits, in microseconds. */
export function longestLimit({ complaints, channels }: ResponseLimits): number {
  return greatest([...Object.values(complaints), ...Object.values(channels)]) * perMinute;
}
