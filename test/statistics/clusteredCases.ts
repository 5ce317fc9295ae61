import type { Cell, CellPair, ClusteredCases } from "../../src/statistics/clustered.js";

export interface Case {
  cluster: string | number;
  terms: readonly number[];
  weight: number;
  sum: number;
}

/** The sums that a regression is made of, from its cases one by one: what the program has SQL do. */
export function clusteredCases(cases: readonly Case[]): ClusteredCases {
  const cells = new Map<string, Cell>();
  for (const { terms, weight, sum } of cases) {
    const cell = cells.get(terms.join()) ?? { terms, weight: 0, sum: 0 };
    cells.set(terms.join(), { terms, weight: cell.weight + weight, sum: cell.sum + sum });
  }
  const order = [...cells.keys()];
  const clusters = new Map<string | number, { weight: number; off: number }[]>();
  for (const { cluster, terms, weight, sum } of cases) {
    const own = clusters.get(cluster) ?? order.map(() => ({ weight: 0, off: 0 }));
    const { weight: all, sum: total } = cells.get(terms.join()) as Cell;
    const at = own[order.indexOf(terms.join())] as { weight: number; off: number };
    at.weight += weight;
    at.off += sum - (weight * total) / all;
    clusters.set(cluster, own);
  }
  const pairs: CellPair[] = [];
  order.forEach((_, one) => {
    for (let other = one; other < order.length; other += 1) {
      const pair = { deviations: 0, deviationByWeight: 0, weightByDeviation: 0, weights: 0 };
      for (const own of clusters.values()) {
        const [a, b] = [own[one], own[other]] as { weight: number; off: number }[];
        if (!a || !b) continue;
        pair.deviations += a.off * b.off;
        pair.deviationByWeight += a.off * b.weight;
        pair.weightByDeviation += a.weight * b.off;
        pair.weights += a.weight * b.weight;
      }
      pairs.push({ cells: [one, other], ...pair });
    }
  });
  return { cells: [...cells.values()], pairs, clusters: clusters.size, observations: cases.length };
}
