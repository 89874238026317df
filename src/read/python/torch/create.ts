import { equal, less } from "../../../core/dims/compare.js";
import { add } from "../../../core/dims/dim.js";
import { printSizes } from "../../../core/ops/explain.js";
import type { Shape, Size } from "../../../core/ops/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { type CallArguments, type PyValue, type TensorValue, unknown } from "../values.js";

/** Functions of torch that make a tensor of a given size. */
export const CREATORS = new Set(["randn", "rand", "zeros", "ones", "empty", "full", "randint"]);

/** A tensor of a given size: `torch.randn(1, 3, 32, 32)` and its like. */
export function createTensor(engine: Evaluator, name: string, args: CallArguments): PyValue {
  if (args.uncertain) return unknown("Its size is not known.");
  const given = args.keywords.get("size");
  const positional =
    name === "randint"
      ? args.positional.filter((p) => p.kind === "tuple" || p.kind === "list")
      : name === "full"
        ? args.positional.slice(0, 1)
        : args.positional;
  const shape = sizesOf(engine, given ? [given] : positional);
  const isPossible = shape?.every((s) => s === undefined || less(s, 0) !== true);
  return shape && isPossible ? engine.tensor(shape) : unknown("Its size is not known.");
}

/** The sizes that arguments say, one by one or in one list. */
export function sizesOf(engine: Evaluator, positional: readonly PyValue[]): Shape | undefined {
  const [first] = positional;
  const isList = positional.length === 1 && (first?.kind === "list" || first?.kind === "tuple");
  const items = isList && first ? engine.iterate(first) : positional;
  // One argument that is not known may be a list of sizes, and a list among several is none that PyTorch takes.
  if (!isList && (positional.length === 0 || (positional.length === 1 && first?.kind !== "int"))) return undefined;
  const isSize = (v: PyValue): boolean => v.kind === "int" || v.kind === "unknown";
  return items?.every(isSize) ? items.map((v): Size => (v.kind === "int" ? v.value : undefined)) : undefined;
}

/** torch.cat: the sizes along one dimension are added up, the others must agree. */
export function concatenate(engine: Evaluator, args: CallArguments, place: Place): PyValue {
  const list = args.positional[0] ?? args.keywords.get("tensors");
  const items = list && engine.iterate(list);
  const dim = args.positional[1] ?? args.keywords.get("dim") ?? args.keywords.get("axis");
  const at = !dim ? 0 : dim.kind === "int" && typeof dim.value === "number" ? dim.value : undefined;
  const shapes = items?.map((t) => (t.kind === "tensor" ? t.shape : undefined));
  if (args.uncertain || !shapes || at === undefined || shapes.length === 0 || shapes.includes(undefined))
    return unknown("What is concatenated is not known.");
  const known = shapes as Shape[];
  const [first] = known;
  const rank = first?.length ?? 0;
  const axis = at < 0 ? at + rank : at;
  if (!first || axis < 0 || axis >= rank || known.some((s) => s.length !== rank))
    return unknown("These tensors cannot be concatenated as far as Dimsum can tell.");
  const inDoubt = items?.some((t) => t.kind === "tensor" && t.doubt) ?? false;
  const result = [...first];
  for (const shape of known.slice(1)) {
    for (const [i, size] of shape.entries()) {
      const old = result[i];
      if (i === axis) result[i] = old === undefined || size === undefined ? undefined : add(old, size);
      else if (old !== undefined && size !== undefined && equal(old, size) === false)
        return inDoubt ? engine.tensor(undefined, { doubt: "any" }) : refuseCat(engine, first, shape, axis, place);
      else result[i] = old ?? size;
    }
  }
  return engine.tensor(result, { maker: { place, label: "torch.cat" }, ...(inDoubt ? { doubt: "any" } : {}) });
}

function refuseCat(engine: Evaluator, one: Shape, other: Shape, axis: number, place: Place): TensorValue {
  engine.trace.mismatch({
    code: "cat/sizes",
    severity: "error",
    place,
    say: `torch.cat along dimension ${axis} gets ${printSizes(one)} and ${printSizes(other)}.`,
    advise: `All other dimensions have to be the same.`,
  });
  return engine.tensor(undefined, { reason: "These tensors cannot be concatenated." });
}
