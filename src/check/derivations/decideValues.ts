import type { MathExpr } from "../../core/math/expression.js";
import { isBelow, isSameNumber, type Scalar } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { compareWritten, lastDigit, writtenAs } from "./compareWritten.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** What is said of two sides that both have a value. */
export function decideValues(
  a: MathValue,
  left: MathExpr,
  b: MathValue,
  right: MathExpr,
  relation: string,
): StepAnswer {
  const values = [a, b] as const;
  if (relation === "=" || relation === "≈" || relation === "≡") {
    const one = compareWritten(a, right, b, relation);
    const isOtherWay = one.verdict === "wrong" && lastDigit(left) !== undefined;
    const other = isOtherWay ? compareWritten(b, left, a, relation) : one;
    // Two numbers side by side are no calculation that could be wrong.
    if (other.verdict === "wrong" && isOtherWay && lastDigit(right) !== undefined) return UNCLEAR;
    const number = other.verdict === "wrong" && !isMatrix(a) ? writtenAs(a, right) : undefined;
    return {
      ...(other.verdict === "wrong" ? one : other),
      values,
      how: "numbers",
      ...(number === undefined ? {} : { rightNumber: number }),
    };
  }
  if (isMatrix(a) || isMatrix(b)) return UNCLEAR;
  const holds = ordered(a, b, relation);
  // A proof may say of two numbers what is absurd.
  if (holds === false && lastDigit(left) !== undefined && lastDigit(right) !== undefined) return UNCLEAR;
  return holds === undefined ? UNCLEAR : { verdict: holds ? "right" : "wrong", values, how: "numbers" };
}

function ordered(a: Scalar, b: Scalar, relation: string): boolean | undefined {
  switch (relation) {
    case "<":
      return isBelow(a, b);
    case ">":
      return isBelow(b, a);
    case "≤":
      return isBelow(a, b) || isSameNumber(a, b);
    case "≥":
      return isBelow(b, a) || isSameNumber(a, b);
    case "≠":
      return !isSameNumber(a, b);
    default:
      return undefined;
  }
}
