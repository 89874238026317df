import { equal, same } from "../../../core/dims/compare.js";
import { printSizes } from "../../../core/ops/explain.js";
import type { Shape, Size } from "../../../core/ops/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { type PyValue, type TensorValue, unknown } from "../values.js";

const ELEMENTWISE = new Set(["+", "-", "*", "/", "//", "%", "**", "&", "|", "^"]);

/** An operator with a tensor on at least one side. */
export function tensorOperator(engine: Evaluator, op: string, a: PyValue, b: PyValue, place: Place): PyValue {
  if (a.kind === "unknown") return a;
  if (b.kind === "unknown") return b;
  if (!ELEMENTWISE.has(op)) return unknown(`Dimsum does not know ${op} between tensors yet.`);
  const isNumber = (v: PyValue): boolean => v.kind === "int" || v.kind === "float" || v.kind === "bool";
  if (a.kind === "tensor" && isNumber(b)) return a;
  if (b.kind === "tensor" && isNumber(a)) return b;
  if (a.kind !== "tensor" || b.kind !== "tensor") return unknown("Dimsum cannot calculate this.");
  if (!a.shape || !b.shape)
    return engine.tensor(undefined, { reason: (a.shape ? b : a).reason ?? "The input's shape is not known." });
  return broadcast(engine, a as Shaped, b as Shaped, op, place);
}

type Shaped = TensorValue & { readonly shape: Shape };

/** The shape of an elementwise operation: sizes agree from the end, or one of them is 1. */
function broadcast(engine: Evaluator, a: Shaped, b: Shaped, op: string, place: Place): TensorValue {
  const rank = Math.max(a.shape.length, b.shape.length);
  const result: Size[] = [];
  for (let back = rank; back >= 1; back--) {
    const [x, y] = [a.shape[a.shape.length - back], b.shape[b.shape.length - back]];
    const size = a.shape.length < back ? y : b.shape.length < back ? x : meet(x, y);
    if (size === null) {
      if (a.doubt || b.doubt)
        return engine.tensor(undefined, { doubt: "any", reason: "It follows from a mismatch before." });
      engine.trace.mismatch({
        code: "broadcast/sizes",
        severity: "error",
        place,
        say: `${printSizes(a.shape)} ${op} ${printSizes(b.shape)}: the sizes ${printSizes([x])} and ${printSizes([y])} do not meet.`,
        advise: "Make them the same, or one of them 1.",
        ...(b.maker
          ? { related: { place: b.maker.place, say: `${b.maker.label} gives ${printSizes(b.shape)}, here.` } }
          : {}),
      });
      return engine.tensor(undefined, { reason: "These shapes do not fit together." });
    }
    result.push(size);
  }
  return engine.tensor(result, { maker: { place, label: op }, ...(a.doubt || b.doubt ? { doubt: "any" } : {}) });
}

/** The size that two sizes broadcast to; null where they certainly do not. */
function meet(x: Size, y: Size): Size | null {
  if (x === 1) return y;
  if (y === 1) return x;
  if (x === undefined || y === undefined) return typeof x === "number" ? x : typeof y === "number" ? y : undefined;
  if (same(x, y)) return x;
  const isOne = equal(x, 1) !== false || equal(y, 1) !== false;
  return equal(x, y) === false && !isOne ? null : undefined;
}
