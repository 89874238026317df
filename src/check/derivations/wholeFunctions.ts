import { type MathExpr, replaced } from "../../core/math/expression.js";
import type { MatrixShapes } from "../../core/math/matrixShape.js";
import type { Formulas } from "../../core/math/spelledOut.js";
import type { Made } from "../../core/math/upstream.js";

/**
 * An expression in which the gradient of a function by what it is a function of is that of a letter: `∇_w L` for `∇_w L(w)`, for `L′(w)` where w
 * is a column, and for `∇L`, where the document says what L is.
 */
export function withWholeFunctions(
  e: MathExpr,
  functions: Formulas["functions"],
  { made, shapes }: { readonly made: Made; readonly shapes: MatrixShapes },
): MathExpr {
  const parametersOf = (name: string): readonly string[] =>
    made.has(name) ? (functions.get(name)?.parameters ?? []) : [];
  const by = (name: string, letter: string, at: MathExpr): MathExpr => ({
    kind: "derivative",
    of: { kind: "symbol", name, from: at.from, to: at.to },
    by: letter,
    from: at.from,
    to: at.to,
  });
  return replaced(e, (x) => {
    if (x.kind === "derivative" && x.of.kind === "apply") {
      const { name, args } = x.of;
      const own = parametersOf(name);
      const isWhole = own.length === args.length && args.every((a, i) => a.kind === "symbol" && a.name === own[i]);
      return isWhole && own.length > 0 && shapes.has(x.by) ? by(name, x.by, x) : undefined;
    }
    if (x.kind === "symbol" && x.name.startsWith("∇")) {
      const [only, ...more] = parametersOf(x.name.slice(1));
      return only && more.length === 0 ? by(x.name.slice(1), only, x) : undefined;
    }
    const [arg, ...others] = x.kind === "apply" && x.name.endsWith("′") ? x.args : [];
    if (x.kind !== "apply" || arg?.kind !== "symbol" || others.length > 0 || !shapes.has(arg.name)) return undefined;
    const name = x.name.slice(0, -1);
    return parametersOf(name).join() === arg.name ? by(name, arg.name, x) : undefined;
  });
}
