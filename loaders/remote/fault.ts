import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";

/** What can be wrong with an interface; `reason` is in the server's words. */
export type ApiFault =
  | { what: "unreachable" | "unsafe" | "broken"; code: string }
  | { what: "login" | "expired" | "noData" | "noNext" | "noCount" | "endless" | "fills" | "slow" }
  | { what: "elsewhere"; host: string }
  | { what: "limited"; wait: string }
  | { what: "limitedStill"; times: number }
  | { what: "badField" | "badZone"; name: string }
  | { what: "noObject" | "forbidden" | "refused"; reason: string };

/** An interface that did not give what it was asked for. */
export class ApiError extends Error {
  constructor(readonly fault: ApiFault) {
    super(fault.what);
  }
}

/** Whose fault: what the settings or rights say is 2, what the server or the network does 1. */
const ofSettings = new Set(["login", "expired", "noObject", "forbidden", "refused", "elsewhere"]);

/** What happened, in our words, at a place of `sources.yaml`. */
export function wordedFault(
  fault: ApiFault,
  { place, system, variable, timeout }: { place: string; system: string; variable: string; timeout: string },
): CliError {
  const wrong = sentence(fault, { system, variable, timeout });
  // Not with the error as its cause: it may hold an address or a token.
  return new CliError(
    told("file.fault", { at: ["sources.yaml", place], wrong }),
    ofSettings.has(fault.what) ? 2 : 1,
  );
}

/** What happened, in our words. */
export function sentence(
  fault: ApiFault,
  { system, variable, timeout }: { system: string; variable: string; timeout: string },
): Told {
  switch (fault.what) {
    case "unreachable":
    case "unsafe":
    case "broken":
      return told(`remote.${fault.what}`, { system, code: fault.code });
    case "login":
    case "expired":
      return told(`remote.${fault.what}`, { system, variable });
    case "noData":
    case "noNext":
    case "noCount":
    case "endless":
    case "fills":
      return told(`remote.${fault.what}`, { system });
    case "slow":
      return told("remote.slow", { system, timeout });
    case "elsewhere":
      return told("remote.elsewhere", { system, host: fault.host });
    case "limited":
      return told("remote.limited", { system, wait: fault.wait, timeout });
    case "limitedStill":
      return told("remote.limitedStill", { system, times: String(fault.times) });
    case "badZone":
      return told("remote.badZone", { system, name: fault.name });
    case "badField":
      return told("remote.badField", { system, name: JSON.stringify(fault.name) });
    case "noObject":
    case "forbidden":
    case "refused":
      return told(`remote.${fault.what}`, { system, reason: fault.reason });
  }
}
