import type { Components } from "./cube.js";
export function valueOf(kpi: { kind: string; range?: [number|null, number|null]|null }, c: Components): { value: number|null; low: number|null; high: number|null } {
  const none = { value: null, low: null, high: null };
  const { numerator: x, denominator: d, n, sumSq } = c;
  const z = 1.959964;
  if (kpi.kind === "count") return { value: x, low: x - z*Math.sqrt(x), high: x + z*Math.sqrt(x) + 1 };
  if (!(d > 0)) return none;
  const p = x / d;
  if (kpi.kind === "growth") return { ...none, value: p - 1 };
  if (kpi.kind === "share" || kpi.kind === "sum") return { ...none, value: p };
  if (kpi.kind === "mean") { if (n < 2) return { ...none, value: p }; const v = Math.max(0, (sumSq - n*p*p)/(n-1)); const h = z*Math.sqrt(v/n); return { value: p, low: p-h, high: p+h }; }
  const c0 = p + z*z/(2*d), h = z*Math.sqrt(Math.max(0,p*(1-p))/d + z*z/(4*d*d)), q = 1 + z*z/d;
  return { value: p, low: (c0-h)/q, high: (c0+h)/q };
}
