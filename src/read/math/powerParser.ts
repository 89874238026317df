import { binary } from "../../core/math/compound.js";
import type { MathExpr } from "../../core/math/expression.js";
import type { Token } from "./token.js";
import { NotRead, type Reading, type TokenStream } from "./tokenStream.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** What is transposed: `(1, 2)ᵀ` is the column that saves the room. */
const transposed = (of: MathExpr, to: number): MathExpr =>
  of.kind === "matrix" && of.isList ? { ...of, to } : { kind: "transpose", of, from: of.from, to };

/** What is written above, below and behind an expression: powers, transposes, indices, primes. */
export abstract class PowerParser {
  /** The indices of the series around. */
  protected readonly bound: string[] = [];

  constructor(
    protected readonly tokens: TokenStream,
    protected readonly reading: Reading,
  ) {}

  protected abstract expression(): MathExpr;
  protected abstract factor(): MathExpr;
  protected abstract atom(): MathExpr;

  /** Powers, transposes, primes and factorials behind an atom. */
  protected powers(atom: MathExpr): MathExpr {
    let e = atom;
    for (;;) {
      const token = this.tokens.peek();
      if (token?.kind !== "sign") return e;
      if (token.text === "^") {
        this.tokens.next();
        e = this.raised(e);
      } else if (token.text === "!") {
        this.tokens.next();
        e = { kind: "call", name: "factorial", args: [e], from: e.from, to: token.to };
      } else if (token.text === "%") {
        this.tokens.next();
        // `5 + 10%` is more often 5.5 than 5.1.
        if (atom.kind !== "number" || this.tokens.peek() || this.tokens.position > 2) throw new NotRead();
        e = binary("/", e, { kind: "number", text: "100", from: token.from, to: token.to });
      } else if (token.text === "ᵀ") {
        this.tokens.next();
        e = transposed(e, token.to);
      } else if (SUPERSCRIPTS.includes(token.text) || token.text === "⁻" || token.text === "ⁿ") e = this.small(e);
      else return e;
    }
  }

  private raised(base: MathExpr): MathExpr {
    const next = this.tokens.peek();
    const after = this.tokens.peek(1);
    if (next && /^[T⊤]$/.test(next.text) && next.kind !== "text") {
      this.tokens.next();
      return transposed(base, next.to);
    }
    if (next?.text === "{" && after && /^[T⊤]$/.test(after.text) && this.tokens.peek(2)?.text === "}") {
      for (let i = 0; i < 3; i++) this.tokens.next();
      return transposed(base, this.tokens.last);
    }
    let exponent: MathExpr;
    if (this.tokens.sign("{")) {
      exponent = this.expression();
      this.tokens.expect("}");
    } else if (this.tokens.sign("-")) {
      const of = this.factor();
      exponent = { kind: "negate", of, from: of.from - 1, to: of.to };
    } else exponent = this.reading.isLatex ? this.atom() : this.factor();
    const isSquare = exponent.kind === "number" && exponent.text === "2";
    if (base.kind === "symbol" && base.name === "e" && !(isSquare && this.reading.isLetter("e")))
      return { kind: "call", name: "exp", args: [exponent], from: base.from, to: this.tokens.last };
    return { kind: "binary", op: "^", left: base, right: exponent, from: base.from, to: this.tokens.last };
  }

  /** `x²`, `10⁻³`. */
  private small(base: MathExpr): MathExpr {
    let text = "";
    let token = this.tokens.peek();
    const start = token?.from ?? base.to;
    for (
      ;
      token && (SUPERSCRIPTS.includes(token.text) || token.text === "⁻" || token.text === "ⁿ");
      token = this.tokens.peek()
    ) {
      text += token.text;
      this.tokens.next();
    }
    const at = { from: start, to: this.tokens.last };
    if (text === "ⁿ") return binary("^", base, { kind: "symbol", name: "n", ...at });
    const digits = [...text.replace("⁻", "")].map((c) => SUPERSCRIPTS.indexOf(c)).join("");
    if (!/^\d+$/.test(digits)) throw new NotRead();
    const number: MathExpr = { kind: "number", text: digits, ...at };
    return binary("^", base, text.startsWith("⁻") ? { kind: "negate", of: number, ...at } : number);
  }

  /** A letter with its subscripts and primes, which are part of its name unless a sum goes through them. */
  protected subscripted(symbol: Extract<MathExpr, { kind: "symbol" }>): MathExpr {
    let { name } = symbol;
    for (;;) {
      const next = this.tokens.peek();
      if (next?.text === "'") {
        this.tokens.next();
        name += "′";
      } else if (next?.text === "_" && next.kind === "sign") {
        this.tokens.next();
        const start = this.tokens.position;
        const inner = this.subscript();
        if (inner.some((t) => this.bound.includes(t.text))) {
          this.tokens.position = start;
          return this.indexed(name, symbol.from);
        }
        name += `_${inner.map((t) => t.text).join("")}`;
      } else if (next?.text === "^" && this.isLabel()) {
        const start = this.tokens.position;
        while (this.tokens.next()?.text !== "}" || this.tokens.position - start < 3);
        name += `^${this.tokens.between(start + 2, this.tokens.position - 1)}`;
      } else break;
    }
    return { ...symbol, name, to: this.tokens.last };
  }

  /** Whether a superscript in brackets follows, as in `W^{(1)}`. */
  private isLabel(): boolean {
    return (
      this.tokens.peek(1)?.text === "{" &&
      this.tokens.peek(2)?.text === "(" &&
      this.tokens.peek(4)?.text === ")" &&
      this.tokens.peek(5)?.text === "}"
    );
  }

  /** What stands below: one token, or a group. */
  protected subscript(): readonly Token[] {
    if (!this.tokens.sign("{")) {
      const one = this.tokens.next();
      if (!one || one.kind === "command") throw new NotRead();
      return [one];
    }
    const inner: Token[] = [];
    for (let depth = 1; ; ) {
      const token = this.tokens.next();
      if (!token || token.kind === "command") throw new NotRead();
      if (token.text === "{") depth++;
      if (token.text === "}" && --depth === 0) return inner;
      inner.push(token);
    }
  }

  private indexed(name: string, from: number): MathExpr {
    const indices: MathExpr[] = [];
    if (this.tokens.sign("{")) {
      indices.push(this.expression());
      while (this.tokens.sign(",")) indices.push(this.expression());
      this.tokens.expect("}");
    } else indices.push(this.atom());
    // `x_{ij}` is read as a product of two letters that are indices.
    const flat = indices.flatMap((e) => (e.kind === "binary" && e.implicit ? factorsOf(e) : [e]));
    return { kind: "indexed", name, indices: flat, from, to: this.tokens.last };
  }
}

const factorsOf = (e: MathExpr): readonly MathExpr[] =>
  e.kind === "binary" && e.implicit ? [...factorsOf(e.left), e.right] : [e];
