import { allWithin, freeSymbols, type MathExpr } from "./expression.js";
import { indexedNames } from "./families.js";

/** The formulas that letters stand for, by name. */
export type Made = ReadonlyMap<string, MathExpr>;

/** All letters that an expression depends on, those of the formulas behind its letters included. */
export function dependsOn(e: MathExpr, made: Made): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (x: MathExpr): void => {
    const sequences = [...indexedNames(x)].filter((name) => made.has(name));
    for (const name of [...freeSymbols(x), ...sequences]) {
      if (found.has(name)) continue;
      found.add(name);
      const formula = made.get(name);
      if (formula) visit(formula);
    }
  };
  visit(e);
  return found;
}

/**
 * The letters by which the gradient of a number without a formula is given in an equation, by the number's name: `∂L/∂y` in
 * `∂L/∂W = ∂L/∂y xᵀ`, where y depends on W. Undefined where they depend on each other.
 */
export function upstreamIn(sides: readonly MathExpr[], made: Made): ReadonlyMap<string, readonly string[]> | undefined {
  const by = new Map<string, Set<string>>();
  for (const side of sides)
    for (const e of allWithin(side)) {
      if (e.kind !== "derivative" || e.of.kind !== "symbol" || made.has(e.of.name)) continue;
      by.set(e.of.name, (by.get(e.of.name) ?? new Set()).add(e.by));
    }
  const given = new Map<string, readonly string[]>();
  for (const [of, names] of by) {
    const reach = new Map([...names].map((name) => [name, dependenciesOf(name, made)]));
    const own = [...names].filter((name) => [...names].some((other) => reach.get(name)?.has(other)));
    if (own.some((name) => own.some((other) => reach.get(name)?.has(other)))) return undefined;
    given.set(of, own);
  }
  return given;
}

const dependenciesOf = (name: string, made: Made): ReadonlySet<string> => {
  const formula = made.get(name);
  return formula ? dependsOn(formula, made) : new Set();
};
