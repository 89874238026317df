import { equal, same } from "../../../core/dims/compare.js";
import { productOf } from "../../../core/dims/product.js";
import { printSizes } from "../../../core/layer/explain.js";
import type { Op, Shape } from "../../../core/layer/op.js";
import type { Operands, Operation } from "../../../core/operations/operation.js";
import type { ProgramState } from "../programState.js";
import type { Place } from "../syntax.js";
import type { LayerValue, TensorValue } from "../values.js";
import { isLiteral } from "./isLiteral.js";

/** What is known of a tensor's first dimension. */
export type FirstDimension = Pick<TensorValue, "hasSamples" | "weighed" | "joined">;

/** What a layer makes of the dimension in which the samples stand. */
export function firstDimension(
  { isInputGuessed }: ProgramState,
  { op, args, site }: Pick<LayerValue, "op" | "args" | "site">,
  input: TensorValue,
  output: Shape | undefined,
  place: Place,
): FirstDimension {
  const { shape } = input;
  if (!shape || !output) return {};
  const [before, after] = [shape[0], output[0]];
  const isSame = before === undefined || after === undefined ? before === after : same(before, after);
  const isKept = output.length > 1 && isSame;
  // Rows of a sample each, as they are laid out for the layers behind.
  const isRows = op.keepsNumbers === true && shape.length > 2 && output.length === 2;
  const isAsked = op.input[0] === "N" || (op.input[0] === "N?" && !isInputGuessed);
  const hasSamples = isKept && (input.hasSamples || isRows || (isAsked && shape.length === op.input.length));
  const isJoined = op.keepsNumbers === true && input.hasSamples && output.length === 1 && isSeveral(shape.slice(1));
  const isWeighed = op.along?.(shape.length, args) === 0 && shape.length > 1 && isSeveral(shape.slice(1));
  return {
    ...(hasSamples ? { hasSamples: true } : {}),
    ...(isJoined ? { joined: { place, shape } } : {}),
    ...(isWeighed ? { weighed: { name: op.name, place, site, isSaid: args.dim !== null } } : {}),
  };
}

/** Whether sizes certainly are more than one number. */
const isSeveral = (sizes: Shape): boolean => sizes.some((s) => s !== undefined && equal(s, 1) === false);

/** Warns where what a layer takes for samples, or for the features of one, is not that. */
export function sayMixedSamples(engine: ProgramState, op: Op, input: TensorValue): void {
  if (op.takesClasses) sayWeighed(engine, input);
  const { joined } = input;
  const takesFeatures = op.rules.some((rule) => rule.fix === "features");
  if (!joined || !takesFeatures || equal(joined.shape[0] ?? 1, 1) === true) return;
  const features = productOf(joined.shape.slice(1));
  engine.trace.mismatch({
    code: "Flatten/joins-batch",
    severity: "warning",
    place: joined.place,
    say: `The whole batch ${printSizes(joined.shape)} is laid out in one row here, so that its samples are mixed.`,
    advise: `Begin with dimension 1: flatten(1) gives each sample a row${typeof features === "number" ? ` of ${features}` : ""}.`,
  });
}

/** Warns where an operation takes the rows for samples of their own. */
export function sayMixedRows(
  engine: ProgramState,
  operation: Operation,
  given: () => Operands,
  tensors: readonly TensorValue[],
): void {
  if (!operation.takesRows || !tensors.some((t) => t.weighed)) return;
  if (operation.takesRows(given()))
    for (const t of tensors) if (t.shape?.length !== 2 || t.hasSamples) sayWeighed(engine, t);
}

/** Warns of what a whole model gives, where its samples were weighed against each other. */
export function sayMixedOutput(engine: ProgramState, output: TensorValue): void {
  const [batch, ...rest] = output.shape ?? [];
  // Where samples stand along another dimension as well, as in a table of similarities, either may be meant.
  const isAlone =
    batch === undefined ? rest.length === 1 : rest.every((s) => s !== undefined && equal(s, batch) !== true);
  if (output.hasSamples && isAlone) sayWeighed(engine, output);
}

/** `softmax(x, dim=0)` of a batch. */
function sayWeighed(engine: ProgramState, { weighed, shape = [], doubt }: TensorValue): void {
  if (!weighed || doubt) return;
  const { name, place, site, isSaid } = weighed;
  const rank = shape.length;
  const at = isSaid ? site.arguments.get("dim") : undefined;
  const lead = isSaid ? "" : "Without dim, ";
  const dim = rank === 2 ? 1 : -1;
  engine.trace.mismatch({
    code: `${name}/over-batch`,
    severity: "warning",
    place: at ?? place,
    say: `${lead}${name} goes along dimension 0 of ${printSizes(shape)} here, the batch, so that it weighs the samples against each other.`,
    advise: `Use dim=${String(dim).replace("-", "−")}, along which the numbers of one sample stand.`,
    ...(at && isLiteral(at) ? { replacement: { place: at, text: String(dim) } } : {}),
  });
}
