import type { Unit } from "../loadTable.js";
import type { PlannedMapping, PlannedSource } from "../plan.js";
import type { GoneOn, Move, StoodUnit } from "./tables.js";

/** A file, or a `select`, that feeds a table. */
export interface Step {
  source: PlannedSource;
  mapping: PlannedMapping;
  file: string | null;
}

/** The files of a table in their order, of which some stand in it and others have come. */
interface InOrder {
  units: Pick<Unit, "source" | "base" | "rows" | "cells">[];
  moves: Move[];
  /** What is to be noted of all of them; undefined where of one nothing may. */
  noted: StoodUnit[] | undefined;
  /** Those that stand. */
  taken: { source: PlannedSource; file: string; unit: StoodUnit; unchanged(): void }[];
}

/**
 * Puts files that stand in a table and those that have come into the order in which all of them would be loaded.
 * @param now the run's start: what stands is as this run would have it
 */
export function inOrderOf(
  steps: readonly Step[],
  { stood }: GoneOn,
  come: { units: readonly Unit[]; noted: readonly StoodUnit[] | undefined },
  now: Date,
): InOrder {
  const units: InOrder["units"] = [];
  const moves: Move[] = [];
  const noted: StoodUnit[] = [];
  const taken: InOrder["taken"] = [];
  let [base, from, next] = [0, 0, 0];
  for (const [at, { source, file }] of steps.entries()) {
    const known = stood.get(at);
    if (known && file !== null) {
      const { unit } = known;
      const rows = unit.count.accepted;
      moves.push({ isCome: false, from, to: base, rows });
      units.push({ source, base, rows, cells: new Map(unit.cells) });
      noted.push({ ...unit, runStart: now.toISOString() });
      taken.push({ source, file, ...known });
      from += rows;
      base += rows;
    } else {
      const unit = come.units[next] as Unit;
      const note = come.noted?.[next];
      moves.push({ isCome: true, from: unit.base, to: base, rows: unit.rows });
      units.push({ ...unit, base });
      if (note) noted.push(note);
      next += 1;
      base += unit.rows;
    }
  }
  return { units, moves, noted: noted.length === steps.length ? noted : undefined, taken };
}
