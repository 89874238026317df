import type { MathExpr } from "../../core/math/expression.js";
import { linkOf, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { typedTokens } from "../../read/math/typedTokens.js";

const typed = (text: string): MathExpr | undefined =>
  readLink(linkOf(typedTokens(text, { from: 0, to: text.length })), plainReading(false));

/** The probability of a 1 that a text gives the entries of a random mask: `Bernoulli(1 − p)`. */
export function maskIn(text: string): MathExpr | undefined {
  const said =
    /Bernoulli[^A-Za-z(]{0,6}\(\s*(?:\$|\\\()?\s*(1\s*[-−]\s*)?([a-z]|0?\.\d+)\s*(?:\$|\\right|\\\))?\s*\)/i.exec(text);
  return said?.[2] ? typed(`${said[1] ? "1-" : ""}${said[2]}`) : undefined;
}

/** The diagonal matrix of the norms of another one's columns, as a formula, where a text says that a letter stands for it. */
export function columnNorms(name: string, text: string): MathExpr | undefined {
  if (!/^[ΓΛD]\u0303?$/u.test(name) || !/diag/i.test(text)) return undefined;
  const said = /columns?(?:'s)? norms?|norms? of (?:the |all )?columns/i.exec(text);
  if (!said) return undefined;
  const [, of = "X"] =
    /^(?:\s|of|the|columns|\$|\\mathbf|\{)*\b([A-Z])\b/.exec(text.slice(said.index + said[0].length)) ?? [];
  return typed(`sqrt(diag(${of}^T ${of}))`);
}
