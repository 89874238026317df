import { type Chain, readPlainly } from "../../read/math/chains.js";
import type { Given } from "../quantities/given.js";
import { SAYS_CONVOLUTION } from "./convolutionStep.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** What stands in a matrix of letters that is not what a convolution has there. */
interface Slip {
  readonly row: number;
  readonly column: number;
  readonly is: string;
  readonly right: string;
  /** Whether the first filter stands where another one belongs. */
  readonly isFirst: boolean;
}

/**
 * What is said of a matrix of letters that stands for a convolution, `(w_{111} w_{112} 0 | …)`: its first row says what the kernel is called,
 * each row has that one place further on, and each further filter has the next index. Undefined for any other matrix.
 */
function answerFor(names: readonly (readonly string[])[], isOfFilters: boolean): StepAnswer | undefined {
  const [first = []] = names;
  const letters = first.filter((name) => name !== "");
  const kernel = first.indexOf("");
  const next = first.findIndex((name, i) => i > kernel && name !== "");
  const size = next < 0 ? first.length : next;
  const output = size - kernel + 1;
  const filters = names.length / output;
  const isBanded = names.every((row, r) =>
    row.every((name, c) => {
      const place = (c % size) - (r % output);
      return (name !== "") === (place >= 0 && place < kernel);
    }),
  );
  if (kernel < 2 || !isBanded || filters % 1 > 0 || first.length % size > 0 || new Set(letters).size < letters.length)
    return undefined;
  const index = first.some((name) => name.includes(",")) ? /\d+/g : /\d/g;
  const [own = [], ...others] = letters.map((name) => name.match(index) ?? []);
  // Where there are more filters, an index that is the same in the whole first row counts them.
  const ways = filters > 1 ? own.flatMap((d, i) => (others.every((o) => o[i] === d) ? [i] : [])) : [-1];
  const slips = ways.map((way) =>
    names.flatMap((row, r) =>
      row.flatMap((is, column): readonly Slip[] => {
        let i = -1;
        const raised = (d: string): string => (++i === way ? `${Number(d) + Math.floor(r / output)}` : d);
        const own = first[column - (r % output)] ?? "";
        const right = own.replace(index, raised);
        return is === "" || is === right ? [] : [{ row: r + 1, column: column + 1, is, right, isFirst: is === own }];
      }),
    ),
  );
  const [best] = slips.toSorted((a, b) => a.length - b.length);
  const [slip] = best ?? [];
  // What differs in more places is another matrix.
  const most = letters.length * (names.length - 1);
  if (!best || (best.length * 3 > most && !(isOfFilters && best.every((s) => s.isFirst)))) return undefined;
  const quantity = { name: "the matrix of a convolution", say: "" };
  if (!slip) return { verdict: "right", how: "quantity", quantity };
  const { row, column, is, right } = slip;
  const say = `the entry in row ${row}, column ${column} is of another filter or place`;
  return { verdict: "wrong", how: "quantity", quantity: { ...quantity, say, right: `${right}, not ${is}` } };
}

/** What is said of the matrix of a convolution to which a chain gives a name: `A = …`. */
export function slidingMatrix({ links: [left, right], isLatex }: Chain, given: Given): KeptStep | undefined {
  if (!left || !right?.tokens.some((t) => t.text === "0")) return undefined;
  const e = readPlainly(right, isLatex);
  const names = e?.kind === "matrix" ? e.rows.map((row) => row.map((x) => (x.kind === "symbol" ? x.name : ""))) : [];
  const areLetters =
    e?.kind === "matrix" && e.rows.flat().every((x) => x.kind === "symbol" || (x.kind === "number" && x.text === "0"));
  const answer =
    areLetters && SAYS_CONVOLUTION.test(given.context)
      ? answerFor(names, /filters|kernels|channels/i.test(given.context))
      : undefined;
  const at = { from: right.from, to: right.to };
  return answer && { answer: { ...answer, at }, span: { from: left.from, to: right.to }, plain: "" };
}
