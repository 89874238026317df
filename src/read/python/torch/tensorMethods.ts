import { productOf } from "../../../core/ops/flatten.js";
import { opNamed } from "../../../core/ops/index.js";
import type { Op } from "../../../core/ops/op.js";
import { readSignature } from "../../../core/ops/signature.js";
import { inert } from "../attributes.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { anything, type CallArguments, int, type PyValue, type TensorValue, unknown } from "../values.js";
import { callFunctional } from "./library.js";
import { arrange } from "./openInput.js";
import { reshape } from "./reshape.js";

type Method = (engine: Evaluator, self: TensorValue, args: CallArguments, place: Place, name: string) => PyValue;

/** Methods that leave the shape as it is. */
const SAME_SHAPE =
  "contiguous detach clone to cuda cpu float double half long int bool type requires_grad_ abs exp log sqrt neg clamp_ square sin cos relu_ sigmoid_ tanh_ add_ mul_ sub_ div_ zero_ fill_ normal_ uniform_".split(
    " ",
  );

/** Methods that are a layer's functional form. */
const FUNCTIONAL = {
  relu: "ReLU",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softmax: "Softmax",
  log_softmax: "LogSoftmax",
  flatten: "Flatten",
} as const;

const METHODS = new Map<string, Method>();

for (const name of SAME_SHAPE) METHODS.set(name, (_, self) => self);
for (const name of ["pow", "clamp", "clip"])
  METHODS.set(name, (engine, self, args) =>
    [...args.positional, ...args.keywords.values()].some((v) => v.kind === "tensor" || v.kind === "unknown")
      ? lost(engine, name)
      : self,
  );
for (const name of ["view", "reshape"])
  METHODS.set(name, (engine, self, args, place) => reshape(engine, self, name, args, place));
for (const [name, layer] of Object.entries(FUNCTIONAL))
  METHODS.set(name, (engine, self, args, place) => asFunction(engine, opNamed(layer), self, args, place));
for (const name of ["mean", "sum", "amax", "amin", "prod", "std", "var"]) METHODS.set(name, reduce);

METHODS.set("size", (_, self, { positional: [at] }) => {
  if (!at) return sizeTuple(self);
  return sizeAt(self, at);
});
METHODS.set("dim", (_, self) => rankOf(self));
METHODS.set("numel", (_, self) => {
  const total = self.shape && productOf(self.shape);
  return total === undefined ? unknown("Its sizes are not known.") : int(total);
});
METHODS.set("permute", (engine, self, args) => {
  const items =
    args.positional.length === 1 && args.positional[0]
      ? (engine.iterate(args.positional[0]) ?? args.positional)
      : args.positional;
  const order = items.map((v) => axisOf(self, v));
  const { shape } = self;
  if (!shape || order.includes(undefined) || order.length !== shape.length || new Set(order).size !== order.length)
    return lost(engine, "permute");
  return engine.tensor(order.map((i) => shape[i as number]));
});
METHODS.set("transpose", (engine, self, { positional: [a, b] }) => {
  const [i, j] = [axisOf(self, a), axisOf(self, b)];
  if (!self.shape || i === undefined || j === undefined) return lost(engine, "transpose");
  const shape = [...self.shape];
  [shape[i], shape[j]] = [shape[j], shape[i]];
  return engine.tensor(shape);
});
METHODS.set("unsqueeze", (engine, self, args) => {
  const at = args.positional[0] ?? args.keywords.get("dim");
  if (!self.shape || at?.kind !== "int" || typeof at.value !== "number") return lost(engine, "unsqueeze");
  const place = at.value < 0 ? at.value + self.shape.length + 1 : at.value;
  return engine.tensor([...self.shape.slice(0, place), 1, ...self.shape.slice(place)]);
});
METHODS.set("squeeze", (engine, self, args) => {
  const at = args.positional[0] ?? args.keywords.get("dim");
  const { shape } = self;
  if (!shape) return lost(engine, "squeeze");
  // A size that is not known may be 1, and then it goes.
  if (!at)
    return shape.every((d) => typeof d === "number")
      ? engine.tensor(shape.filter((d) => d !== 1))
      : lost(engine, "squeeze");
  const place = axisOf(self, at);
  const size = place === undefined ? undefined : shape[place];
  return typeof size === "number"
    ? engine.tensor(size === 1 ? shape.filter((_, i) => i !== place) : shape)
    : lost(engine, "squeeze");
});

const lost = (engine: Evaluator, name: string): TensorValue =>
  engine.tensor(undefined, { reason: `What ${name} makes of it is not known.` });

function sizeTuple(self: TensorValue): PyValue {
  const { shape, doubt } = self;
  if (!shape)
    return {
      kind: "unknown",
      reason: "The number of dimensions is not known.",
      free: self.open === true,
      ...(self.open ? { sizesOf: self } : {}),
    };
  const items = shape.map((d) => (d === undefined ? anything("This size is not known.") : int(d)));
  return { kind: "tuple", isShape: !doubt, items };
}

/** The place of a dimension, counted from the front; undefined where it is not known or not there. */
export function axisOf(self: TensorValue, at: PyValue | undefined): number | undefined {
  if (!self.shape || at?.kind !== "int" || typeof at.value !== "number") return undefined;
  const place = at.value < 0 ? at.value + self.shape.length : at.value;
  return place >= 0 && place < self.shape.length ? place : undefined;
}

function sizeAt(self: TensorValue, at: PyValue): PyValue {
  if (!self.shape && at.kind === "int" && at.value === 0) return unknown("The batch is not known.");
  const place = axisOf(self, at);
  const size = place === undefined ? undefined : self.shape?.[place];
  return size === undefined ? unknown("This size is not known.") : int(size);
}

const rankOf = (self: TensorValue): PyValue =>
  self.shape ? int(self.shape.length) : unknown("The number of dimensions is not known.");

function reduce(engine: Evaluator, self: TensorValue, args: CallArguments, _: Place, name: string): PyValue {
  const dims = args.positional[0] ?? args.keywords.get("dim") ?? args.keywords.get("axis");
  const keep = args.positional[1] ?? args.keywords.get("keepdim");
  const kept = keep ? engine.isTrue(keep) : false;
  if (!self.shape || kept === undefined || args.uncertain) return lost(engine, name);
  if (!dims || dims.kind === "none") return engine.tensor([]);
  const items = dims.kind === "int" ? [dims] : engine.iterate(dims);
  const axes = items?.map((v) => axisOf(self, v));
  if (!axes || axes.includes(undefined)) return lost(engine, name);
  return engine.tensor(
    kept ? self.shape.map((d, i) => (axes.includes(i) ? 1 : d)) : self.shape.filter((__, i) => !axes.includes(i)),
  );
}

function asFunction(
  engine: Evaluator,
  op: Op | undefined,
  self: TensorValue,
  args: CallArguments,
  place: Place,
): PyValue {
  if (!op?.functional) return unknown("Dimsum does not know this method.");
  const first = readSignature(op.functional).parameters[0]?.name ?? "input";
  const nowhere = { from: place.from, to: place.from };
  const receiver = { ...nowhere, value: { ...nowhere, kind: "broken" as const } };
  const all = { ...args, positional: [self, ...args.positional], places: [receiver, ...args.places] };
  return first === "input"
    ? callFunctional(engine, op, op.functional, all, place, place)
    : unknown("Dimsum does not know this method.");
}

/** Whether Dimsum knows a method of tensors. */
export const isTensorMethod = (name: string): boolean => METHODS.has(name);

/** Calls a method of a tensor. */
export function callMethod(
  engine: Evaluator,
  self: TensorValue,
  name: string,
  args: CallArguments,
  place: Place,
): PyValue {
  const method = METHODS.get(name);
  settle(engine, self);
  if (method && self.doubt) return inDoubt(engine, self, (of) => method(engine, of, args, place, name));
  return method ? method(engine, self, args, place, name) : unknown(`Dimsum does not know ${name} of tensors yet.`);
}

/** What a method makes of a tensor whose shape follows from a mismatch: what fits the student's own numbers is not said again. */
function inDoubt(engine: Evaluator, self: TensorValue, call: (of: TensorValue) => PyValue): PyValue {
  const { doubt, ...plain } = self;
  const first = engine.trace.apart(() => call(plain));
  const second = Array.isArray(doubt) ? engine.trace.apart(() => call({ ...plain, shape: doubt })) : undefined;
  const isExcused = doubt === "any" || second?.found.length === 0;
  if (first.found.length > 0 && isExcused) return second?.result ?? unknown("It follows from a mismatch before.");
  for (const mismatch of first.found) engine.trace.mismatch(mismatch);
  if (first.result.kind !== "tensor") return first.result;
  const other = second?.result.kind === "tensor" ? second.result.shape : undefined;
  return { ...first.result, doubt: other ?? "any" };
}

/** An input of which a comment says the sizes without the batch gets them as they stand. */
function settle(engine: Evaluator, self: TensorValue): void {
  if (self.open && !self.shape && self.sizes) engine.journal.set(self, "shape", arrange(self.sizes, undefined, false));
}

/** An attribute of a tensor. */
export function tensorAttribute(engine: Evaluator, self: TensorValue, name: string): PyValue {
  settle(engine, self);
  if (name === "shape") return sizeTuple(self);
  if (name === "ndim") return rankOf(self);
  if (name === "data") return self;
  if (name === "T" || name === "mT")
    return self.shape?.length === 2 ? engine.tensor([...self.shape].reverse()) : lost(engine, name);
  if (["device", "dtype", "requires_grad"].includes(name)) return unknown(`Dimsum does not follow ${name}.`);
  if (METHODS.has(name))
    return { kind: "native", name, call: (args, place) => callMethod(engine, self, name, args, place) };
  return inert(name, unknown(`Dimsum does not know ${name} of tensors yet.`));
}
