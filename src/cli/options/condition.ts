import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";

/**
 * What `--where DIMENSION=VALUE` asks for.
 * @throws CliError 2
 */
export function conditionOf(text: string): { dimension: string; value: string } {
  const at = text.indexOf("=");
  if (at < 1 || text.slice(at + 1).trim() === "") {
    throw new CliError(told("where.invalid", { text }), 2);
  }
  return { dimension: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}
