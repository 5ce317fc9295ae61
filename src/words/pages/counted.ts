/** A count with what it counts, in English: `1 group`, `3 groups`. */
export const counted = (count: string | number, one: string, many = `${one}s`): string =>
  `${count} ${isOne(count) ? one : many}`;

/** Whether a count, as written, takes the singular. */
export const isOne = (count: string | number): boolean => String(count) === "1";
