import { type Fault, networkFault } from "../database/driver.js";

/** Error classes and codes of PostgreSQL's documentation, appendix A; the first that fits. */
const codes: readonly (readonly [RegExp, (reason: string, code: string) => Fault])[] = [
  [/^28/, () => ({ what: "login" })],
  [/^3D000$/, () => ({ what: "noDatabase" })],
  [/^(42P01|3F000)$/, (reason) => ({ what: "noTable", reason })],
  [/^42501$/, (reason) => ({ what: "forbidden", reason })],
  [/^25/, () => ({ what: "writes" })],
  [/^(57014|55P03)$/, () => ({ what: "slow" })],
  [/^53100$/, (reason) => ({ what: "full", reason, isPassing: true })],
  [/^(57P03|53300)$/, (_, code) => ({ what: "unreachable", code })],
  [/^(08|57P)/, (_, code) => ({ what: "lost", code })],
  [/^(0A|22|42)/, (reason) => ({ what: "refused", reason })],
  [/^[0-9A-Z]{5}$/, (reason) => ({ what: "refused", reason, isPassing: true })],
];

/** What an error of the driver's, or of the server's that it passes on, means. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const network = networkFault(error);
  if (network) return network;
  const { message } = error;
  if (/^Query read timeout/.test(message)) return { what: "slow" };
  if (/timeout expired|due to connection timeout/.test(message))
    return { what: "unreachable", code: "timeout" };
  if (/^Connection terminated|^Client has encountered a connection error|not queryable/.test(message))
    return { what: "lost", code: "ECONNRESET" };
  if (/^SASL|password must be a string/.test(message)) return { what: "login" };
  const { code } = error as { code?: unknown };
  if (typeof code !== "string") return undefined;
  return codes.find(([pattern]) => pattern.test(code))?.[1](message, code);
}
