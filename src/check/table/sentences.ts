import { printCount } from "../../core/dims/print.js";
import { explain } from "../../core/layer/explain.js";
import type { Reveal } from "../finding.js";
import { sayVolume } from "./cellStyle.js";
import type { Done, Habit } from "./done.js";
import type { Judged } from "./judge.js";
import type { Layout } from "./layouts.js";
import { countOf, flattened, isKnown, type Volume } from "./volume.js";
import type { RowResult } from "./walk.js";

/** What a sentence is about, and how much it may give away. */
export interface Telling {
  readonly layout: Layout;
  readonly habit: Habit;
  readonly reveal: Reveal;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const count = (n: number, one: string, many: string): string => `${printCount(n)} ${n === 1 ? one : many}`;

/** `10·(3·3·10 + 1)`, with the other layers' parts added. */
function paramsArithmetic(
  steps: readonly Done[],
  habit: Habit,
  kind: Judged["claim"]["claim"]["kind"],
  right: number,
): string | undefined {
  const counted = steps.filter((s) => s.op && s.applied && s.given.kind !== "keep" && s.applied.params !== 0);
  const [step, ...more] = counted;
  if (!step?.op || !step.applied || more.length > 0) return undefined;
  if (step.given.kind === "batchnorm") return `${habit.norm}·${String(step.input.channels)}`;
  if (step.applied.params !== right) {
    const { weights, biases } = step;
    if (kind === "biases") return undefined;
    return weights === right && typeof biases === "number"
      ? explain(step.op, { ...step.applied, names: { ...step.applied.names, bias: false } }).find(
          (l) => l.quantity === "parameters",
        )?.numbers
      : undefined;
  }
  return explain(step.op, step.applied).find((l) => l.quantity === "parameters")?.numbers;
}

/** `⌊(28 + 2·1 − 3)/1⌋ + 1 = 28` of the last layer that changes sizes. */
function outputArithmetic(steps: readonly Done[]): string | undefined {
  const step = steps.findLast((s) => s.op && s.applied && s.op.axes > 0);
  if (!step?.op || !step.applied) {
    const flat = steps.findLast((s) => s.given.kind === "flatten");
    const sizes = flat?.input ? [...flat.input.axes, flat.input.channels] : [];
    const total = flat && countOf(flat.input);
    return flat && sizes.length > 1 && typeof total === "number"
      ? `${sizes.join("·")} = ${printCount(total)}`
      : undefined;
  }
  const lines = explain(step.op, step.applied).filter((l) => l.kind === "size");
  return lines.length > 0 ? [...new Set(lines.map((l) => `${l.numbers} = ${l.result}`))].join(", ") : undefined;
}

const sizeArithmetic = (v: Volume, layout: Layout): string => sayVolume(v, layout).replaceAll("×", "·");

/** Why a claim is right, in a few words. */
export function sayRight(judged: Judged, result: RowResult, told: Telling): string {
  if (told.reveal !== "answer") return judged.status === "rounded" ? "This fits, rounded." : "This fits.";
  const { worked } = result;
  const { right } = judged;
  if (typeof right === "number") {
    if (judged.claim.claim.kind === "inputs") return "This is what the row before gives.";
    if (judged.claim.claim.kind === "size") {
      const volume = worked?.output ?? result.input;
      return volume ? `${sizeArithmetic(volume, told.layout)} = ${printCount(right)}` : printCount(right);
    }
    if (right === 0) return "There is nothing to learn here.";
    const arithmetic = worked && paramsArithmetic(worked.right, told.habit, judged.claim.claim.kind, right);
    const rounded = judged.status === "rounded" ? `, rounded to ${judged.claim.claim.cell.text}` : "";
    return arithmetic ? `${arithmetic} = ${printCount(right)}${rounded}` : `${printCount(right)}${rounded}`;
  }
  if (!right) return "This fits.";
  if (judged.claim.claim.kind === "input") return "This is what the layer before gives.";
  return (worked && outputArithmetic(worked.right)) ?? sayVolume(right, told.layout);
}

/** What is wrong with a claim, and what to do. */
export function sayWrong(judged: Judged, result: RowResult, told: Telling, isCertain: boolean): string {
  if (told.reveal === "verdict") return "This does not fit.";
  const { claim, mistake } = judged;
  const { cell, kind } = claim.claim;
  const label = result.row.row.label.length > 40 ? "this layer" : result.row.row.label;
  const say = mistake ? `${capital(mistake.say)}.` : undefined;
  const text = cell.text.length > 60 ? "This" : cell.text;
  if (told.reveal === "hint" && kind === "inputs")
    return `${text} is not what the row before gives. Follow the sizes from the input on.`;
  if (told.reveal === "hint") return `${hintText(kind, text)} ${say ?? hintAdvice(kind)}`;
  const right = judged.right;
  const { worked } = result;
  if (typeof right === "number") {
    const value = printCount(right);
    if (claim.number?.sum && claim.number.sum.value === right)
      return `${claim.number.sum.text.trim()} is ${value}, not ${printCount(claim.number.value)}. Write ${value}.`;
    if (kind === "size") {
      const volume = worked?.output;
      const how = volume && isKnown(volume) ? `${sizeArithmetic(volume, told.layout)} = ${value}` : value;
      return `${count(claim.number?.value ?? 0, "activation", "activations")}: the shape's sizes multiplied give ${how}. ${say ? `${say} ` : ""}Write ${value}.`;
    }
    if (kind === "inputs") return `${text} come in by this row, but the row before gives ${value}. Write ${value}.`;
    const what =
      kind === "weights" ? ["weight", "weights"] : kind === "biases" ? ["bias", "biases"] : ["parameter", "parameters"];
    const written = claim.number?.isRounded
      ? `${text} ${what[1]}`
      : count(claim.number?.value ?? 0, what[0] ?? "", what[1] ?? "");
    if (!isCertain && right !== 0) {
      const from =
        result.input?.channels === undefined ? "" : ` with ${printCount(result.input.channels)} channels coming in`;
      return `${written}: no small kernel gives this count${from}. ${say ? `${say} ` : ""}Check it against the formula.`;
    }
    if (right === 0) return `${written}: ${label} has nothing to learn. ${say ? `${say} ` : ""}Write 0.`;
    const arithmetic = worked && paramsArithmetic(worked.right, told.habit, kind, right);
    const gives = arithmetic
      ? `the formula with this layer's numbers gives ${arithmetic} = ${value}`
      : `this row has ${value}`;
    return `${written}: ${gives}. ${say ? `${say} ` : ""}Write ${value}.`;
  }
  if (right === undefined && kind !== "output" && kind !== "input")
    return `${text} parameters: no number of channels coming in gives this count with this layer's filters. Check it against the formula.`;
  if (!right || !isCertain || !isKnown(right)) {
    const from = result.input && isKnown(result.input) ? ` from ${sayVolume(result.input, told.layout)}` : "";
    return `${text} does not come out${from} with any small kernel, stride and padding that this row allows. Check the sizes${say ? `: ${mistake?.say}` : ""}.`;
  }
  const value = sayVolume(right, told.layout);
  if (kind === "input") return `${text}: the layer before gives ${value}. Write ${value}, or add the layer between.`;
  const arithmetic = worked && outputArithmetic(worked.right);
  const came = worked?.right[0]?.input ?? result.input;
  const from =
    came && isKnown(came) && came.axes.length + right.axes.length > 0
      ? ` makes ${value} of ${sayVolume(came, told.layout)}`
      : ` gives ${value}`;
  return `${text}: ${label}${from}${arithmetic ? ` (${arithmetic})` : ""}. ${say ? `${say} ` : ""}Write ${value}.`;
}

const hintText = (kind: string, text: string): string =>
  kind === "output" || kind === "input"
    ? `${text} does not fit this layer.`
    : kind === "size"
      ? `${text} is not the number of activations here.`
      : `${text} is not this layer's count.`;

const hintAdvice = (kind: string): string =>
  kind === "output" || kind === "input"
    ? "Work out each side with the layer's kernel, stride and padding."
    : kind === "size"
      ? "Multiply the sizes of the output."
      : "Work out the formula with this layer's own numbers.";

/** Why nothing is said of a claim. */
export function sayUnknown(judged: Judged, result: RowResult): string {
  if (judged.claim.state === "strange") return "Dimsum cannot read what this cell says.";
  const isOpaque = result.row.row.readings.every((r) => r.steps.some((s) => s.kind === "opaque"));
  if (!result.worked && isOpaque) return "Dimsum does not know this row's layer.";
  if (!result.input || !isKnown(flattened(result.input))) return "What flows into this layer is not known.";
  return "The row can be read in more than one way, so nothing is said of this cell.";
}
