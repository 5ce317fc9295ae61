/** What a record has under a name that somebody gave, and nothing that every object inherits (`constructor`). */
export const ownValue = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;
