import { literal } from "../engine/sql.js";
/** Draws as SQL: the same index, name and seed always give the same number, whatever the thread or batch. */
export interface Dice {
  /** A uniform draw in [0, 1) for the integer expression `index`; `name` keeps draws independent. */
  uniform(index: string, name: string): string;
  /** A whole number in [0, count). */
  pick(index: string, name: string, count: number | string): string;
  /** One of the given texts, evenly. */
  oneOf(index: string, name: string, values: readonly string[]): string;
  /** One of the keys, by its weight (any positive numbers). */
  weighted(index: string, name: string, weights: Readonly<Record<string, number>>): string;
  /** A draw around 0 with standard deviation 1: the sum of three uniforms, so never beyond ±3. */
  bell(index: string, name: string): string;
}

/** Dice whose draws depend on the seed alone. */
export function dice(seed: number): Dice {
  const uniform = (index: string, name: string) =>
    `((hash((${index})::bigint + ${salt(seed, name)}) // 2048)::double / 9007199254740992)`;
  const pick = (index: string, name: string, count: number | string) =>
    `floor(${uniform(index, name)} * ${count})::bigint`;
  return {
    uniform,
    pick,
    oneOf: (index, name, values) =>
      `([${values.map(literal).join(", ")}])[${pick(index, name, values.length)} + 1]`,
    weighted: (index, name, weights) => weightedCase(uniform(index, name), weights),
    bell: (index, name) =>
      `(2 * (${uniform(index, `${name} 1`)} + ${uniform(index, `${name} 2`)} + ${uniform(index, `${name} 3`)} - 1.5))`,
  };
}

function weightedCase(draw: string, weights: Readonly<Record<string, number>>): string {
  const entries = Object.entries(weights);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  const branches = entries.slice(0, -1).map(([value, weight]) => {
    reached += weight / total;
    return `when draw < ${reached.toFixed(6)} then ${literal(value)}`;
  });
  const last = entries.at(-1)?.[0] ?? "";
  const expression = branches.join(" ").replaceAll("draw", draw);
  return branches.length === 0 ? literal(last) : `(case ${expression} else ${literal(last)} end)`;
}

/** FNV-1a over the name and the seed, as a number far above any row index (62 bits). */
function salt(seed: number, name: string): string {
  let state = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(`${seed} ${name}`)) {
    state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n);
  }
  return (state >> 2n).toString();
}
