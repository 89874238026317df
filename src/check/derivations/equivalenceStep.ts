import { areEquivalent, type Inequality } from "../../core/math/equivalence.js";
import { freeSymbols } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { isSameNumber, toFloat } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import { numbersOf } from "./numbersOf.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** A chain of one inequality. */
function inequalityOf({ links, relations, isLatex }: Chain): Inequality | undefined {
  const [relation, ...more] = relations;
  if (relation === undefined || more.length > 0 || !/^[<>≤≥]$/.test(relation)) return undefined;
  const [left, right] = links.map((link) => readPlainly(link, isLatex));
  return left && right ? { left, relation, right } : undefined;
}

/** What is said of two chains of which one is said to follow from the other; undefined where that is not clear. */
export function equivalenceStep(first: Chain, second: Chain): KeptStep | undefined {
  const solved = solutionStep(first, second);
  if (solved) return solved;
  const [a, b] = [inequalityOf(first), inequalityOf(second)];
  const { arrow = "⇔" } = second;
  const answer = a && b && areEquivalent(a, b, arrow === "⇒");
  if (!answer) return undefined;
  return stepOf(first, second, {
    verdict: answer.are ? "right" : "wrong",
    how: "equivalence",
    ...(answer.not ? { disagreement: answer.not } : {}),
  });
}

function stepOf(first: Chain, second: Chain, answer: StepAnswer): KeptStep {
  const print = ({ links, relations, isLatex }: Chain): string =>
    links
      .map((link, i) => {
        const e = readPlainly(link, isLatex);
        return `${e ? printMath(e) : "…"} ${relations[i] ?? ""}`;
      })
      .join(" ");
  const { from, to, arrow } = second;
  const plain = `${print(first)}${arrow} ${print(second)}`.trim();
  return { span: { from: first.from, to }, plain, answer: { ...answer, at: { from, to } } };
}

/** Parts of a number by which a solution may be off as it is rounded. */
const ROUNDED = 0.05;

/** What is said of `2x + 3 = 7 ⇒ x = 2`, where the equation has no other letter. */
function solutionStep(first: Chain, second: Chain): KeptStep | undefined {
  if (first.relations.join() !== "=" || second.relations.join() !== "=") return undefined;
  const [left, right, name, value] = [...first.links, ...second.links].map((l) => readPlainly(l, first.isLatex));
  if (!left || !right || name?.kind !== "symbol" || !value) return undefined;
  const letters = new Set([...freeSymbols(left), ...freeSymbols(right)]);
  const x = numbersOf(value, new Map());
  // A letter that is given is no equation.
  const isGiven = [left, right].some((e) => e.kind === "symbol");
  if (letters.size !== 1 || !letters.has(name.name) || x === undefined || isMatrix(x) || isGiven) return undefined;
  const [a, b] = [left, right].map((e) => numbersOf(e, new Map([[name.name, x]])));
  if (a === undefined || b === undefined || isMatrix(a) || isMatrix(b)) return undefined;
  const off = Math.abs(toFloat(a) - toFloat(b));
  if (isSameNumber(a, b)) return stepOf(first, second, { verdict: "right", how: "solution" });
  return off > ROUNDED * Math.max(Math.abs(toFloat(a)), Math.abs(toFloat(b)), 1)
    ? stepOf(first, second, { verdict: "wrong", how: "solution", values: [a, b] })
    : undefined;
}
