import { binary, numberAt } from "../../core/math/compound.js";
import { outerDerivative } from "../../core/math/differentiate.js";
import { freeSymbols, type MathExpr, type MathOperator } from "../../core/math/expression.js";
import { isFunction } from "../../core/math/functions.js";
import { SEQUENCE } from "../../core/math/sequences.js";
import { CommandParser } from "./commandParser.js";
import { listOf } from "./listOf.js";
import { ALIASES, CLOSING, PRODUCTS } from "./mathSigns.js";
import { gradientOfApplied } from "./nabla.js";
import type { Token } from "./token.js";
import { NotRead } from "./tokenStream.js";

/** Brackets within brackets that are read. */
const MAX_DEPTH = 120;

/** Reads one expression from tokens; throws `NotRead` for what is no mathematics that is known here. */
export class MathParser extends CommandParser {
  private depth = 0;
  private isInNorm = false;

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

  protected override term(): MathExpr {
    let left = this.signed();
    for (let op = this.tokens.sign(...Object.keys(PRODUCTS)); op; op = this.tokens.sign(...Object.keys(PRODUCTS))) {
      const right = this.signed();
      const apart = op.text === "/" && left.kind === "number" ? quotient(left, right) : undefined;
      if (!apart && op.text === "/" && right.kind === "binary" && right.implicit) this.reading.isDivisorUnclear = true;
      left = apart ?? binary(PRODUCTS[op.text] ?? "*", left, right);
    }
    return left;
  }

  /** A product without signs, with the signs in front of it. */
  protected override signed(): MathExpr {
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
    if (next.text === "‖") return !this.isInNorm;
    return next.kind === "sign" && ["(", "[", "{", "⌊", "⌈", "Σ", "Π", "⦃", "∇"].includes(next.text);
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
        // No number of the decimal system begins with a nought.
        if (/^0\d/.test(text)) throw new NotRead();
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
        if (text === "‖") return this.norm(from);
        if (text === "∇") return this.nabla(from);
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
    // A set has no order.
    if (text === "⌊" || text === "⌈" || text === "{" || text === "⦃") throw new NotRead();
    return listOf(items, at);
  }

  /** `‖x‖`, with what stands below it: `‖W‖_F`. */
  private norm(from: number): MathExpr {
    if (this.isInNorm) throw new NotRead();
    this.isInNorm = true;
    const of = this.expression();
    this.tokens.expect("‖");
    this.isInNorm = false;
    const below = this.tokens.sign("_")
      ? this.subscript()
          .map((t) => t.text)
          .join("")
      : "";
    const name = `norm${below}`;
    if (!isFunction(name)) throw new NotRead();
    return { kind: "call", name, args: [of], from, to: this.tokens.last };
  }

  /** `∇_W L`; without a letter below it is a name. */
  private nabla(from: number): MathExpr {
    if (!this.tokens.sign("_")) {
      const of = this.atom();
      if (of.kind === "apply") return gradientOfApplied(of, from);
      if (of.kind !== "symbol") throw new NotRead();
      return { ...of, name: `∇${of.name}`, from };
    }
    const isGroup = this.tokens.sign("{");
    const by = this.atom();
    if (isGroup) this.tokens.expect("}");
    if (by.kind !== "symbol") throw new NotRead();
    const of = this.signed();
    return { kind: "derivative", of, by: by.name, from, to: of.to };
  }

  private absolute(from: number): MathExpr {
    const of = this.expression();
    return { kind: "call", name: "abs", args: [of], from, to: this.tokens.expect("|").to };
  }

  /** `dW`, in one word or in two letters, where the document's W has a gradient. */
  private gradient(token: Token): MathExpr | undefined {
    const next = this.tokens.peek();
    const isOne = /^d./u.test(token.text);
    if (!token.text.startsWith("d") || (!isOne && (next?.kind !== "word" || next.from !== token.to))) return undefined;
    const start = this.tokens.position;
    const letter = isOne ? { ...token, text: token.text.slice(1) } : this.tokens.next();
    const { from } = token;
    const by = letter && this.subscripted({ kind: "symbol", name: letter.text, from: letter.from, to: letter.to });
    const of = by?.kind === "symbol" ? this.reading.derivedBy(by.name) : undefined;
    if (by?.kind === "symbol" && of !== undefined)
      return {
        kind: "derivative",
        of: { kind: "symbol", name: of, from, to: from },
        by: by.name,
        from,
        to: this.tokens.last,
      };
    const ofSequence = by?.kind === "indexed" ? this.reading.derivedBy(by.name) : undefined;
    if (by?.kind === "indexed" && ofSequence !== undefined)
      return { ...by, name: `∂${ofSequence}/∂${by.name}`, from, to: this.tokens.last };
    this.tokens.position = start;
    return undefined;
  }

  private named(word: Token): MathExpr {
    const gradient = this.gradient(word);
    if (gradient) return gradient;
    const isParted =
      /^[\p{L}]{2,3}$/u.test(word.text) &&
      !this.reading.isLatex &&
      !this.reading.isFactor(word.text) &&
      [...word.text].every(this.reading.isFactor);
    const token = isParted ? this.tokens.letters(word) : word;
    const { from, to } = token;
    const name = Object.hasOwn(ALIASES, token.text) ? (ALIASES[token.text] ?? token.text) : token.text;
    if (isFunction(name) || name === "log") return this.callOf(name, from);
    if (name === "E") this.skipOver();
    if (name === "E" && this.tokens.peek()?.text === "‖") {
      const of = this.factor();
      return { kind: "call", name: "E", args: [of], from, to: of.to };
    }
    const moment = /^(?:Var|V)$/.test(name) ? /^[[(]$/ : name === "E" ? /^\[$/ : undefined;
    if (moment?.test(this.tokens.peek()?.text ?? "") && (name !== "V" || this.tokens.peek()?.text === "[")) {
      const open = this.tokens.next();
      const of = this.expression();
      const close = this.tokens.expect(open?.text === "[" ? "]" : ")");
      return { kind: "call", name: name === "E" ? "E" : "Var", args: [of], from, to: close.to };
    }
    const symbol = this.subscripted({ kind: "symbol", name: token.text, from, to });
    const next = this.tokens.peek();
    if (next?.text === "[" && symbol.kind === "symbol" && this.reading.isSequence(symbol.name)) {
      this.tokens.next();
      const index = this.expression();
      this.tokens.expect("]");
      return { kind: "apply", name: symbol.name + SEQUENCE, args: [index], from, to: this.tokens.last };
    }
    if (next?.text !== "(" || symbol.kind !== "symbol") return symbol;
    const condition = this.tokens.condition();
    if (condition) return { kind: "apply", name: symbol.name, args: [condition], from, to: this.tokens.last };
    const isWord = !this.reading.isLatex && symbol.name.length > 1 && !/^[A-Za-z]_/.test(symbol.name);
    if (!isWord) this.reading.multiplied.add(symbol.name);
    if (!isWord && !this.reading.isApplied(symbol.name)) return symbol;
    this.tokens.next();
    const args = [this.expression()];
    while (this.tokens.sign(",")) args.push(this.expression());
    return { kind: "apply", name: symbol.name, args, from, to: this.tokens.expect(")").to };
  }

  /** Passes what a mean is taken over: `E_R[…]`. */
  private skipOver(): void {
    const start = this.tokens.position;
    if (this.tokens.sign("_")) this.subscript();
    if (!/^[[‖]$/.test(this.tokens.peek()?.text ?? "")) this.tokens.position = start;
  }

  private callOf(name: string, from: number): MathExpr {
    let own = name;
    let power: MathExpr | undefined;
    for (;;) {
      if (name === "log" && this.tokens.sign("_")) {
        const base = this.argument();
        if (base.kind !== "number" || !/^(?:2|10)$/.test(base.text)) throw new NotRead();
        own = `log${base.text}`;
      } else if (this.tokens.sign("^")) power = this.argument();
      else {
        const small = this.tokens.sign("²", "³");
        if (!small) break;
        power = numberAt(small.text === "²" ? "2" : "3", small);
      }
    }
    if (own === "log") this.reading.hasLog = true;
    const isDerived = !power && this.tokens.sign("'") !== undefined;
    const args = this.callArguments(own);
    if (isDerived) {
      const [x, ...more] = args;
      const slope = x && more.length === 0 ? outerDerivative(own, x) : undefined;
      if (!slope) throw new NotRead();
      return slope;
    }
    const call: MathExpr = {
      kind: "call",
      name: own === "log" ? this.reading.log : own,
      args,
      from,
      to: this.tokens.last,
    };
    return power ? binary("^", call, power) : call;
  }

  private callArguments(name: string): readonly MathExpr[] {
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
    const { to } = this.tokens.expect(CLOSING[open.text] ?? "");
    // `softmax(1, 2, 3)` is that of the vector.
    const isVector = name === "softmax" && args.length > 1 && args.every((arg) => freeSymbols(arg).size === 0);
    return isVector ? [listOf(args, { from: open.from, to })] : args;
  }
}

/** `3/2 (1 − x)`: what stands apart from a number below the stroke is no part of it. */
function quotient(above: MathExpr, e: MathExpr): MathExpr | undefined {
  if (e.kind !== "binary" || !e.implicit) return undefined;
  const isApart = e.left.kind === "number" && e.right.from > e.left.to;
  const left = isApart ? binary("/", above, e.left) : quotient(above, e.left);
  return left && { ...e, left, from: above.from };
}
