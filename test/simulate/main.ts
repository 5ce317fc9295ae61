import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorRate, powerOfPlan, segmentedCoverage } from "./errors.js";
import type { World } from "./world.js";

/** Where the results are kept, for a page to say them. */
const results = fileURLToPath(new URL("../../src/analysis/benefit/errorRates.json", import.meta.url));

const kinds = ["mean", "rate", "count"] as const;
const runs = Number(process.argv[2] ?? 2000);
let seed = 1;
const next = () => seed++ / 1000;

const worlds: World[] = kinds.flatMap((kind) =>
  [0, 0.1, 0.3].flatMap((icc) =>
    [2, 5, 10, 20, 30, 40, 60, 100, 200].map((clusters) => ({ kind, icc, clusters })),
  ),
);
const alone: World[] = kinds.flatMap((kind) =>
  [0, 0.3].map((icc) => ({ kind, icc, clusters: 60, isCompared: false })),
);
const shifted: World[] = (["mean", "rate"] as const).flatMap((kind) =>
  [0, 0.3].map((icc) => ({ kind, icc, clusters: 100, isMixShifted: true })),
);
const planned: World[] = kinds.flatMap((kind) => [0, 0.1, 0.3].map((icc) => ({ kind, icc, clusters: 100 })));
const ofLengths: World[] = [45, 150, 365].flatMap((followUpDays) =>
  [0, 0.3].map((icc) => ({ kind: "count" as const, icc, clusters: 100, followUpDays })),
);

const found = {
  none: worlds.map((world) => errorRate(world, runs, next())),
  alone: alone.map((world) => errorRate(world, runs, next())),
  mix_shift: shifted.map((world) => errorRate(world, runs, next())),
  planned: [
    ...planned.map((world) => powerOfPlan(world, runs, next())),
    ...ofLengths.map((world, at) => powerOfPlan(world, runs, (seed + at) / 1000)),
  ],
  segmented: segmentedCoverage(runs, next()),
};
writeFileSync(results, `${JSON.stringify(found, null, 2)}\n`);
for (const [name, rows] of Object.entries(found))
  for (const row of [rows].flat()) process.stdout.write(`${name} ${JSON.stringify(row)}\n`);
