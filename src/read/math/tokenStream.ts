import type { MathExpr } from "../../core/math/expression.js";
import type { Token } from "./token.js";

/** Tokens are no mathematics that is known here. */
export class NotRead extends Error {}

/** How ambiguous notation is taken, and whether some was met. */
export interface Reading {
  readonly isLatex: boolean;
  /** Whether a letter before a bracket is a function. */
  readonly isApplied: (name: string) => boolean;
  /** What is derived by a letter in `dW`, where that is a gradient and no product. */
  readonly derivedBy: (name: string) => string | undefined;
  /** Whether a letter before square brackets is a sequence. */
  readonly isSequence: (name: string) => boolean;
  /** Whether the document gives a name a value: then `e²` is the square of an error. */
  readonly isLetter: (name: string) => boolean;
  /** Whether letters side by side, which are no name that is known, are factors that are: `Wx`. */
  readonly isFactor: (name: string) => boolean;
  /** What `log` stands for: `ln`, `log2` or `log10`. */
  readonly log: string;
  hasLog: boolean;
  /** Letters before a bracket that were taken for factors. */
  readonly multiplied: Set<string>;
  /** Whether a product without signs stands behind a stroke: `a/2b`. */
  isDivisorUnclear: boolean;
}

/** The plainest reading: letters before brackets are factors, `log` is the natural one. */
export const plainReading = (
  isLatex: boolean,
  isApplied: Reading["isApplied"] = () => false,
  derivedBy: Reading["derivedBy"] = () => undefined,
  isSequence: Reading["isSequence"] = () => false,
): Reading => ({
  isLatex,
  isApplied,
  derivedBy,
  isSequence,
  isLetter: () => false,
  isFactor: () => false,
  log: "ln",
  hasLog: false,
  multiplied: new Set(),
  isDivisorUnclear: false,
});

/** Tokens with a place up to which they have been read. */
export class TokenStream {
  position = 0;

  constructor(private tokens: readonly Token[]) {}

  /** The token that is so many behind the next one. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  next(): Token | undefined {
    return this.tokens[this.position++];
  }

  /** Takes the first digit alone of the number that comes next: `\frac12` is a half. */
  digit(): Token | undefined {
    const token = this.peek();
    if (token?.kind !== "number" || !/^\d\d+$/.test(token.text)) return undefined;
    const middle = token.from + 1;
    const [first, rest] = [token.text.slice(0, 1), token.text.slice(1)];
    this.tokens = this.tokens.toSpliced(
      this.position,
      1,
      { ...token, text: first, to: middle },
      { ...token, text: rest, from: middle },
    );
    return this.next();
  }

  /** Parts a word that was just taken into its letters, of which the first one counts as taken; a side that it makes alone is a name. */
  letters(word: Token): Token {
    if (this.tokens.length === 1) return word;
    const parts = [...word.text].map((text, i) => ({ ...word, text, from: word.from + i, to: word.from + i + 1 }));
    this.tokens = this.tokens.toSpliced(this.position - 1, 1, ...parts);
    return parts[0] ?? word;
  }

  /** Takes the next token if it is one of these signs. */
  sign(...signs: readonly string[]): Token | undefined {
    const token = this.peek();
    if (token?.kind !== "sign" || !signs.includes(token.text)) return undefined;
    this.position++;
    return token;
  }

  /** Takes what stands in brackets under a condition, or a divergence between two distributions, as one name: `(A | B)`, `(p ‖ q)`. */
  condition(): MathExpr | undefined {
    const inside = this.tokens.slice(this.position + 1, this.closing());
    const [first, last] = [inside[0], inside.at(-1)];
    const bars = inside.filter((t, i) => /^[|‖]$/.test(t.text) && depthAt(inside, i) === 0);
    const [bar, second] = bars;
    if (!first || !last || !bar || bar === first || bars.at(-1) === last) return undefined;
    const isDivergence = bar.text === "‖" ? bars.length === 1 : bars.length === 2 && second?.from === bar.to;
    const signs = isDivergence ? /^[^=<>≤≥≈]$/ : /^[,{}^¬']$/;
    if (!isDivergence && bars.length > 1) return undefined;
    if (inside.some((t) => !bars.includes(t) && t.kind === "sign" && !signs.test(t.text))) return undefined;
    this.position += inside.length + 2;
    return { kind: "symbol", name: inside.map((t) => t.text).join(""), from: first.from, to: last.to };
  }

  /** Where the bracket closes that opens here; here, if it closes nowhere. */
  private closing(): number {
    let depth = 0;
    for (let at = this.position; at < this.tokens.length; at++) {
      depth += bracketOf(this.tokens[at]);
      if (depth === 0) return at;
    }
    return this.position;
  }

  /** Takes a sign that must follow. */
  expect(sign: string): Token {
    const token = this.sign(sign);
    if (!token) throw new NotRead();
    return token;
  }

  /** Where the last token that was taken ends. */
  get last(): number {
    return this.tokens[this.position - 1]?.to ?? 0;
  }

  /** The texts of the tokens between two positions, as one. */
  between(from: number, to: number): string {
    return this.tokens
      .slice(from, to)
      .map((t) => t.text)
      .join("");
  }
}

const bracketOf = (token: Token | undefined): number => (token?.text === "(" ? 1 : token?.text === ")" ? -1 : 0);

/** How many round brackets are open before a token. */
const depthAt = (tokens: readonly Token[], at: number): number =>
  tokens.slice(0, at).reduce((depth, token) => depth + bracketOf(token), 0);
