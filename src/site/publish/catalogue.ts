import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** The catalogue as the pages read it. */
// biome-ignore lint/suspicious/noExplicitAny: interim
export async function catalogueDocument(folder: string): Promise<{ kpis: any[]; fishbones: unknown }> {
  const { kpis } = parse(await readFile(join(folder, "kpis.yaml"), "utf8"));
  const { fishbones } = parse(await readFile(join(folder, "fishbones.yaml"), "utf8"));
  // biome-ignore lint/suspicious/noExplicitAny: interim
  const l = (x: any) => ({ "zh-CN": x.zh, en: x.en });
  return {
    // biome-ignore lint/suspicious/noExplicitAny: interim
    kpis: kpis.map((k: any) => ({ ...k, label: l(k.label), definition: l(k.definition), formula: l(k.formula), horizonDays: k.horizon_days ?? null, numeratorDimensions: k.numerator_dimensions ?? [] })),
    // biome-ignore lint/suspicious/noExplicitAny: interim
    fishbones: fishbones.map((f: any) => ({ ...f, label: l(f.label), successFactors: f.success_factors ?? [], branches: f.branches.map((b: any) => ({ ...b, label: l(b.label) })) })),
  };
}
