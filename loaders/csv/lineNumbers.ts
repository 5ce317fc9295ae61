/** Physical lines of a text's sound records, by their ordinals from 0. */
export class LineNumbers {
  /** @param breaks ordinals from which on `line = ordinal + shift`, ascending */
  constructor(readonly breaks: { ordinal: number; shift: number }[] = []) {}

  /** Books that the records from an ordinal on, till the next such call, stand on a line and those right behind it. */
  from(ordinal: number, line: number): void {
    const shift = line - ordinal;
    if (this.breaks.at(-1)?.shift !== shift) this.breaks.push({ ordinal, shift });
  }

  of(ordinal: number): number {
    let low = 0;
    let high = this.breaks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.breaks[middle]?.ordinal ?? 0) <= ordinal) low = middle + 1;
      else high = middle;
    }
    return ordinal + (this.breaks[low - 1]?.shift ?? 0);
  }
}
