import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type PersonKind, personKinds } from "../contract/personKinds.js";
import type { ForgottenPerson, ForgottenPersons } from "../contract/persons.js";
import { digestOf } from "../load/persons/pseudonyms.js";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { beside } from "./beside.js";
import { replaceText } from "./swap.js";

const listSchema = z.strictObject({
  salt: z.string(),
  persons: z.array(
    z.strictObject({
      kind: z.enum(personKinds),
      digest: z.string(),
      pseudonym: z.string(),
      forgotten_on: z.iso.date(),
      is_pending: z.boolean().optional(),
    }),
  ),
});

/** Where it is kept who was forgotten: beside the warehouse, so that no build brings them back. */
const listOf = (warehouse: string) => beside(warehouse, "forgotten.json");

/**
 * Who was forgotten, of whom only digests are left.
 * @throws CliError 1 where the list is damaged: to go on without would bring them back
 */
export function readForgottenPersons(warehouse: string): ForgottenPersons {
  const path = listOf(warehouse);
  try {
    return listSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { salt: "", persons: [] };
    throw machineFailure(error) ?? new CliError(told("forget.damaged", { path }), 1, { cause: error });
  }
}

/** How many are forgotten, when the last was, and of how many more it was begun and has not ended. */
export interface CountForgotten {
  count: number;
  /** Null where nobody is yet. */
  day: string | null;
  pending: number;
}

/** Null where there is nobody. */
export function countForgotten(warehouse: string): CountForgotten | null {
  const { persons } = readForgottenPersons(warehouse);
  if (persons.length === 0) return null;
  const days = persons.flatMap(({ forgotten_on, is_pending }) => (is_pending ? [] : [forgotten_on]));
  return { count: days.length, day: days.sort().at(-1) ?? null, pending: persons.length - days.length };
}

/** The entry of a person, if there is one. */
export const entryOf = (
  { salt, persons }: ForgottenPersons,
  kind: PersonKind,
  id: string,
): ForgottenPerson | undefined => persons.find(({ digest }) => digest === digestOf(salt, kind, id));

/**
 * Puts a person on the list, whole or not at all, as one who is being forgotten: from here on no build brings the person back. Who is
 * there already keeps the pseudonym.
 */
export function listPerson(warehouse: string, kind: PersonKind, id: string, day: string): ForgottenPerson {
  const list = readForgottenPersons(warehouse);
  const known = entryOf(list, kind, id);
  const salt = list.salt || randomBytes(16).toString("hex");
  const person: ForgottenPerson = {
    kind,
    digest: digestOf(salt, kind, id),
    pseudonym: known?.pseudonym ?? `forgotten-${randomBytes(6).toString("hex")}`,
    forgotten_on: known?.forgotten_on ?? day,
    is_pending: true,
  };
  write(warehouse, { salt, persons: [...list.persons.filter((each) => each !== known), person] });
  return person;
}

/** Says of a person on the list that nothing is left anywhere. */
export function endForgetting(warehouse: string, { digest }: ForgottenPerson): void {
  const { salt, persons } = readForgottenPersons(warehouse);
  const ended = persons.map((person) => {
    const { is_pending, ...rest } = person;
    return person.digest === digest ? rest : person;
  });
  write(warehouse, { salt, persons: ended });
}

function write(warehouse: string, list: ForgottenPersons): void {
  replaceText(listOf(warehouse), `${JSON.stringify(list, null, 1)}\n`);
}
