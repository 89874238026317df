import { numberAt, symbolAt } from "../../core/math/compound.js";
import type { MathExpr } from "../../core/math/expression.js";
import { MARKS } from "./latexSigns.js";
import { PowerParser } from "./powerParser.js";
import type { Token } from "./token.js";
import { NotRead } from "./tokenStream.js";

const MATRICES = /^begin (?:[pbvB]?matrix|smallmatrix|array)\*?$/;

/** What commands say together with their arguments: fractions, roots, matrices, series, derivatives. */
export abstract class CommandParser extends PowerParser {
  protected abstract signed(): MathExpr;
  protected abstract term(): MathExpr;

  protected command(token: Token): MathExpr {
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
      if (of.kind !== "symbol" && of.kind !== "indexed") throw new NotRead();
      // The mark is the letter's, also where an index has been read with it: `\hat x_i`.
      const [letter = of.name] = of.name.split("_");
      return { ...of, name: letter + mark + of.name.slice(letter.length), from, to: this.tokens.last };
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
    // What a sum goes over is a sequence of its own: `∂L/∂y_{ij}`.
    if (by?.kind === "indexed" && of?.kind === "symbol" && this.tokens.sign("}"))
      return { ...by, name: `∂${of.name}/∂${by.name}`, from, to: this.tokens.last };
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
  protected argument(): MathExpr {
    const digit = this.tokens.digit();
    if (digit) return { kind: "number", text: digit.text, from: digit.from, to: digit.to };
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
    const matrix: MathExpr = { kind: "matrix", rows: full, from, to };
    return /vmatrix/.test(text) ? { kind: "call", name: "det", args: [matrix], from, to } : matrix;
  }

  /** A sum or product with its bounds; without them it goes over all: from 1 to a letter that has no other name than the index. */
  protected series(what: "sum" | "product", from: number): MathExpr {
    let lower: { index: string; first?: MathExpr }[] | undefined;
    let last: MathExpr | undefined;
    for (;;) {
      if (this.tokens.sign("_")) lower = this.lower();
      else if (this.tokens.sign("^")) last = this.argument();
      else break;
    }
    const first = lower?.[0]?.first;
    if (!lower || (first === undefined) !== (last === undefined) || (last && lower.length > 1)) throw new NotRead();
    const to = this.tokens.last;
    this.bound.push(...lower.map(({ index }) => index));
    let body = this.term();
    this.bound.splice(-lower.length);
    for (const { index } of lower.toReversed()) {
      const bounds = { first: first ?? numberAt("1", { from, to }), last: last ?? symbolAt(`#${index}`, { from, to }) };
      body = { kind: "series", what, index, ...bounds, body, from, to: body.to };
    }
    return body;
  }

  /** `i=1` below the sign, or the indices alone: `i,j`. */
  private lower(): { index: string; first?: MathExpr }[] {
    const isGroup = this.tokens.sign("{") !== undefined;
    const index = this.tokens.next();
    if (index?.kind !== "word") throw new NotRead();
    if (this.tokens.sign("=")) {
      const first = this.expression();
      if (isGroup) this.tokens.expect("}");
      return [{ index: index.text, first }];
    }
    const all = [index.text];
    while (isGroup && !this.tokens.sign("}")) {
      this.tokens.sign(",");
      const next = this.tokens.next();
      if (next?.kind !== "word") throw new NotRead();
      all.push(next.text);
    }
    return all.map((name) => ({ index: name }));
  }
}
