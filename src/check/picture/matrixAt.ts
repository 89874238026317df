/** Rows of numbers, all as long as the first. */
export type Rows = readonly (readonly number[])[];

/** Characters around a place in which a matrix is looked for. */
const AROUND = 4000;

/** The matrix of numbers around an offset, as Python or LaTeX writes one, or as rows of a text that is chosen; undefined where there is none. */
export function matrixAt(text: string, offset: number): Rows | undefined {
  const from = Math.max(0, offset - AROUND);
  const near = text.slice(from, offset + AROUND);
  const at = offset - from;
  for (const form of FORMS) {
    for (const match of near.matchAll(form)) {
      if (match.index > at || match.index + match[0].length < at) continue;
      const rows = rowsOf(match[1] ?? match[0]);
      if (rows) return rows;
    }
  }
  return undefined;
}

/** The rows of numbers of a text, in any of the forms. */
export function rowsOf(text: string): Rows | undefined {
  const lists = [...text.matchAll(/[[(]([^[\]()]*)[\])]/g)].map((match) => match[1] ?? "");
  const lines = lists.length > 0 ? lists : text.split(/\\\\|[;\n]/);
  const rows = lines
    .map((line) =>
      line
        .replaceAll("−", "-")
        .split(/[\s,&]+/)
        .filter((word) => word !== ""),
    )
    .filter((words) => words.length > 0)
    .map((words) => words.map(Number));
  const width = rows[0]?.length ?? 0;
  const isWhole = rows.every((row) => row.length === width && row.every(Number.isFinite));
  return width > 0 && isWhole ? rows : undefined;
}

const FORMS: readonly RegExp[] = [
  /\\begin\{[a-zA-Z]*(?:matrix|array)\*?\}(?:\{[^}]*\})?([\s\S]*?)\\end\{[a-zA-Z]*(?:matrix|array)\*?\}/g,
  /\[\s*(?:[[(][^[\]()]*[\])]\s*,?\s*)+\]/g,
  /\[[-\d\s.,;+−]*\]/g,
];
