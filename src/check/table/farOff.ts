import type { Explained } from "./explainTable.js";
import type { Judged } from "./judge.js";
import type { RowResult } from "./walk.js";

/** Whether it is the reading of a table that is wrong, because most of what is wrong has no name, or nothing bears the reading out. */
export function isFarOff({ best }: Explained): boolean {
  const judged = best.results.flatMap((r) => r.verdicts).filter((v) => v.status !== "unknown");
  const unnamed = judged.filter((v) => v.status === "wrong" && !v.mistake).length;
  if (unnamed > Math.max(2, judged.length / 3)) return true;
  // Nothing is said of a table in which no count and no size bears the reading out.
  const borneOut = best.results.flatMap((r) =>
    r.verdicts.filter((v) => v.status !== "wrong" && v.status !== "unknown" && bearsOut(v, r)),
  );
  return unnamed > borneOut.length;
}

/** Whether a right cell speaks for the reading: a count of something, or sizes that the row does not simply hand on. */
function bearsOut({ claim, right }: Judged, { worked }: RowResult): boolean {
  if (typeof right === "number") return right > 0 && claim.claim.kind !== "size";
  return (
    worked?.right.some((s) =>
      s.given.kind === "linear" ? s.given.filters !== undefined : !["keep", "norm", "batchnorm"].includes(s.given.kind),
    ) ?? false
  );
}
