import type { messages } from "./en.js";

type Messages = typeof messages;

/** The stable name of something to be said, the same in every language. */
export type MessageId = keyof Messages;

/** Something to be said: its id and the values that go into it, put into words where somebody reads it. */
export interface Told {
  id: MessageId;
  values?: Readonly<Record<string, unknown>>;
}

/** Why an extract is read from a copy of its sound records. */
export type Doubt = MessageId extends infer Id ? (Id extends `doubt.${infer Name}` ? Name : never) : never;

/** What stands where a message names it: a text of no language (a name, a path), or something to be said itself. */
type Filled<Value> = Value extends readonly string[]
  ? readonly (string | Told)[]
  : string extends Value
    ? string | Told
    : Value;

type ValuesOf<Id extends MessageId> = Messages[Id] extends (values: infer Values) => string
  ? [{ [Name in keyof Values]: Filled<Values[Name]> }]
  : [];

/** Something to be said, by its id, with the values that the words of the first language ask for. */
export const told = <Id extends MessageId>(id: Id, ...[values]: ValuesOf<Id>): Told =>
  values === undefined ? { id } : { id, values: { ...values } };

/** The id of a message where a schema takes the text of its fault. */
export const says = (id: MessageId): string => id;
