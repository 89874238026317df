import { countParts, freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { type Counterexample, compareExpressions } from "../../core/math/identity.js";
import { nearestRight, type Repair } from "../../core/math/nearMiss.js";
import { type Binding, bindingsOf, letterFor } from "./bindings.js";
import { expressionOf, type Quantity } from "./quantity.js";

/** What is said of a formula that a document gives for a quantity. */
export type QuantityAnswer =
  | { readonly verdict: "right"; readonly convention?: string }
  | {
      readonly verdict: "wrong";
      /** The right formula, in the document's letters. */
      readonly right: MathExpr;
      readonly mistake?: string;
      readonly repair?: Repair;
      readonly counterexample?: Counterexample;
    };

/**
 * Compares a formula with a quantity's: right if it is one of them in some way in which its letters may be meant, wrong only if it is a
 * mistake that is known, or one small change away. Undefined where neither is clear.
 */
export function decideQuantity(e: MathExpr, quantity: Quantity, text: string): QuantityAnswer | undefined {
  const bindings = bindingsOf(e, quantity, text);
  // A number alone is compared only with a quantity that is one.
  const isNumber = freeSymbols(e).size === 0;
  if ((isNumber && Object.keys(quantity.roles).length > 0) || bindings.length === 0) return undefined;
  for (const binding of bindings)
    for (const formula of quantity.formulas) {
      const right = inLetters(formula, quantity, binding);
      if (!right || !compareExpressions(right, e).isIdentity) continue;
      const convention = quantity.conventions?.[formula];
      return { verdict: "right", ...(convention ? { convention } : {}) };
    }
  if (isSquare(text) && quantity.roles["I"] && quantity.roles["O"])
    return isForOneSize(e, quantity, bindings)
      ? { verdict: "right", convention: "with as many inputs as outputs" }
      : undefined;
  for (const binding of bindings) {
    const reference = referenceFor(quantity, binding, text);
    for (const [formula, mistake] of Object.entries(quantity.mistakes ?? {})) {
      // Who never speaks of biases may have none.
      if (mistake.includes("bias") && !/bias/i.test(text)) continue;
      const mistaken = inLetters(formula, quantity, binding);
      if (!reference || !mistaken || !compareExpressions(mistaken, e).isIdentity) continue;
      const { counterexample } = compareExpressions(reference, e, { isCount: true });
      if (counterexample) return { verdict: "wrong", right: reference, mistake, counterexample };
    }
  }
  const [only, ...more] = bindings;
  const reference = only && more.length === 0 ? inLetters(quantity.formulas[0] ?? "", quantity, only) : undefined;
  if (!reference || countParts(e) < 4) return undefined;
  const repair = nearestRight(reference, e, (x) => compareExpressions(reference, x).isIdentity === true);
  const { counterexample } = repair ? compareExpressions(reference, e, { isCount: true }) : {};
  return repair && counterexample ? { verdict: "wrong", right: reference, repair, counterexample } : undefined;
}

/** Whether a text speaks of layers that have as many inputs as outputs. */
const isSquare = (text: string): boolean =>
  /([dn])_?\{?(?:\\\w+\{)?(?:in|out)\}{0,2}\s*=\s*\1_?\{?(?:\\\w+\{)?(?:in|out)|\bsquare (?:layer|matri|weight)/i.test(
    text,
  );

/** Whether a formula is a quantity's where its one letter stands for the inputs and for the outputs. */
function isForOneSize(e: MathExpr, quantity: Quantity, bindings: readonly Binding[]): boolean {
  for (const binding of bindings)
    for (const [name, role] of binding)
      for (const formula of role === "I" || role === "O" ? quantity.formulas : []) {
        const general = expressionOf(formula);
        const own = new Map([...binding].map(([n, r]) => [r, n]));
        const right =
          general &&
          replaced(general, (part) => {
            if (part.kind !== "symbol") return undefined;
            return { ...part, name: part.name === "I" || part.name === "O" ? name : (own.get(part.name) ?? part.name) };
          });
        if (right && compareExpressions(right, e).isIdentity) return true;
      }
  return false;
}

/** The right formula that has the fewest letters of which the document has none. */
function referenceFor(quantity: Quantity, binding: Binding, text: string): MathExpr | undefined {
  const roles = new Set(binding.values());
  const missing = (formula: string): number => {
    const e = expressionOf(formula);
    const open = [...(e ? freeSymbols(e) : [])].filter((role) => !roles.has(role) && !quantity.roles[role]?.otherwise);
    return open.length;
  };
  const [best] = quantity.formulas.toSorted((a, b) => missing(a) - missing(b));
  return best === undefined ? undefined : inLetters(best, quantity, binding, text);
}

/**
 * A quantity's formula in the letters of a document; undefined where the formula at hand has no letter for one that it needs, unless `text`
 * is given: then it is the one that the text explains, or the quantity's own.
 */
function inLetters(formula: string, quantity: Quantity, binding: Binding, text?: string): MathExpr | undefined {
  const { roles } = quantity;
  const e = expressionOf(formula);
  if (!e) return undefined;
  const names = new Map([...binding].map(([name, role]) => [role, name]));
  let isComplete = true;
  const written = replaced(e, (part) => {
    if (part.kind !== "symbol") return undefined;
    const name = names.get(part.name);
    if (name !== undefined) return { ...part, name };
    const otherwise = roles[part.name]?.otherwise;
    const own = roles[part.name]?.called ?? part.name;
    const called = text === undefined || otherwise !== undefined ? own : (letterFor(part.name, text, quantity) ?? own);
    if (otherwise === undefined && (text === undefined || binding.has(called))) isComplete = false;
    return otherwise === undefined
      ? { ...part, name: called }
      : { kind: "number", text: otherwise, from: part.from, to: part.to };
  });
  return isComplete ? written : undefined;
}
