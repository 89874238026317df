import { allWithin, freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { type Formulas, isKnownFunction } from "../../core/math/spelledOut.js";
import type { Made } from "../../core/math/upstream.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";

/** Words between a formula and its derivative that lead to nothing else. */
const LEADS =
  /^(?:[\s$.,;)\\]|\b(?:then|and|so|hence|thus|therefore|now|its|the|a|first|derivative|gradient|slope|is|are|has|we|get|have|find|compute|by|using|with|from|this|that|which|gives|yields|follows|product|chain|quotient|power|rule|differentiat\w+|for|where|parameter|weight|qquad|quad|und|dann|also|ist|die|Ableitung|mit|der|donc|et|sa|dérivée|est)\b)*$/iu;

/** Characters between the two. */
const MOST = 120;

/** The function or letter for which the chain before gives a formula, where a chain follows that may only derive it. */
export function derivedNext(
  last: Chain | undefined,
  chain: Chain,
  { formulas, made }: { readonly formulas: Formulas; readonly made: Made },
  text: string,
): string | undefined {
  const [first, second] = last?.links ?? [];
  if (!last || !first || !second || last.links.length > 2 || last.relations[0] !== "=") return undefined;
  if (chain.from - last.to > MOST || !LEADS.test(text.slice(last.to, chain.from))) return undefined;
  const reading = plainReading(last.isLatex, (name) => isKnownFunction(formulas, name));
  const [e, formula] = [first, second].map((link) => readLink(link, reading));
  if (!formula || (e?.kind !== "apply" && e?.kind !== "symbol")) return undefined;
  const own = made.get(e.name);
  return own && printMath(own) === printMath(formula) ? e.name : undefined;
}

/** Whether a side derives a function or a letter with a formula of numbers, and the other is a formula in the same letters. */
export function isItsDerivative(name: string, made: Made, left: MathExpr, right: MathExpr): boolean {
  const isOfIt =
    (left.kind === "apply" &&
      left.name.replace(/′+$/, "") === name.replace(/′+$/, "") &&
      left.args.every((x) => x.kind === "symbol")) ||
    (left.kind === "derivative" && left.of.kind === "symbol" && left.of.name === name);
  const formula = made.get(name);
  const letters = formula ? freeSymbols(formula) : new Set<string>();
  const isPlain = (e: MathExpr): boolean => !/^(?:derivative|transpose|matrix|indexed|series|apply)$/.test(e.kind);
  return (
    isOfIt &&
    // What a letter stands for may be held fast, or not.
    [...letters].every((x) => !made.has(x)) &&
    [...freeSymbols(right)].every((x) => letters.has(x) && !/^\p{Lu}/u.test(x)) &&
    freeSymbols(right).size > 0 &&
    [...allWithin(right)].every(isPlain)
  );
}
