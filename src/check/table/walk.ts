import type { Habit } from "./done.js";
import type { Judged, Worked } from "./judge.js";
import type { Layout } from "./layouts.js";
import type { ListFacts } from "./listFacts.js";
import type { ParsedRow } from "./parsedRow.js";
import type { Reading } from "./stepReadings.js";
import { type Volume, volumeKey } from "./volume.js";
import { judgeRow, type RowOutcome } from "./walkRow.js";

/** One row of an explanation: what was made of it. */
export interface RowResult {
  readonly row: ParsedRow;
  readonly worked: Worked | undefined;
  readonly input: Volume | undefined;
  readonly verdicts: readonly Judged[];
}

/** An explanation of a table so far: what flows on, rightly and by the student's own numbers, and which cells are wrong. */
export interface Path {
  readonly right: Volume | undefined;
  readonly own: Volume | undefined;
  readonly cost: number;
  readonly wrong: string;
  /** Rows so far that follow from a wrong one. */
  readonly following: number;
  readonly last: { readonly result: RowResult; readonly before: Path["last"] } | undefined;
  /** What rows before said came out, for layers that branch off from them. */
  readonly stated: readonly Volume[];
}

/** What is the same for all of a table's rows. */
export interface Setting {
  readonly layout: Layout;
  readonly habit: Habit;
  /** The input that a directive gives. */
  readonly input: Volume | undefined;
  /** Where the rows are a list in a text, and no table. */
  readonly list: ListFacts | undefined;
  readonly hasPools: boolean;
  readonly hasNorms: boolean;
  readonly hasFlatten: boolean;
  /** Completed layers, by row and what flows in. */
  readonly known: Map<ParsedRow, Map<string, readonly Reading[]>>;
  /** Steps that may still be taken. */
  readonly budget: { left: number };
}

/** Explanations this much worse than the best are given up, and no more than so many are kept. */
const GIVE_UP = 1.3;
const MOST_PATHS = 16;

/** What it costs that a row follows from a wrong one. */
const FOLLOWS = 0.08;

/** The cheapest explanations of a table up to a cost, the best first; none where the steps do not suffice. */
export function walk(rows: readonly ParsedRow[], setting: Setting, limit: number): readonly Path[] {
  let paths: readonly Path[] = [
    {
      right: setting.input,
      own: setting.input,
      cost: 0,
      wrong: "",
      following: 0,
      last: undefined,
      stated: setting.input ? [setting.input] : [],
    },
  ];
  for (const [i, row] of rows.entries()) {
    const next = new Map<string, Path>();
    for (const path of row.row.isFirstOfBranch ? paths.map(cutOff) : paths) {
      for (const outcome of judgeRow(row, rows[i + 1], path, setting)) {
        const extended = extend(path, outcome, row);
        const key = `${volumeKey(extended.right)} ${volumeKey(extended.own)} ${extended.wrong}`;
        const known = next.get(key);
        if (!known || extended.cost < known.cost - 1e-9) next.set(key, extended);
      }
      if (setting.budget.left < 0) return [];
    }
    const sorted = [...next.values()].sort((a, b) => a.cost - b.cost);
    const best = sorted[0]?.cost ?? 0;
    paths = sorted.filter((p) => p.cost <= Math.min(limit, best + GIVE_UP)).slice(0, MOST_PATHS);
  }
  return paths;
}

/** An explanation in which nothing flows on. */
const cutOff = (path: Path): Path => ({ ...path, right: undefined, own: undefined, stated: [] });

function extend(path: Path, outcome: RowOutcome, row: ParsedRow): Path {
  const wrong = outcome.verdicts.filter((v) => v.status === "wrong").map((v) => `${v.claim.claim.cell.span.from};`);
  // The plainer of two explanations wins, but a long table that follows from one wrong cell stays one mistake.
  const follows = outcome.verdicts.some((v) => v.status === "follows");
  const price = follows && path.following < 3 ? FOLLOWS : 0;
  const said = outcome.own ?? outcome.right;
  return {
    right: outcome.right,
    own: outcome.own,
    cost: path.cost + outcome.cost + price,
    following: path.following + (follows ? 1 : 0),
    wrong: path.wrong + wrong.join(""),
    last: {
      result: { row, worked: outcome.worked, input: outcome.input, verdicts: outcome.verdicts },
      before: path.last,
    },
    stated: said ? [...path.stated, said].slice(-12) : path.stated,
  };
}

/** An explanation's rows, from the first. */
export function resultsOf(path: Path): readonly RowResult[] {
  const results: RowResult[] = [];
  for (let last = path.last; last; last = last.before) results.unshift(last.result);
  return results;
}
