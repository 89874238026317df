import { type Dim, dimSymbol } from "../../../core/dims/dim.js";
import { isDim, type Value } from "../../../core/expr/evaluate.js";
import type { Shape, Size } from "../../../core/layer/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import {
  type CallArguments,
  type LayerValue,
  type PyValue,
  type TensorValue,
  toFormulaValue,
  unknown,
} from "../values.js";
import { noTuple } from "./construct.js";

/** The letters of a sample's sizes, by how many there are. */
const LETTERS: Readonly<Record<number, readonly string[]>> = {
  1: ["L"],
  2: ["T", "C"],
  3: ["H", "W", "C"],
  4: ["T", "H", "W", "C"],
};

/** Keras's batch, which it writes as None. */
export const batchSymbol: Dim = dimSymbol("N");

/** Sizes as a shape's tuple says them; None is a size of its own that is known when the model runs. */
export function sizesOfTuple(engine: Evaluator, value: Value | undefined): Shape | undefined {
  if (!Array.isArray(value)) return undefined;
  const letters = LETTERS[value.length] ?? [];
  return value.map((v, i): Size => {
    if (v === null) return engine.newSymbol(letters[i] ?? "S");
    return isDim(v) ? v : undefined;
  });
}

/** A shape with its batch: None there is N. */
export function batchedShape(engine: Evaluator, value: Value | undefined): Shape | undefined {
  if (!Array.isArray(value)) return undefined;
  const [batch] = value;
  const rest = sizesOfTuple(engine, value.slice(1));
  return rest && [batch === null ? batchSymbol : isDim(batch) ? batch : undefined, ...rest];
}

/** The tensor that goes into a model of the functional API. */
export function inputTensor(engine: Evaluator, shape: Shape | undefined, place: Place, label: string): TensorValue {
  const made = engine.tensor(shape, {
    maker: { place, label },
    ...(shape ? {} : { reason: "The input's shape is not said." }),
  });
  const history = { from: [], again: () => made };
  return { ...made, history };
}

/** `Input(shape=(28, 28, 1))`. */
export function makeInput(engine: Evaluator, args: CallArguments, place: Place): PyValue {
  if (args.uncertain) return unknown("Its shape is not known.");
  const value = args.positional[0] ?? args.byKeyword.get("shape");
  const whole = toFormulaValue(args.byKeyword.get("batch_shape") ?? args.byKeyword.get("batch_input_shape"));
  const shape = toFormulaValue(value);
  const size = toFormulaValue(args.positional[1] ?? args.byKeyword.get("batch_size"));
  const at = args.places.find((p) => p.name === "shape" || p.name === undefined)?.value;
  if (typeof shape === "number" && at) engine.trace.mismatch(noTuple(engine.program.text, "Input", "shape", shape, at));
  const sizes = sizesOfTuple(engine, shape);
  const batch =
    size === undefined && !args.byKeyword.has("batch_size")
      ? batchSymbol
      : isDim(size)
        ? size
        : size === null
          ? batchSymbol
          : undefined;
  return inputTensor(
    engine,
    whole === undefined ? sizes && [batch, ...sizes] : batchedShape(engine, whole),
    place,
    "Input",
  );
}

/** What a Sequential's first layer says of the input: input_shape, a whole shape with its batch, or how long its vectors are. */
export function inputOfLayer(engine: Evaluator, { op, args }: LayerValue): Shape | undefined {
  const whole = args.batch_input_shape ?? args.batch_shape;
  if (whole !== undefined && whole !== null) return batchedShape(engine, whole);
  const own = args.input_shape ?? (op.name === "InputLayer" ? args.shape : undefined);
  const sizes = sizesOfTuple(engine, own);
  if (sizes) return [batchSymbol, ...sizes];
  if (op.name === "Embedding") return isDim(args.input_length) ? [batchSymbol, args.input_length] : undefined;
  if (!isDim(args.input_dim)) return undefined;
  const length = args.input_length;
  return isDim(length)
    ? [batchSymbol, length, args.input_dim]
    : op.input.includes("T")
      ? undefined
      : [batchSymbol, args.input_dim];
}
