import type { ModelRow } from "./tableModel.js";

/** Headers of columns that say on which of several ways between the same two places a layer lies. */
const HEADER = /^\W*(?:branch(?:es)?|paths?|towers?|streams?|zweig|branche|rama)\W*$/i;

/** Rows of which those are marked that begin a branch: they read what nobody knows here. */
export function withBranches(rows: readonly ModelRow[], headers: readonly string[]): readonly ModelRow[] {
  const column = headers.findIndex((h) => HEADER.test(h));
  if (column < 0) return rows;
  // `2a` and `2b` are one branch.
  const branch = (row: ModelRow | undefined): string =>
    /\d+|\p{L}+/u.exec(row?.row.cells[column]?.text ?? "")?.[0] ?? "";
  const isInput = (row: ModelRow | undefined): boolean => row?.readings[0]?.steps[0]?.kind === "input";
  return rows.map((row, i) => {
    const before = rows[i - 1];
    const isFirst = row.role === "layer" && before && !isInput(before) && branch(row) !== branch(before);
    return isFirst ? { ...row, isFirstOfBranch: true } : row;
  });
}
