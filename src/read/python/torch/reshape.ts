import { equal, same } from "../../../core/dims/compare.js";
import { type Dim, divide, symbolsOf } from "../../../core/dims/dim.js";
import { constantValue } from "../../../core/dims/poly.js";
import { printDim } from "../../../core/dims/print.js";
import { printSizes } from "../../../core/ops/explain.js";
import { productOf } from "../../../core/ops/flatten.js";
import type { Shape, Size } from "../../../core/ops/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Expression, Place } from "../syntax.js";
import type { CallArguments, PyValue, TensorValue } from "../values.js";
import { isLiteral } from "./applyLayer.js";
import { sizesOf } from "./create.js";

/** `view` and `reshape`: the same numbers under other sizes; one −1 is worked out. */
export function reshape(
  engine: Evaluator,
  self: TensorValue,
  name: string,
  args: CallArguments,
  place: Place,
): PyValue {
  const given = args.keywords.get("shape") ?? args.keywords.get("size");
  const sizes = args.uncertain ? undefined : sizesOf(engine, given ? [given] : args.positional);
  const maker = { place, label: name };
  if (!sizes) return engine.tensor(undefined, { reason: `The sizes given to ${name} are not known.`, maker });
  const below = sizes.findIndex((s) => typeof s === "number" && s < -1);
  if (below >= 0) return refuseNegative(engine, name, args, place, sizes[below] as number);
  const open = sizes.indexOf(-1);
  const others = sizes.filter((_, i) => i !== open);
  if (!self.shape)
    return engine.tensor(
      sizes.map((s) => (s === -1 ? undefined : s)),
      { maker },
    );
  const total = productOf(self.shape);
  const rest = productOf(others);
  const numbers = { name, place, of: self, shape: self.shape, sizes, places: placesOf(args, sizes.length) };
  if (open < 0) {
    if (total !== undefined && rest !== undefined && equal(total, rest) === false)
      return refuse(engine, numbers, total, rest);
    return engine.tensor(sizes, { maker });
  }
  if (total === undefined || rest === undefined)
    return engine.tensor(
      sizes.map((s, i) => (i === open ? undefined : s)),
      { maker },
    );
  const worked = divide(total, rest);
  const isFraction = worked !== undefined && typeof worked !== "number" && constantValue(worked) !== undefined;
  if (worked === undefined || isFraction) return refuse(engine, numbers, total, rest);
  const found = open === 0 ? batchOf(engine, numbers, worked) : worked;
  return engine.tensor(
    sizes.map((s, i) => (i === open ? found : s)),
    { maker },
  );
}

function refuseNegative(engine: Evaluator, name: string, args: CallArguments, place: Place, size: number): TensorValue {
  engine.trace.mismatch({
    code: `${name}/negative-size`,
    severity: "error",
    place: args.places.find((p) => p.value.kind === "unary")?.value ?? place,
    say: `A size of ${name} is −${-size}.`,
    advise: "Only −1 may stand for a size that is worked out.",
  });
  return engine.tensor(undefined, { doubt: "any", reason: `A size of ${name} is negative.` });
}

interface Numbers {
  readonly name: string;
  readonly place: Place;
  readonly of: TensorValue;
  readonly shape: Shape;
  readonly sizes: Shape;
  readonly places: readonly (Expression | undefined)[];
}

const placesOf = (args: CallArguments, count: number): readonly (Expression | undefined)[] => {
  const plain = args.places.filter((p) => p.name === undefined && !p.star);
  const [first] = plain;
  if (plain.length === 1 && first?.value.kind === "display") return first.value.items.map((i) => i.value);
  return plain.length === count ? plain.map((p) => p.value) : [];
};

/** The batch that `view(-1, k)` makes. One that is not the input's is surely not meant. */
function batchOf(engine: Evaluator, n: Numbers, worked: Dim): Size {
  const batch = n.shape[0];
  if (batch === undefined || same(worked, batch)) return batch ?? worked;
  const features = productOf(n.shape.slice(1));
  const asked = productOf(n.sizes.slice(1));
  const isKnown =
    typeof features === "number" &&
    typeof asked === "number" &&
    n.sizes.length === 2 &&
    n.shape.length > 2 &&
    // Rows of the last dimensions, as every place of a sequence or an image is one, are meant.
    !n.shape.some((_, i) => i > 0 && productOf(n.shape.slice(i)) === asked);
  if (isKnown) {
    report(
      engine,
      n,
      "changes-batch",
      "warning",
      `${n.name}(-1, ${asked}) asks for rows of ${asked}, but each sample of ${printSizes(n.shape)} has ${features} numbers, so the batch changes from ${printDim(batch)} to ${printDim(worked)}.`,
      features,
    );
    return worked;
  }
  // With symbols in the sizes, the features are taken to fit, so that the batch stays.
  return symbolsOf(worked).size > 1 || !symbolsOf(worked).has("N")
    ? typeof worked === "number"
      ? worked
      : batch
    : worked;
}

function refuse(engine: Evaluator, n: Numbers, total: Dim, rest: Dim): TensorValue {
  if (!n.of.doubt) engine.journal.set(n.of, "doubt", "any");
  const hasOpen = n.sizes.includes(-1);
  const features = productOf(n.shape.slice(1));
  const [first, batch] = [n.sizes[0], n.shape[0]];
  const keepsBatch = hasOpen || (first !== undefined && batch !== undefined && same(first, batch));
  const isRow = keepsBatch && n.sizes.length === 2 && n.shape.length > 2 && typeof features === "number";
  const say = hasOpen
    ? `${n.name} asks for rows of ${printDim(rest)}, which do not divide the ${printDim(total)} numbers of ${printSizes(n.shape)}.`
    : `${n.name} asks for ${printDim(rest)} numbers, ${printSizes(n.shape)} has ${printDim(total)}.`;
  report(engine, n, "size", "error", say, isRow ? features : undefined);
  const repaired = isRow ? [n.shape[0], features] : undefined;
  const doubt = n.sizes.map((s, i) => (s === -1 ? (i === 0 ? n.shape[0] : undefined) : s));
  const maker = { place: n.place, label: n.name };
  return engine.tensor(repaired, {
    doubt,
    maker,
    ...(repaired ? {} : { reason: `The sizes given to ${n.name} do not fit.` }),
  });
}

function report(
  engine: Evaluator,
  n: Numbers,
  code: string,
  severity: "error" | "warning",
  say: string,
  features: number | undefined,
): void {
  const last = n.places.at(-1);
  const literal = last && isLiteral(last) ? last : undefined;
  engine.trace.mismatch({
    code: `${n.name}/${code}`,
    severity,
    place: last ?? n.place,
    say,
    advise:
      features === undefined ? "Make the sizes multiply up to the same count." : `Use ${features}, or flatten(1).`,
    ...(literal && features !== undefined ? { replacement: { place: literal, text: String(features) } } : {}),
  });
}
