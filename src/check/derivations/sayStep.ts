import type { Misfit } from "../../core/math/conformity.js";
import type { Disagreement } from "../../core/math/equivalence.js";
import { isOne, type MatrixShape } from "../../core/math/matrixShape.js";
import type { Repair } from "../../core/math/nearMiss.js";
import { printMath } from "../../core/math/printMath.js";
import {
  printDecimal,
  printExactly,
  printScalar,
  printToDigits,
  printUnlike,
  printValue,
} from "../../core/math/printValue.js";
import { toFloat } from "../../core/math/scalar.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import type { Reveal } from "../finding.js";
import type { StepAnswer } from "./stepAnswer.js";

const MISTAKES: Readonly<Record<Repair["mistake"], string>> = {
  sign: "a sign is the other way round",
  factor: "a factor is missing, or one too many",
  number: "a number is off",
  symbol: "a letter stands where another one belongs",
  power: "a power is off",
  transpose: "a transpose is missing, or one too many",
  order: "two parts stand in the wrong order",
  rounding: "it is rounded up where it has to be rounded down, or the other way round",
};

/** Characters of what would be right, beyond which it is not written out. */
const MAX_REPAIR = 70;

/** What is said to the student of a wrong step: how its sides differ, and what would be right. */
export function sayWrong(answer: StepAnswer, reveal: Reveal): string {
  if (reveal === "verdict") return "This step does not hold.";
  const { repair, misfit, shapes, quantity, mistake } = answer;
  if (answer.disagreement) return sayDisagreement(answer.disagreement, reveal);
  if (answer.how === "growth") return "The left side does not grow like that: their ratio does not settle.";
  if (quantity) return sayOtherQuantity(quantity, answer, reveal);
  if (misfit) return sayMisfit(misfit, reveal);
  if (shapes && answer.how === "size" && reveal === "answer")
    return `It is ${sayShape(shapes[0])}, not ${sayShape(shapes[1])}.`;
  if (shapes && reveal === "answer")
    return `The left side is ${sayShape(shapes[0])}, the right side ${sayShape(shapes[1])}.`;
  const right = repair && reveal === "answer" ? printMath(repair.expr) : "";
  const how = right !== "" && right.length <= MAX_REPAIR ? `: it holds with ${right}` : "";
  const hint = mistake ? ` Perhaps ${mistake}.` : repair ? ` Perhaps ${MISTAKES[repair.mistake]}${how}.` : "";
  if (reveal === "hint") return `This step does not hold.${hint}`;
  return `${sayDifference(answer)}${hint}`;
}

/** `For W = 7, K = 2 this is 3, but the output size is 2: rounded up. Right is …`. */
function sayOtherQuantity(
  { name, say, right }: NonNullable<StepAnswer["quantity"]>,
  { repair, counterexample }: StepAnswer,
  reveal: Reveal,
): string {
  const why = say !== "" ? say : repair ? MISTAKES[repair.mistake] : "";
  const reason = why === "" ? "" : `: ${why}`;
  if (reveal === "hint") return `This is not ${name}${reason}.`;
  if (!counterexample) return `This is not ${name}${reason}. Right is ${right}.`;
  const { at, left, right: own } = counterexample;
  const where = [...at].map(([letter, value]) => `${letter} = ${printScalar(value)}`).join(", ");
  return `For ${where} this gives ${printValue(own)}, but ${name} is ${printValue(left)}${reason}. Right is ${right}.`;
}

function sayDisagreement({ at, isFirst }: Disagreement, reveal: Reveal): string {
  if (reveal === "hint") return "These two do not hold for the same values.";
  const where = [...at].map(([letter, value]) => `${letter} = ${printScalar(value)}`).join(", ");
  return `For ${where} the ${isFirst ? "first" : "second"} holds and the ${isFirst ? "second" : "first"} does not.`;
}

const sayShape = (shape: MatrixShape | undefined): string =>
  // Sizes that nobody has named are not for reading.
  shape && /^#/.test(printMath(shape.rows) + printMath(shape.columns).replace(/^#/, ""))
    ? isOne(shape.columns)
      ? "a column"
      : "a matrix"
    : shape
      ? `${printMath(shape.rows)} × ${printMath(shape.columns)}`
      : "a number";

/** `W has d_in columns, but W has d_out rows.` */
function sayMisfit({ left, right, sizes, how }: Misfit, reveal: Reveal): string {
  if (reveal === "hint") return "These matrices do not fit together.";
  const [a, b] = sizes.map(printMath);
  const [l, r] = [printMath(left), printMath(right)];
  return how === "product"
    ? `${l} has ${a} column${a === "1" ? "" : "s"}, but ${r} has ${b} row${b === "1" ? "" : "s"}: they cannot be multiplied in this order.`
    : `${l} and ${r} have different shapes (${a} against ${b}): they cannot be added.`;
}

function sayDifference({ values, entry, counterexample, how }: StepAnswer): string {
  if (counterexample) {
    const { at, left, right } = counterexample;
    // Of matrices that are drawn at random, the values say nothing.
    if (isMatrix(left)) return "This step does not hold: the two sides differ for matrices of these shapes.";
    // Letters for sizes that nobody has named are not for reading.
    const named = [...at].filter(([name]) => !name.startsWith("#"));
    const where = named.map(([name, value]) => `${name} = ${printScalar(value)}`).join(", ");
    const say = where === "" ? "" : `for ${where} `;
    return `This step does not hold: ${say}the left side is ${printValue(left)} and the right side ${printValue(right)}.`;
  }
  if (!values || values[0] === values[1]) return "This step does not hold.";
  const [a, b] = values;
  if (how === "solution")
    return `This does not solve the equation before it: its left side becomes ${printValue(a)}, its right side ${printValue(b)}.`;
  if (entry && isMatrix(a) && isMatrix(b)) {
    const [i, j] = entry;
    const [x, y] = [a.rows[i - 1]?.[j - 1], b.rows[i - 1]?.[j - 1]];
    const isColumn = a.rows.every((row) => row.length === 1);
    const place = isColumn ? `Entry ${i}` : `The entry in row ${i}, column ${j}`;
    if (x !== undefined && y !== undefined) return `${place} is ${printScalar(x)}, not ${printScalar(y)}.`;
  }
  const digits = printToDigits(a, b);
  if (digits) return `The left side is ${digits[0]}, the right side ${digits[1]}.`;
  // Beside a decimal, a decimal is easier to compare.
  const isFraction = isMatrix(a) || printValue(b).includes("/");
  return `The left side is ${isFraction ? printValue(a) : printDecimal(a)}, the right side ${printValue(b)}.`;
}

/** Whether a number is not the nearest one to another of as many decimals. */
function isCutOff(value: MathValue, written: MathValue): boolean {
  if (isMatrix(value) || isMatrix(written)) return false;
  const [x, y] = [toFloat(value), toFloat(written)];
  const [, decimals] = /^\d+\.(\d+)$/.exec(String(Math.abs(y))) ?? [];
  return decimals !== undefined && decimals.length < 12 && Math.abs(x - y) > 0.501 * 10 ** -decimals.length;
}

/** How a right step was found to be so. */
export function sayRight({ how, values, verdict, quantity }: StepAnswer): string {
  if (quantity) return `This is ${quantity.name}${quantity.say === "" ? "" : `, ${quantity.say}`}.`;
  if (how === "equivalence") return "Both hold for the same values of their letters, wherever it was tried.";
  if (how === "solution") return "This solves the equation before it.";
  if (how === "growth") return "Both sides grow alike: their ratio settles.";
  if (how === "identity") return "Both sides are the same for every value of their letters that was tried.";
  if (values && verdict === "rounded") {
    const [usual, written] = printToDigits(...values) ?? [printExactly(values[0]), printValue(values[1])];
    const exact = usual === written ? (printUnlike(values[0], written) ?? usual) : usual;
    return `${exact} is ${written} ${isCutOff(...values) ? "where it is cut off, and not rounded" : "to the digits that are written"}.`;
  }
  if (values && !isSameValue(...values))
    return `The left side is ${printValue(values[0])}, the right side ${printValue(values[1])}.`;
  return values ? `Both sides are ${printValue(values[0])}.` : "Both sides are the same.";
}
