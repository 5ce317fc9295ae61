import { primaryKeyOf } from "../../contract/ddl.js";
import type { TableName } from "../../contract/index.js";
import { told } from "../../words/told.js";
import { isActive } from "../tableGuess.js";
import { type Found, meant, only, type Search } from "./search.js";
import { saysAny } from "./turning.js";

/** What leads to rows of the table itself, as a repair that was not the last does, where its heading says that it does. */
export function asSelf(search: Search): Found | undefined {
  const { table, column, free, evidence, known } = search;
  const says = column.name === "previous_ticket_id" ? new Set(["previous"]) : undefined;
  const key = known.find((each) => each.column === primaryKeyOf(table)[0] && isActive(each));
  if (!says || column.references !== table || !key) return undefined;
  const found = only(
    free.filter((each) => meant(search, each, says) && evidence.refersTo?.get(each.source)?.has(table)),
  );
  return found && { source: found.source, reasons: [told("init.onlyReference", { table })] };
}

/** Tables whose rows people send in, each with a running number. */
const ofForms = new Set<TableName>(["survey_answers", "tickets", "contacts", "leads"]);

/**
 * The running number that a form gives what is sent in, where nothing else tells rows apart, each has its time, and it is known whose it
 * is.
 */
export function asRunning({ table, column, free, evidence, known }: Search): Found | undefined {
  if (!ofForms.has(table) || primaryKeyOf(table)[0] !== column.name) return undefined;
  const has = (name: string) => known.some((each) => each.column === name && isActive(each));
  const isOfSomebody = has("customer_id") || has("ticket_id");
  const isTimed = ["created_at", "answered_at", "contacted_at"].some(has);
  const found = only(
    free.filter(
      ({ source, profile }) =>
        saysAny(evidence.headings.get(source), new Set(["rownumber"])) &&
        profile.isOnce &&
        profile.filled === profile.rows &&
        profile.whole === profile.filled,
    ),
  );
  if (!found || !isOfSomebody || !isTimed) return undefined;
  return { source: found.source, reasons: [told("init.running"), told("init.unique")] };
}
