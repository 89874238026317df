import { dimSymbol } from "../../../core/dims/dim.js";
import { channelsLast, isChannelsLast } from "../../../core/layer/layout.js";
import type { Op, Shape } from "../../../core/layer/op.js";
import type { Evaluator } from "../evaluator.js";
import type { LayerValue, TensorValue } from "../values.js";

/** Gives an open input the shape that its first layer of Keras asks for, in symbols, with the channels where that layer has them. */
export function settleKerasInput(engine: Evaluator, input: TensorValue, op: Op, args: LayerValue["args"]): void {
  const { sizes, mark } = input;
  if (sizes) {
    const shape: Shape = [dimSymbol("N"), ...sizes];
    if (input.contradicted && !op.input.includes("*") && shape.length !== op.input.length)
      input.contradicted.isSo = true;
    engine.journal.set(input, "shape", shape);
    return;
  }
  // How many dimensions stand in the middle nothing says.
  const isUnclear = op.input.some((p) => p === "*" || p.endsWith("?"));
  const isLast = isChannelsLast(op, args);
  if (isUnclear || isLast === undefined) return;
  const own = op.input.map((name) => dimSymbol(mark === undefined || name === "N" ? name : `${name}_${mark}`));
  engine.journal.set(input, "shape", isLast ? channelsLast(own, op.axes) : own);
}
