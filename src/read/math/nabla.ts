import type { MathExpr } from "../../core/math/expression.js";
import { NotRead } from "./tokenStream.js";

/** `∇f(x, y)`: the derivatives of a function by its arguments, one below the other; of one argument the derivative, also at a number. */
export function gradientOfApplied(of: Extract<MathExpr, { kind: "apply" }>, from: number): MathExpr {
  const [first, ...more] = of.args;
  const at = { from, to: of.to };
  if (first && more.length === 0 && first.kind !== "symbol") return { ...of, name: `${of.name}′`, ...at };
  const rows = of.args.map((x): readonly MathExpr[] => {
    if (x.kind !== "symbol") throw new NotRead();
    return [{ kind: "derivative", of, by: x.name, ...at }];
  });
  const [[only] = []] = rows;
  return only && more.length === 0 ? only : { kind: "matrix", rows, ...at };
}
