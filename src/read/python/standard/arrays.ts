import { given } from "../arguments.js";
import { loseValue } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { tensorOperator } from "../torch/operators.js";
import { tensorAttribute } from "../torch/tensorMethods.js";
import { isArrayValue, isNativeValue, isTensorValue } from "../valueKinds.js";
import {
  type ArrayValue,
  type CallArguments,
  isNumber,
  NONE,
  nativeValue,
  notKnown,
  type PyValue,
  tupleValue,
} from "../values.js";
import { calculated, LOST, reversed, tensorsFor } from "./arrayValues.js";
import { numpyFunction } from "./numpyFunctions.js";
import { randomArrays } from "./numpyRandom.js";

/** Calls a function of NumPy on arrays, or one that makes them; undefined where none of this name is followed. */
export function numpyArrays(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  if (args.uncertain) return undefined;
  const random = /^random\.(?:Generator\.)?(\w+)$/.exec(name)?.[1];
  if (random !== undefined) return randomArrays(engine, random, args, place);
  if (name === "set_printoptions") return NONE;
  return numpyFunction(engine, name, args, place);
}

/** Methods of arrays that are functions of NumPy by the same name. */
const METHODS =
  /^(?:all|any|argmax|argmin|argsort|astype|clip|copy|cumprod|cumsum|dot|flatten|max|mean|min|prod|ravel|repeat|reshape|round|squeeze|std|sum|swapaxes|transpose|var)$/;

/** Methods that change the numbers of their own array. */
const CHANGING = /^(?:sort|fill|partition|put)$/;

/** An attribute of an array of NumPy. */
export function arrayAttribute(engine: Evaluator, self: ArrayValue, name: string, place: Place): PyValue {
  const { of } = self;
  if (name === "shape" || name === "ndim") return tensorAttribute(engine, of, name, place);
  if (name === "T") return { kind: "array", of: reversed(of) };
  if (name === "size") {
    const count = tensorAttribute(engine, of, "numel", place);
    return isNativeValue(count) ? count.call(given(), place, place) : LOST;
  }
  if (name === "tolist" || name === "item") return tensorAttribute(engine, of, name, place);
  if (CHANGING.test(name)) {
    return nativeValue(name, () => {
      loseValue(engine.journal, self);
      return NONE;
    });
  }
  if (!METHODS.test(name)) return notKnown(`${name} of arrays yet`);
  return nativeValue(name, (args, at) => {
    if (args.uncertain) return LOST;
    const isSpread = args.positional.length > 1 && (name === "reshape" || name === "transpose");
    const { positional, byKeyword } = isSpread ? inTuple(args) : args;
    const named = name === "clip" ? [...byKeyword].map(([key, v]) => [`a_${key}`, v] as const) : byKeyword;
    const all = { ...args, positional: [self, ...positional], byKeyword: new Map(named) };
    return numpyFunction(engine, name, all, at) ?? LOST;
  });
}

/** Sizes that stand one by one, as one. */
const inTuple = (args: CallArguments): CallArguments => ({ ...args, positional: [tupleValue(args.positional)] });

/** An operator with an array on at least one side; with a tensor on the other PyTorch decides. */
export function arrayOperator(engine: Evaluator, op: string, a: PyValue, b: PyValue, place: Place): PyValue {
  const [x, y] = [tensorsFor(a), tensorsFor(b)];
  if (![x, y].every((v) => isTensorValue(v) || isNumber(v))) return LOST;
  const made = calculated(engine, () => tensorOperator(engine, op, x, y, place));
  return isTensorValue(a) || isTensorValue(b) ? (isArrayValue(made) ? made.of : made) : made;
}
