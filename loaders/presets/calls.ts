/** SQL of a template's calls, by name. */
export type Calls = Readonly<Record<string, (argument: string) => string | undefined>>;

/** Replaces each `name(…)` of a template, the innermost first; undefined where one of them cannot be made. */
export function expanded(text: string, calls: Calls): string | undefined {
  const names = Object.keys(calls).join("|");
  const start = text.match(new RegExp(`\\b(${names})\\(`));
  if (!start || start.index === undefined) return text;
  const from = start.index + start[0].length;
  const to = closing(text, from);
  const inner = expanded(text.slice(from, to), calls);
  const made = inner === undefined ? undefined : calls[start[1] ?? ""]?.(inner);
  const rest = expanded(text.slice(to + 1), calls);
  return made === undefined || rest === undefined ? undefined : `${text.slice(0, start.index)}${made}${rest}`;
}

/** Where the bracket closes that was opened before a place. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`a bracket is open: ${text}`);
}

/**
 * The calls of templates.
 * @param zone the company's, of the IANA database, for calendar days
 * @param isUtc times without an offset are in UTC
 * @param now the run's start
 */
export function timeCalls({ zone, isUtc, now }: { zone: string; isUtc: boolean; now: Date }): Calls {
  // A clock's hour of one digit is two; what has a time and no offset is of UTC.
  const padded = (cell: string) =>
    `regexp_replace(trim(${cell}), '^([0-9]+-[0-9]+-[0-9]+)[ T]([0-9]):', '\\1 0\\2:')`;
  const at = (cell: string) =>
    isUtc
      ? `regexp_replace(${padded(cell)}, '^([0-9]+-[0-9]+-[0-9]+[ T][0-9:]+([.][0-9]+)?)$', '\\1Z')`
      : padded(cell);
  return {
    at,
    date_of: (cell) => `left(trim(${cell}), 10)`,
    day: (cell) =>
      `case when length(trim(${cell})) <= 10 then trim(${cell}) else strftime(timezone('${zone}', cast(${at(cell)} as timestamptz)), '%Y-%m-%d') end`,
    is: (cell) => `coalesce(lower(trim(${cell})) in ('true', '1', 'yes', 'y'), false)`,
    now: () => `timestamptz '${now.toISOString()}'`,
  };
}
