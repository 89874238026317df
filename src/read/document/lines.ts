/** A line of a text, without its line break. */
export interface Line {
  readonly from: number;
  readonly to: number;
  /** Its number, from 0. */
  readonly line: number;
}

/** The lines of a text. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from <= text.length) {
    let to = text.indexOf("\n", from);
    if (to < 0) to = text.length;
    const end = to > from && text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    lines.push({ from, to: end, line: lines.length });
    from = to + 1;
  }
  return lines;
}

/** The number of the line that an offset stands in, from 0. */
export function lineAt(lines: readonly Line[], offset: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
