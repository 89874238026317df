import { areEquivalent, type Inequality } from "../../core/math/equivalence.js";
import { printMath } from "../../core/math/printMath.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { KeptStep } from "./stepCache.js";

/** A chain of one inequality. */
function inequalityOf({ links, relations, isLatex }: Chain): Inequality | undefined {
  const [relation, ...more] = relations;
  if (relation === undefined || more.length > 0 || !/^[<>≤≥]$/.test(relation)) return undefined;
  const [left, right] = links.map((link) => readLink(link, plainReading(isLatex)));
  return left && right ? { left, relation, right } : undefined;
}

/** What is said of two inequalities that are said to hold for the same values; undefined where that is not clear. */
export function equivalenceStep(first: Chain, second: Chain): KeptStep | undefined {
  const [a, b] = [inequalityOf(first), inequalityOf(second)];
  const answer = a && b && areEquivalent(a, b);
  if (!answer) return undefined;
  const print = ({ left, relation, right }: Inequality): string => `${printMath(left)} ${relation} ${printMath(right)}`;
  return {
    span: { from: first.from, to: second.to },
    plain: `${print(a)} ⇔ ${print(b)}`,
    answer: {
      verdict: answer.are ? "right" : "wrong",
      how: "equivalence",
      at: { from: second.from, to: second.to },
      ...(answer.not ? { disagreement: answer.not } : {}),
    },
  };
}
