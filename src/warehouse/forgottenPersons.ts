import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { type PersonKind, personKinds } from "../contract/personKinds.js";
import type { ForgottenPerson, ForgottenPersons } from "../contract/persons.js";
import { digestOf } from "../load/persons/pseudonyms.js";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { beside } from "./beside.js";
import { sync } from "./swap.js";

const listSchema = z.strictObject({
  salt: z.string(),
  persons: z.array(
    z.strictObject({
      kind: z.enum(personKinds),
      digest: z.string(),
      pseudonym: z.string(),
      forgotten_on: z.iso.date(),
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

/** How many there are, and since when the last; null where there is nobody. */
export function countForgotten(warehouse: string): { count: number; day: string } | null {
  const { persons } = readForgottenPersons(warehouse);
  const day = persons
    .map(({ forgotten_on }) => forgotten_on)
    .sort()
    .at(-1);
  return day === undefined ? null : { count: persons.length, day };
}

/** The entry of a person, if there is one. */
export const entryOf = (
  { salt, persons }: ForgottenPersons,
  kind: PersonKind,
  id: string,
): ForgottenPerson | undefined => persons.find(({ digest }) => digest === digestOf(salt, kind, id));

/** Puts a person on the list, whole or not at all; who is there already keeps the pseudonym. */
export function listPerson(warehouse: string, kind: PersonKind, id: string, day: string): ForgottenPerson {
  const list = readForgottenPersons(warehouse);
  const known = entryOf(list, kind, id);
  if (known) return known;
  const salt = list.salt || randomBytes(16).toString("hex");
  const person: ForgottenPerson = {
    kind,
    digest: digestOf(salt, kind, id),
    pseudonym: `forgotten-${randomBytes(6).toString("hex")}`,
    forgotten_on: day,
  };
  const path = listOf(warehouse);
  const part = `${path}.part`;
  writeFileSync(part, `${JSON.stringify({ salt, persons: [...list.persons, person] }, null, 1)}\n`);
  sync(part);
  renameSync(part, path);
  return person;
}
