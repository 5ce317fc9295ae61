export type Unit = "percent" | "score" | "minutes" | "hours" | "count" | "money" | "nps";

/** A value with what is known of its uncertainty; digits follow the interval's width. */
export interface Measured {
  value: number | null;
  low?: number | null;
  high?: number | null;
}

/** Decimals such that the last one is about the size of the interval's half-width, within what people read. */
export function digitsOf(unit: Unit, { value, low, high }: Measured): number {
  if (unit === "count" || unit === "money") return 0;
  const scale = unit === "percent" ? 100 : 1;
  const half = low != null && high != null ? ((high - low) / 2) * scale : null;
  if (unit === "minutes" || unit === "hours")
    return (half === null ? Math.abs(value ?? 0) >= 100 : half >= 5) ? 0 : 1;
  if (half === null) return 1;
  if (half >= 10) return 0;
  return half < 0.2 ? 2 : 1;
}
