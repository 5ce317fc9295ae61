export const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
export const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => dot(row, vector));
export const multiply = (one: readonly (readonly number[])[], other: readonly (readonly number[])[]) =>
  one.map((row) =>
    (other[0] ?? []).map((_, column) =>
      dot(
        row,
        other.map((line) => line[column] ?? 0),
      ),
    ),
  );

/** A term that keeps less than this share of its own square beside the others is one of them. */
const independent = 1e-10;

/**
 * The inverse of a matrix of moments over the terms that the ones before do not make up, zero elsewhere
 * (Gauss–Jordan by the sweep operator, Goodnight 1979).
 */
export function invertIndependent(
  moments: readonly (readonly number[])[],
  among?: readonly boolean[],
): { inverse: number[][]; kept: boolean[] } {
  const matrix = moments.map((row) => [...row]);
  const kept = moments.map((row, at) => {
    const pivot = matrix[at]?.[at] ?? 0;
    if (among?.[at] === false || !(pivot > independent * (row[at] ?? 0))) return false;
    sweep(matrix, at);
    return true;
  });
  const inverse = matrix.map((row, at) => row.map((value, to) => (kept[at] && kept[to] ? -value : 0)));
  return { inverse, kept };
}

function sweep(matrix: number[][], at: number): void {
  const pivotRow = [...(matrix[at] ?? [])];
  const pivot = pivotRow[at] ?? 1;
  for (const [row, values] of matrix.entries()) {
    if (row === at) continue;
    const share = (values[at] ?? 0) / pivot;
    for (const column of values.keys()) {
      if (column !== at) values[column] = (values[column] ?? 0) - share * (pivotRow[column] ?? 0);
    }
    values[at] = share;
  }
  matrix[at] = pivotRow.map((value, column) => (column === at ? -1 / pivot : value / pivot));
}
