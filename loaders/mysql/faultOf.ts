import { type Fault, networkFault } from "../database/driver.js";

/** Thrown where the server has given nothing for too long. */
export class Silence extends Error {}

/** Its server has no room for what a query puts aside. */
const full = (reason: string): Fault => ({ what: "full", reason, isPassing: true });
/** The system's numbers of a disk, and of a user's share of it, that is full: errors of writing name them. */
const noRoom = /\bErrcode: (28|122)\b/;

/** Errors of the reference manuals of MySQL and MariaDB, by their numbers. */
const numbers: readonly (readonly [readonly number[], (reason: string, code: string) => Fault])[] = [
  [[1044, 1045, 1130, 1251, 1698, 1862, 3118], () => ({ what: "login" })],
  [[1049], () => ({ what: "noDatabase" })],
  [[1102, 1103, 1146], (reason) => ({ what: "noTable", reason })],
  [[1142, 1143, 1227, 1370], (reason) => ({ what: "forbidden", reason })],
  [[1290, 1792, 1836], () => ({ what: "writes" })],
  [[1205, 1969, 3024], () => ({ what: "slow" })],
  [[1021], full],
  [[1040, 1129, 1203, 1226], (_, code) => ({ what: "unreachable", code })],
  [[1053, 1077, 1152, 1158, 1159, 1160, 1161, 1317, 1927, 4031], (_, code) => ({ what: "lost", code })],
];

/** What an error of the driver's, or of the server's that it passes on, means. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Silence) return { what: "slow" };
  if (!(error instanceof Error)) return undefined;
  const network = networkFault(error);
  if (network) return network;
  const { message } = error;
  if (/in closed state|Connection lost/.test(message)) return { what: "lost", code: "ECONNRESET" };
  const { code = "", errno, sqlState = "" } = error as { code?: string; errno?: number; sqlState?: string };
  // The driver has no names for some numbers of MariaDB's, and several kinds of names; the machine's own numbers are negative.
  if (typeof errno !== "number" || errno <= 0) return undefined;
  if (noRoom.test(message)) return full(message);
  const known = numbers.find(([all]) => all.includes(errno))?.[1](message, code);
  return known ?? { what: "refused", reason: message, isPassing: !/^(21|22|42)/.test(sqlState) };
}
