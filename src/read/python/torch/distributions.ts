import type { Shape } from "../../../core/layer/op.js";
import { broadcast } from "../../../core/operations/broadcast.js";
import { Refused } from "../../../core/operations/operation.js";
import { sizesFrom } from "../../../core/operations/reshape.js";
import type { Evaluator } from "../evaluator.js";
import { smallNumber } from "../integers.js";
import { take } from "../taking.js";
import { isFloatValue, isIntValue, isNoneValue, isTensorValue } from "../valueKinds.js";
import { type CallArguments, type NativeValue, nativeValue, type PyValue, unknown } from "../values.js";
import { toOperand } from "./operand.js";

/** Distributions side by side, and the shape of one draw from one of them; `support`: the last size of its weights. */
interface Distribution {
  readonly batch: Shape | undefined;
  readonly event: Shape | undefined;
  readonly named: ReadonlyMap<string, PyValue>;
}

/** The parameters of a distribution, and how many of their last dimensions are no batch: of those one draw is made, or none. */
interface Form {
  readonly takes: string;
  readonly own: number;
  readonly draws?: true;
}

const FORMS: Readonly<Record<string, Form>> = {
  ...Object.fromEntries(
    "Normal LogNormal Laplace Cauchy Gumbel"
      .split(" ")
      .map((name) => [name, { takes: "loc scale validate_args?", own: 0 }]),
  ),
  Uniform: { takes: "low high validate_args?", own: 0 },
  Beta: { takes: "concentration1 concentration0 validate_args?", own: 0 },
  Gamma: { takes: "concentration rate validate_args?", own: 0 },
  Exponential: { takes: "rate validate_args?", own: 0 },
  Poisson: { takes: "rate validate_args?", own: 0 },
  Bernoulli: { takes: "probs? logits? validate_args?", own: 0 },
  Geometric: { takes: "probs? logits? validate_args?", own: 0 },
  Categorical: { takes: "probs? logits? validate_args?", own: 1 },
  OneHotCategorical: { takes: "probs? logits? validate_args?", own: 1, draws: true },
  Dirichlet: { takes: "concentration validate_args?", own: 1, draws: true },
};

const made = new WeakMap<PyValue, Distribution>();

const shapeOf = (v: PyValue | undefined): Shape | undefined =>
  isTensorValue(v) ? v.shape : isFloatValue(v) || isIntValue(v) ? [] : undefined;

/** Shapes side by side; unknown where one is, or where PyTorch would refuse them. */
function together(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  try {
    return broadcast(shapes);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

const joined = (...parts: readonly (Shape | undefined)[]): Shape | undefined =>
  parts.includes(undefined) ? undefined : (parts as readonly Shape[]).flat();

/** A distribution as a value: what it draws, and what it says of values. */
function distribution(engine: Evaluator, of: Distribution): PyValue {
  const { batch, event, named } = of;
  const tensorOf = (shape: Shape | undefined): PyValue =>
    shape ? engine.tensor(shape) : unknown("The shape of this distribution is not known.");
  const call = (name: string, run: (args: CallArguments) => PyValue): readonly [string, PyValue] => {
    const native: NativeValue = nativeValue(name, run);
    return [name, native];
  };
  const draw = (args: CallArguments): PyValue => {
    const [size] = take(args, "sample_shape?") ?? [unknown("")];
    return tensorOf(joined(size ? sizesFrom(toOperand(size)) : [], batch, event));
  };
  const judge = (args: CallArguments): PyValue => {
    const [value] = take(args, "value") ?? [];
    const shape = shapeOf(value);
    return tensorOf(event && together([shape && event.length > 0 ? shape.slice(0, -event.length) : shape, batch]));
  };
  const each = joined(batch, event);
  const members = new Map<string, PyValue>([
    ...["mean", "mode", "stddev", "variance"].map((name) => [name, tensorOf(each)] as const),
    ...named,
    ...["sample", "rsample"].map((name) => call(name, draw)),
    ...["log_prob", "cdf", "icdf"].map((name) => call(name, judge)),
    call("entropy", () => tensorOf(batch)),
  ]);
  const value: PyValue = { kind: "tuple", names: [...members.keys()], items: [...members.values()] };
  made.set(value, of);
  return value;
}

/** `MultivariateNormal(loc, covariance_matrix)`: vectors whose numbers hang together by a matrix. */
function multivariate(engine: Evaluator, args: CallArguments): PyValue | undefined {
  const [loc, ...matrices] = take(args, "loc covariance_matrix? precision_matrix? scale_tril? validate_args?") ?? [];
  const matrix = matrices.slice(0, 3).filter((v) => v !== undefined && !isNoneValue(v));
  const [mean, spread] = [shapeOf(loc), shapeOf(matrix[0])];
  if (!mean || !spread || mean.length < 1 || spread.length < 2 || matrix.length !== 1) return undefined;
  const batch = together([mean.slice(0, -1), spread.slice(0, -2)]);
  const event = mean.slice(-1);
  const square = batch && engine.tensor([...batch, ...event, ...event]);
  const named = new Map<string, PyValue>(
    ["covariance_matrix", "precision_matrix", "scale_tril"].flatMap((each) =>
      square ? [[each, square] as const] : [],
    ),
  );
  if (batch) named.set("loc", engine.tensor([...batch, ...event]));
  return distribution(engine, { batch, event, named });
}

/** Calls what `torch.distributions` has; undefined where it has nothing of this name that is followed. */
export function distributionCall(engine: Evaluator, path: string, args: CallArguments): PyValue | undefined {
  const name = /^torch\.distributions\.(?:\w+\.)?(\w+)$/.exec(path)?.[1] ?? "";
  if (args.uncertain) return undefined;
  if (name === "kl_divergence" || name === "Independent") {
    const [first, second] = args.positional;
    const [p, q] = [first && made.get(first), second && made.get(second)];
    if (name === "kl_divergence") return p && q ? engine.tensor(together([p.batch, q.batch])) : undefined;
    const count = smallNumber(second ?? args.byKeyword.get("reinterpreted_batch_ndims"));
    if (!p?.batch || count === undefined || count > p.batch.length) return undefined;
    const at = p.batch.length - count;
    return distribution(engine, { ...p, batch: p.batch.slice(0, at), event: joined(p.batch.slice(at), p.event) });
  }
  if (name === "MultivariateNormal") return multivariate(engine, args);
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  const given = form && take(args, form.takes);
  if (!form || !given) return undefined;
  const names = form.takes.split(" ").map((each) => each.replace("?", ""));
  const parameters = names
    .map((each, i) => [each, given[i]] as const)
    .filter(
      (p): p is readonly [string, PyValue] => p[0] !== "validate_args" && p[1] !== undefined && !isNoneValue(p[1]),
    );
  const all = together(parameters.map(([, v]) => shapeOf(v)));
  const isEnough = all && all.length >= form.own && parameters.length > 0;
  const batch = isEnough ? all.slice(0, all.length - form.own) : undefined;
  const event = form.draws ? (isEnough ? all.slice(-form.own) : undefined) : [];
  const weights = parameters.find(([each]) => each === "probs" || each === "logits");
  const more = weights ? (["probs", "logits"] as const).map((each) => [each, weights[1]] as const) : [];
  return distribution(engine, { batch, event, named: new Map([...parameters, ...more]) });
}
