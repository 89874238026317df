import { printMath } from "../../core/math/printMath.js";
import { leastNorm } from "../../core/math/solve.js";
import { isMatrix, type MathValue, type MatrixOfNumbers, sizeOf } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Given } from "../quantities/given.js";
import { compareWritten } from "./compareWritten.js";
import { numbersOf } from "./decideStep.js";
import type { KeptStep } from "./stepCache.js";

const SOLUTION = /least[- ](?:squares|norm)|(?:minimum|minimal|smallest)[- ]norm|pseudo-?inverse|normal equation/i;

/** Words with which another solution may be meant. */
const OTHER = /ridge|regulari|penal|dropout|weighted|intercept|bias|offset|cent(?:er|re)|lambda|λ|noise/i;

/** What is said of numbers that a document gives for the weights of a least-squares problem with a matrix and targets that it has given. */
export function leastSquaresStep(
  chain: Chain,
  { values }: { readonly values: ReadonlyMap<string, MathValue> },
  given: Given,
): KeptStep | undefined {
  const [left, right] = chain.links;
  if (!left || !right || !SOLUTION.test(given.paragraph) || !/^[=≈]$/.test(chain.relations[0] ?? "")) return undefined;
  const [name, written] = [left, right].map((link) => readLink(link, plainReading(chain.isLatex)));
  const is = written?.kind === "matrix" ? numbersOf(written, new Map()) : undefined;
  if (name?.kind !== "symbol" || !/^[wβθ]\p{M}?(?:_\w+|\^\W)?$/u.test(name.name)) return undefined;
  if (!written || is === undefined || !isMatrix(is)) return undefined;
  const problem = problemOf(values);
  const value = problem && leastNorm(...problem);
  if (value === undefined || !isMatrix(value) || sizeOf(value).join() !== sizeOf(is).join()) return undefined;
  const comparison = compareWritten(value, written, is, "=");
  const isWrong = comparison.verdict === "wrong";
  if (isWrong && (!SOLUTION.test(given.before) || OTHER.test(given.paragraph))) return undefined;
  return {
    answer: {
      ...comparison,
      at: { from: right.from, to: right.to },
      values: [value, is],
      how: isWrong ? "numbers" : "quantity",
      ...(isWrong ? {} : { quantity: { name: "the shortest solution of the least-squares problem", say: "" } }),
    },
    span: { from: left.from, to: right.to },
    plain: `${name.name} = ${printMath(written)}`,
  };
}

/** The matrix and the targets of a problem: X and y, or x as the only row. */
function problemOf(values: ReadonlyMap<string, MathValue>): readonly [MatrixOfNumbers, MatrixOfNumbers] | undefined {
  const [x = values.get("x"), y] = ["X", "y"].map((name) => values.get(name));
  if (x === undefined || y === undefined || !isMatrix(x)) return undefined;
  const rows = values.has("X") ? x.rows : [x.rows.flat()];
  const targets = isMatrix(y) ? y.rows.flat() : rows.map(() => y);
  return targets.length === rows.length ? [{ rows }, { rows: targets.map((v) => [v]) }] : undefined;
}
