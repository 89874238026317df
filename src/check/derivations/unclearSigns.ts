import { isFunction } from "../../core/math/functions.js";
import type { Chain } from "../../read/math/chains.js";
import type { Token } from "../../read/math/token.js";
import type { Known } from "./decideStep.js";
import { isKnownSomewhere } from "./placeValues.js";

/** Whether all numbers of a chain are noughts and ones, so that they may be binary. */
export function mayBeBinary({ links }: Chain): boolean {
  const numbers = links.flatMap((l) => l.tokens.filter((t) => t.kind === "number").map((t) => t.text));
  return numbers.every((n) => /^[01]+$/.test(n)) && numbers.some((n) => n.length > 1);
}

/** The letters that stand before another one in brackets, which nobody would put around a factor: `f(a) + f(b)`. */
export const surelyCalled = ({ links }: Chain): ReadonlySet<string> =>
  new Set(
    links.flatMap(({ tokens }) =>
      tokens.flatMap(({ kind, text }, i) => {
        const [open, inside, close] = [1, 2, 3].map((n) => tokens[i + n]);
        const isArgument = inside?.kind === "word" || (text === "σ" && inside?.kind === "number");
        const isCall = open?.text === "(" && isArgument && close?.text === ")";
        return kind === "word" && !isFunction(text) && isCall ? [text] : [];
      }),
    ),
  );

/** Whether a letter stands before a bracket of which nothing says that it is a factor: it may be a function of which nothing is known. */
export function isCallUnclear({ links, isLatex }: Chain, known: Known): boolean {
  const isLetter = (t: Token): boolean => t.kind === "word" && !isFunction(t.text) && !/^(?:log|Var|Θ|O)$/.test(t.text);
  // FK²
  const isFactorIn = ({ text }: Token, name: string): boolean =>
    text === name || (!isLatex && /^\p{L}{2,3}$/u.test(text) && text.includes(name));
  // `Xᵀ(…)` is no call of T.
  const isCalled = (tokens: readonly Token[], i: number): boolean =>
    tokens[i + 1]?.text === "(" && !(tokens[i]?.text === "T" && tokens[i - 1]?.text === "^");
  const names = links.flatMap(({ tokens }) =>
    tokens.filter((t, i) => isLetter(t) && isCalled(tokens, i)).map((t) => t.text),
  );
  const isFactor = (name: string): boolean =>
    known.values.has(name) ||
    known.shapes.has(name) ||
    known.formulas.functions.has(name) ||
    isKnownSomewhere(known.values, name) ||
    links.some((l) => l.tokens.some((t, i) => isFactorIn(t, name) && l.tokens[i + 1]?.text !== "("));
  return names.some((name) => !isFactor(name));
}
