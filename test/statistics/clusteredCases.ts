import type { ClusteredCases } from "../../src/statistics/clustered.js";

export interface Case {
  cluster: string | number;
  terms: readonly number[];
  weight: number;
  sum: number;
}

/** The sums that a regression is made of, from its cases one by one: what the program has SQL do. */
export function clusteredCases(cases: readonly Case[]): ClusteredCases {
  const cells = new Map<string, { at: number; terms: readonly number[] }>();
  const parts = new Map<string, { cluster: number; cell: number; weight: number; sum: number }>();
  const clusters = [...new Set(cases.map(({ cluster }) => cluster))];
  for (const { cluster, terms, weight, sum } of cases) {
    const key = terms.join();
    const cell = cells.get(key) ?? { at: cells.size, terms };
    cells.set(key, cell);
    const number = clusters.indexOf(cluster);
    const part = parts.get(`${number} ${cell.at}`) ?? { cluster: number, cell: cell.at, weight: 0, sum: 0 };
    part.weight += weight;
    part.sum += sum;
    parts.set(`${number} ${cell.at}`, part);
  }
  const rows = [...parts.values()].sort((one, other) => one.cluster - other.cluster);
  return {
    terms: [...cells.values()].map(({ terms }) => terms),
    parts: {
      clusters: rows.map(({ cluster }) => cluster),
      cells: rows.map(({ cell }) => cell),
      weights: rows.map(({ weight }) => weight),
      sums: rows.map(({ sum }) => sum),
    },
    observations: cases.length,
  };
}
