import type { MathExpr, MathOperator } from "../../core/math/expression.js";
import { isFunction } from "../../core/math/functions.js";
import { binary, listOf } from "./compound.js";
import { MARKS } from "./latexSigns.js";
import { PowerParser } from "./powerParser.js";
import type { Token } from "./token.js";
import { NotRead } from "./tokenStream.js";

/** Brackets within brackets that are read. */
const MAX_DEPTH = 120;

const CLOSING: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "⦃": "⦄",
  "⌊": "⌋",
  "⌈": "⌉",
  "⟨": "⟩",
};

const PRODUCTS: Readonly<Record<string, MathOperator>> = {
  "·": "*",
  "×": "*",
  "*": "*",
  "/": "/",
  "÷": "/",
  "⊙": "⊙",
  "⋆": "⋆",
};

const MATRICES = /^begin (?:[pbvB]?matrix|smallmatrix|array)\*?$/;

/** Names by which texts call the functions of the field. */
const ALIASES: Readonly<Record<string, string>> = {
  log: "log",
  relu: "relu",
  ReLU: "relu",
  sigmoid: "sigmoid",
  lg: "log10",
  arctanh: "atanh",
};

/** Reads one expression from tokens; throws `NotRead` for what is no mathematics that is known here. */
export class MathParser extends PowerParser {
  private depth = 0;

  /** The expression that all tokens make. */
  whole(): MathExpr {
    const e = this.expression();
    if (this.tokens.peek()) throw new NotRead();
    return e;
  }

  protected override expression(): MathExpr {
    if (++this.depth > MAX_DEPTH) throw new NotRead();
    let left = this.term();
    for (let op = this.tokens.sign("+", "-"); op; op = this.tokens.sign("+", "-"))
      left = binary(op.text as MathOperator, left, this.term());
    this.depth--;
    return left;
  }

  private term(): MathExpr {
    let left = this.signed();
    for (let op = this.tokens.sign(...Object.keys(PRODUCTS)); op; op = this.tokens.sign(...Object.keys(PRODUCTS))) {
      const right = this.signed();
      if (op.text === "/" && right.kind === "binary" && right.implicit) this.reading.isDivisorUnclear = true;
      left = binary(PRODUCTS[op.text] ?? "*", left, right);
    }
    return left;
  }

  /** A product without signs, with the signs in front of it. */
  private signed(): MathExpr {
    const sign = this.tokens.sign("-", "+");
    if (sign) {
      const of = this.signed();
      return sign.text === "-" ? { kind: "negate", of, from: sign.from, to: of.to } : of;
    }
    let left = this.factor();
    while (this.startsFactor(left)) {
      const right = this.factor();
      left = { kind: "binary", op: "*", left, right, implicit: true, from: left.from, to: right.to };
    }
    return left;
  }

  /** Whether what comes next is multiplied with what stands before it, though nothing stands between. */
  private startsFactor(before: MathExpr): boolean {
    const next = this.tokens.peek();
    if (!next) return false;
    if (next.kind === "number") return before.kind !== "number" && this.reading.isLatex;
    if (next.kind === "word" || next.kind === "text") return true;
    if (next.kind === "command") return !next.text.startsWith("end");
    return next.kind === "sign" && ["(", "[", "{", "⌊", "⌈", "Σ", "Π", "⦃"].includes(next.text);
  }

  protected override factor(): MathExpr {
    return this.powers(this.atom());
  }

  protected override atom(): MathExpr {
    const token = this.tokens.next();
    if (!token) throw new NotRead();
    const { from, to, text } = token;
    switch (token.kind) {
      case "number":
        return { kind: "number", text: text.replaceAll(",", ""), from, to };
      case "word":
        return this.named(token);
      case "text":
        if (/^[A-Za-z][\w-]*$/.test(text)) return this.named(token);
        throw new NotRead();
      case "command":
        return this.command(token);
      case "sign":
        if (text === "Σ" || text === "Π") return this.series(text === "Σ" ? "sum" : "product", from);
        if (text === "√") {
          const of = this.factor();
          return { kind: "call", name: "sqrt", args: [of], from, to: of.to };
        }
        if (text === "|") return this.absolute(from);
        if (text in CLOSING) return this.bracket(token);
        throw new NotRead();
      default:
        throw new NotRead();
    }
  }

  private bracket({ text, from }: Token): MathExpr {
    const items = [this.expression()];
    while (this.tokens.sign(",")) items.push(this.expression());
    const close = this.tokens.expect(CLOSING[text] ?? "");
    const [only] = items;
    const at = { from, to: close.to };
    if (items.length === 1 && only) {
      if (text === "⌊" || text === "⌈")
        return { kind: "call", name: text === "⌊" ? "floor" : "ceil", args: [only], ...at };
      return { ...only, ...at };
    }
    if (text === "⌊" || text === "⌈" || text === "{") throw new NotRead();
    return listOf(items, at);
  }

  private absolute(from: number): MathExpr {
    const of = this.expression();
    const close = this.tokens.expect("|");
    return { kind: "call", name: "abs", args: [of], from, to: close.to };
  }

  private command(token: Token): MathExpr {
    const { text, from } = token;
    if (/^[dtc]?frac$/.test(text)) {
      const derivative = this.derivative(from);
      if (derivative) return derivative;
      const [left, right] = [this.argument(), this.argument()];
      return { kind: "binary", op: "/", left, right, from, to: this.tokens.last };
    }
    if (text === "sqrt") {
      const degree = this.tokens.peek()?.text === "[" ? this.degree() : undefined;
      const of = this.argument();
      const name = degree ? "root" : "sqrt";
      return { kind: "call", name, args: degree ? [of, degree] : [of], from, to: this.tokens.last };
    }
    if (/^[dt]?binom$/.test(text)) {
      const args = [this.argument(), this.argument()];
      return { kind: "call", name: "binomial", args, from, to: this.tokens.last };
    }
    if (text === "sum" || text === "prod") return this.series(text === "sum" ? "sum" : "product", from);
    if (MATRICES.test(text)) return this.matrix(token);
    const mark = Object.hasOwn(MARKS, text) ? MARKS[text] : undefined;
    if (mark !== undefined) {
      const of = this.argument();
      if (of.kind !== "symbol") throw new NotRead();
      return { kind: "symbol", name: of.name + mark, from, to: this.tokens.last };
    }
    throw new NotRead();
  }

  /** `\frac{d}{dx} f`, `\frac{\partial L}{\partial w}`: what stands behind it, or above the line, by the letter below. */
  private derivative(from: number): MathExpr | undefined {
    const start = this.tokens.position;
    const above = this.tokens.sign("{") && this.differential();
    const of = above && this.tokens.peek()?.text !== "}" ? this.attempt(() => this.expression()) : undefined;
    const by =
      above && this.tokens.sign("}") && this.tokens.sign("{") && this.differential()
        ? this.attempt(() => this.atom())
        : undefined;
    if (by?.kind !== "symbol" || !this.tokens.sign("}")) {
      this.tokens.position = start;
      return undefined;
    }
    const behind = of ?? this.signed();
    return { kind: "derivative", of: behind, by: by.name, from, to: this.tokens.last };
  }

  /** Takes the d of a differential. */
  private differential(): boolean {
    const next = this.tokens.peek();
    if (next?.text !== "d" && next?.text !== "∂") return false;
    this.tokens.next();
    return true;
  }

  private attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (problem) {
      if (problem instanceof NotRead) return undefined;
      throw problem;
    }
  }

  private degree(): MathExpr {
    this.tokens.expect("[");
    const degree = this.expression();
    this.tokens.expect("]");
    return degree;
  }

  /** What a command takes: a group in braces, or the one thing that follows. */
  private argument(): MathExpr {
    if (!this.tokens.sign("{")) return this.atom();
    const e = this.expression();
    this.tokens.expect("}");
    return e;
  }

  private matrix({ text, from }: Token): MathExpr {
    if (text === "begin array" && this.tokens.sign("{"))
      while (!this.tokens.sign("}")) if (!this.tokens.next()) throw new NotRead();
    const rows: MathExpr[][] = [[]];
    const end = text.replace("begin", "end");
    for (;;) {
      const next = this.tokens.peek();
      if (!next) throw new NotRead();
      if (next.kind === "command" && next.text === end) break;
      if (this.tokens.sign("\\\\")) rows.push([]);
      else if (!this.tokens.sign("&")) rows.at(-1)?.push(this.expression());
    }
    const to = this.tokens.next()?.to ?? from;
    const full = rows.filter((row) => row.length > 0);
    if (full.length === 0 || full.some((row) => row.length !== full[0]?.length)) throw new NotRead();
    return { kind: "matrix", rows: full, from, to };
  }

  private series(what: "sum" | "product", from: number): MathExpr {
    let bounds: { index: string; first: MathExpr } | undefined;
    let last: MathExpr | undefined;
    for (;;) {
      if (this.tokens.sign("_")) bounds = this.lower();
      else if (this.tokens.sign("^")) last = this.argument();
      else break;
    }
    if (!bounds || !last) throw new NotRead();
    this.bound.push(bounds.index);
    const body = this.term();
    this.bound.pop();
    return { kind: "series", what, ...bounds, last, body, from, to: body.to };
  }

  /** `i=1` below the sign. */
  private lower(): { index: string; first: MathExpr } {
    const isGroup = this.tokens.sign("{") !== undefined;
    const index = this.tokens.next();
    this.tokens.expect("=");
    const first = this.expression();
    if (isGroup) this.tokens.expect("}");
    if (index?.kind !== "word") throw new NotRead();
    return { index: index.text, first };
  }

  private named(token: Token): MathExpr {
    const { from, to } = token;
    const name = Object.hasOwn(ALIASES, token.text) ? (ALIASES[token.text] ?? token.text) : token.text;
    if (isFunction(name) || name === "log") return this.callOf(name, from);
    const symbol = this.subscripted({ kind: "symbol", name: token.text, from, to });
    const next = this.tokens.peek();
    if (next?.text !== "(" || symbol.kind !== "symbol") return symbol;
    const isWord = !this.reading.isLatex && symbol.name.length > 1 && !/^[A-Za-z]_/.test(symbol.name);
    if (!isWord) this.reading.multiplied.add(symbol.name);
    if (!isWord && !this.reading.isApplied(symbol.name)) return symbol;
    this.tokens.next();
    const args = [this.expression()];
    while (this.tokens.sign(",")) args.push(this.expression());
    const close = this.tokens.expect(")");
    return { kind: "apply", name: symbol.name, args, from, to: close.to };
  }

  private callOf(name: string, from: number): MathExpr {
    let own = name;
    let power: MathExpr | undefined;
    for (;;) {
      if (name === "log" && this.tokens.sign("_")) {
        const base = this.argument();
        own =
          base.kind === "number" && base.text === "2"
            ? "log2"
            : base.kind === "number" && base.text === "10"
              ? "log10"
              : "";
        if (own === "") throw new NotRead();
      } else if (this.tokens.sign("^")) power = this.argument();
      else break;
    }
    if (own === "log") this.reading.hasLog = true;
    const args = this.callArguments();
    const call: MathExpr = {
      kind: "call",
      name: own === "log" ? this.reading.log : own,
      args,
      from,
      to: this.tokens.last,
    };
    return power ? binary("^", call, power) : call;
  }

  private callArguments(): readonly MathExpr[] {
    const open = this.tokens.sign("(", "{", "[");
    if (!open) {
      // `ln 2x` takes the product, `ln x + 1` does not take the sum.
      let of = this.factor();
      while (this.startsFactor(of) && this.tokens.peek()?.text !== "(") {
        const right = this.factor();
        of = { kind: "binary", op: "*", left: of, right, implicit: true, from: of.from, to: right.to };
      }
      return [of];
    }
    const args = [this.expression()];
    while (this.tokens.sign(",")) args.push(this.expression());
    this.tokens.expect(CLOSING[open.text] ?? "");
    return args;
  }
}
