import { equal } from "../../../core/dims/compare.js";
import { dimSymbol } from "../../../core/dims/dim.js";
import { isDim } from "../../../core/expr/evaluate.js";
import { isKerasOp } from "../../../core/keras/index.js";
import type { Op, Shape, Size } from "../../../core/layer/op.js";
import type { Evaluator } from "../evaluator.js";
import { settleKerasInput } from "../keras/openInput.js";
import type { LayerValue, TensorValue } from "../values.js";

/** What stands in front of a vector of features. */
const LEADING: Readonly<Partial<Record<NonNullable<TensorValue["lead"]>, readonly string[]>>> = {
  batch: ["N"],
  sequence: ["N", "L"],
  grid: ["N", "L", "M"],
  stack: ["N", "L", "M", "J"],
};

/** Gives an open input the shape that its first layer asks for, in symbols. */
export function settleInput(engine: Evaluator, input: TensorValue, op: Op, args: LayerValue["args"]): void {
  if (isKerasOp(op)) {
    settleKerasInput(engine, input, op, args);
    return;
  }
  const asked = (name: string): Size => {
    const rule = op.rules.find((r) => r.fix === name);
    const value = rule?.argument === undefined ? undefined : args[rule.argument];
    return isDim(value) ? value : undefined;
  };
  const names = op.input.map((p) => p.replace("?", ""));
  // How many dimensions stand in the middle, or at the end, nothing says.
  const isUnclear = names.indexOf("*") > 0 || op.input.some((p, i) => i > 0 && p.endsWith("?"));
  if (isUnclear || names.every((n) => n === "*")) return;
  const { sizes, lead = "batch" } = input;
  if (sizes) {
    const hasAxes = op.axes > 0 || names.length === 4;
    const isBare = hasAxes && sizes.length === names.length - 2;
    const shape = arrange(isBare ? [asked("channels"), ...sizes] : sizes, asked("channels"), hasAxes);
    if (input.contradicted && !names.includes("*") && shape.length !== names.length) input.contradicted.isSo = true;
    engine.journal.set(input, "shape", shape);
    return;
  }
  if (lead === "unclear" && names.includes("*")) return;
  const own = (name: string): Size => dimSymbol(input.mark === undefined ? name : `${name}_${input.mark}`);
  const isBatch = (p: string): boolean => p === "N?" || p === "N";
  const shown = op.input.filter((p, i) => !p.endsWith("?") || (i === 0 && lead !== "alone"));
  const shape = shown.flatMap((p): Size[] => {
    const name = p.replace("?", "");
    // In front of axes stand the channels as well.
    if (p === "*") return [...(LEADING[lead] ?? []), ...(/^[LHWZ]$/.test(names.at(-1) ?? "") ? ["C"] : [])].map(own);
    if (isBatch(p)) return [own("N")];
    return [asked(name) ?? (name === "channels" ? own("C") : name === "features" ? undefined : own(name))];
  });
  engine.journal.set(input, "shape", shape);
}

/** Sizes without a batch, as a comment has them: channels first, or last where only that fits. */
export function arrange(sizes: Shape, channels: Size, hasAxes: boolean): Shape {
  const batch = dimSymbol("N");
  const [first, last] = [sizes[0], sizes.at(-1)];
  const isLast =
    hasAxes &&
    sizes.length > 1 &&
    channels !== undefined &&
    first !== undefined &&
    last !== undefined &&
    equal(first, channels) === false &&
    equal(last, channels) === true;
  return [batch, ...(isLast ? [last, ...sizes.slice(0, -1)] : sizes)];
}
