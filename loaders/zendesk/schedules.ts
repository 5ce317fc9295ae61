import { isTimeZone } from "../../src/contract/timeZone.js";
import type { Api } from "../remote/api.js";
import { listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { type Schedule, type Schedules, shiftsOfWeek } from "../remote/schedule.js";
import { zones } from "./zones.js";

const path = "/api/v2/business_hours/schedules";

/** The account's schedules with their holidays. Of several none is marked as that of tickets that name none. */
export async function schedules(api: Api): Promise<Schedules> {
  const listed = listIn(await api.json(path), "schedules");
  if (!listed) throw new ApiError({ what: "noData" });
  const all: Schedule[] = [];
  for (const each of listed) {
    const [id, name] = [textIn(each, "id"), textIn(each, "name")];
    if (id === undefined || name === undefined) throw new ApiError({ what: "noData" });
    const holidays = listIn(await api.json(`${path}/${encodeURIComponent(id)}/holidays`), "holidays");
    if (!holidays) throw new ApiError({ what: "noData" });
    all.push({
      ...{ id, name, timeZone: zoneOf(each), unread: [] },
      hours: (listIn(each, "intervals") ?? []).flatMap((interval) =>
        shiftsOfWeek(minuteIn(interval, "start_time"), minuteIn(interval, "end_time")),
      ),
      holidays: holidays.map((holiday) => ({
        first: dayIn(holiday, "start_date"),
        last: dayIn(holiday, "end_date"),
      })),
      changedAt: textIn(each, "updated_at") ?? null,
    });
  }
  return { all, standard: all.length === 1 ? all[0]?.id : undefined };
}

function zoneOf(schedule: unknown): string {
  const name = textIn(schedule, "time_zone") ?? "";
  const zone = Object.hasOwn(zones, name) ? zones[name] : name;
  if (zone !== undefined && isTimeZone(zone)) return zone;
  throw new ApiError({ what: "badZone", name });
}

function minuteIn(interval: unknown, key: string): number {
  const minute = Number(textIn(interval, key) ?? Number.NaN);
  if (!Number.isInteger(minute) || minute < 0 || minute > 2 * 10_080) throw new ApiError({ what: "noData" });
  return minute;
}

function dayIn(holiday: unknown, key: string): string {
  const day = textIn(holiday, key)?.slice(0, 10) ?? "";
  if (Number.isNaN(Date.parse(day))) throw new ApiError({ what: "noData" });
  return day;
}
