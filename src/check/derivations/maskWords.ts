import type { MathExpr } from "../../core/math/expression.js";
import { linkOf, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { typedTokens } from "../../read/math/typedTokens.js";

const typed = (text: string): MathExpr | undefined =>
  readLink(linkOf(typedTokens(text, { from: 0, to: text.length })), plainReading(false));

/** The probability of a 1 that a text gives the entries of a random mask: `Bernoulli(1 − p)`. */
export function maskIn(text: string): MathExpr | undefined {
  const said =
    /Bernoulli[^A-Za-z(]{0,6}\(\s*(?:\$|\\\(|\()?\s*(1\s*[-−]\s*)?([a-z]|0?\.\d+)\s*(?:\$|\\right|\\\))?\s*\)/i.exec(
      text,
    );
  return said?.[2] ? typed(`${said[1] ? "1-" : ""}${said[2]}`) : undefined;
}

/** The diagonal matrix of the norms of X's columns, as a formula, where a text says that a letter stands for it. */
export const columnNorms = (name: string, text: string): MathExpr | undefined =>
  /^[ΓΛD]\u0303?$/u.test(name) &&
  /diag/i.test(text) &&
  /columns?(?:'s)? norms?|norms? of (?:the |all )?columns/i.test(text)
    ? typed("sqrt(diag(X^T X))")
    : undefined;
