import { differentiate } from "./differentiate.js";
import { type MathExpr, replaced } from "./expression.js";

/** What a function of a document is: `σ(x) = 1/(1 + e^{−x})`. */
export interface FunctionFormula {
  readonly parameters: readonly string[];
  readonly body: MathExpr;
}

/** What the letters and functions of a document stand for. */
export interface Formulas {
  readonly letters: ReadonlyMap<string, MathExpr>;
  readonly functions: ReadonlyMap<string, FunctionFormula>;
}

/** Whether a document says what a function is; of its derivatives it says so too. */
export const isKnownFunction = ({ functions }: Formulas, name: string): boolean =>
  underived(functions, name) !== undefined;

/** The function with the fewest primes that a document says of those whose derivative a name is, and how often that is derived. */
function underived(
  functions: Formulas["functions"],
  name: string,
): { readonly known: FunctionFormula; readonly times: number } | undefined {
  const plain = name.replace(/′+$/, "");
  for (let times = name.length - plain.length; times >= 0; times--) {
    const known = functions.get(name.slice(0, name.length - times));
    if (known) return { known, times };
  }
  return undefined;
}

/** Formulas within formulas that are spelled out. */
const MAX_DEPTH = 4;

/** An expression with formulas in the place of the letters and functions that stand for them, also within those. */
export function spelledOut(e: MathExpr, formulas: Formulas, depth = 0): MathExpr {
  if (depth > MAX_DEPTH || formulas.letters.size + formulas.functions.size === 0) return e;
  return replaced(e, (part) => {
    // A derivative goes through what letters stand for by itself.
    if (part.kind === "derivative" && formulas.letters.size > 0)
      return spelledOut(part, { ...formulas, letters: new Map() }, depth);
    const formula =
      part.kind === "symbol"
        ? formulas.letters.get(part.name)
        : part.kind === "apply"
          ? appliedFormula(part, formulas.functions)
          : part.kind === "indexed"
            ? appliedFormula({ ...part, kind: "apply", args: part.indices }, formulas.functions)
            : undefined;
    return formula && spelledOut(formula, formulas, depth + 1);
  });
}

/** A function's formula with the arguments in the place of its parameters; each prime is a derivative. */
function appliedFormula(
  { name, args }: Extract<MathExpr, { kind: "apply" }>,
  functions: Formulas["functions"],
): MathExpr | undefined {
  const { known, times = 0 } = underived(functions, name) ?? {};
  if (!known || known.parameters.length !== args.length || (times > 0 && args.length !== 1)) return undefined;
  let body: MathExpr | undefined = known.body;
  for (let i = 0; body && i < times; i++) body = differentiate(body, known.parameters[0] ?? "");
  const given = new Map(known.parameters.map((p, i) => [p, args[i] as MathExpr]));
  return body && replaced(body, (x) => (x.kind === "symbol" ? given.get(x.name) : undefined));
}
