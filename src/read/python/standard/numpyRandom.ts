import { given } from "../arguments.js";
import { loseTrackOf } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { callOperation, operationAt } from "../torch/callOperation.js";
import { isArrayValue, isIntValue, isListValue, isNoneValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import { anything, type CallArguments, isNumber, libraryAt, NONE, type PyValue } from "../values.js";
import { calculated, LOST } from "./arrayValues.js";

/** The parameters of functions that draw numbers, and which kind they draw; `sizes` stand one by one. */
const DRAWN: Readonly<Record<string, readonly [parameters: string, kind: "float" | "int"]>> = {
  rand: ["sizes", "float"],
  randn: ["sizes", "float"],
  random: ["size? dtype?", "float"],
  random_sample: ["size?", "float"],
  standard_normal: ["size? dtype?", "float"],
  uniform: ["low? high? size?", "float"],
  normal: ["loc? scale? size?", "float"],
  exponential: ["scale? size?", "float"],
  laplace: ["loc? scale? size?", "float"],
  beta: ["a b size?", "float"],
  randint: ["low high? size? dtype?", "int"],
  integers: ["low high? size? dtype? endpoint?", "int"],
  binomial: ["n p size?", "int"],
  poisson: ["lam? size?", "int"],
  choice: ["a size? replace? p?", "int"],
};

const AT_RANDOM = "It is drawn at random.";

/** Calls a function of `numpy.random`, or of a generator that it makes; undefined where none of this name is followed. */
export function randomArrays(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  if (name === "seed") return NONE;
  if (name === "default_rng" || name === "RandomState") return libraryAt("numpy.random.Generator");
  if (name === "shuffle") {
    loseTrackOf(engine.journal, args);
    return NONE;
  }
  if (name === "permutation") return permuted(engine, args, place);
  const [parameters, kind] = (Object.hasOwn(DRAWN, name) ? DRAWN[name] : undefined) ?? [];
  if (!parameters) return undefined;
  return calculated(engine, () => {
    if (parameters === "sizes") return args.byKeyword.size > 0 ? LOST : drawn(engine, args.positional, kind, place);
    const names = parameters.split(" ").map((part) => part.replace("?", ""));
    const values = take(args, parameters);
    const size = values?.[names.indexOf("size")];
    if (!values) return LOST;
    const others = values.filter((v, i) => v && names[i] !== "size");
    // What is chosen may be texts or rows.
    const isChoice = name === "choice" && !isIntValue(values[0]);
    if (isChoice && !isRow(values[0])) return LOST;
    if (size && !isNoneValue(size)) return drawn(engine, [size], isChoice ? undefined : kind, place);
    return isChoice || others.some((v) => !isNumber(v as PyValue)) ? LOST : drawn(engine, [], kind, place);
  });
}

/** Whether something has one dimension. */
const isRow = (v: PyValue | undefined): boolean =>
  isArrayValue(v)
    ? v.of.shape?.length === 1
    : (isListValue(v) || isTupleValue(v)) &&
      (v.items?.every((item) => /^(?:int|float|bool|string)$/.test(item.kind)) ?? false);

/** As many random numbers as sizes say; without any it is one number. */
function drawn(
  engine: Evaluator,
  sizes: readonly PyValue[],
  dtype: "float" | "int" | undefined,
  place: Place,
): PyValue {
  if (sizes.length === 0) return { ...anything(AT_RANDOM), number: true } as PyValue;
  const zeros = operationAt("torch.zeros");
  const made = zeros ? callOperation(engine, zeros, undefined, given(...sizes), place, place) : LOST;
  return isTensorValue(made) ? { ...made, numbers: undefined, dtype } : LOST;
}

/** The same in another order, or that many places. */
function permuted(engine: Evaluator, args: CallArguments, place: Place): PyValue | undefined {
  const [of] = take(args, "/x") ?? [];
  if (isArrayValue(of)) return { kind: "array", of: { ...of.of, numbers: undefined } };
  const count = operationAt("torch.randperm");
  return isIntValue(of) && count
    ? calculated(engine, () => callOperation(engine, count, undefined, given(of), place, place))
    : undefined;
}
