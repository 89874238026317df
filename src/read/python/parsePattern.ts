import type { SyntaxNode } from "@lezer/common";
import { childrenOf, splitAt } from "./nodes.js";
import type { ExpressionReader } from "./parseExpression.js";
import type { SourceText } from "./sourceText.js";
import type { Expression, MatchCase, Pattern, Statement } from "./syntax.js";

/** Turns the grammar's `match` into cases. */
export class PatternReader {
  constructor(
    private readonly text: SourceText,
    private readonly expressions: ExpressionReader,
  ) {}

  /** The cases of a `match` statement; `block` reads their bodies. */
  cases(match: SyntaxNode, block: (body: SyntaxNode | undefined) => readonly Statement[]): MatchCase[] {
    const clauses = childrenOf(match).flatMap((p) => (p.name === "MatchBody" ? childrenOf(p) : []));
    return clauses
      .filter((c) => c.name === "MatchClause")
      .map((clause) => {
        const parts = childrenOf(clause);
        const guard = parts.find((p) => p.name === "Guard");
        const patterns = parts.slice(1).filter((p) => p.name !== "Guard" && p.name !== "Body" && p.name !== ",");
        const isOpenTuple = parts.some((p) => p.name === ",");
        const [first] = patterns;
        const pattern: Pattern = isOpenTuple
          ? { kind: "sequence", items: patterns.map((p) => this.pattern(p)) }
          : first
            ? this.pattern(first)
            : { kind: "unclear", names: [] };
        return {
          pattern,
          ...(guard ? { guard: this.expressions.several(childrenOf(guard).slice(1)) } : {}),
          body: block(parts.find((p) => p.name === "Body")),
        };
      });
  }

  private pattern(node: SyntaxNode): Pattern {
    const parts = childrenOf(node);
    const inner = parts.filter((p) => !/^[()[\],]$/.test(p.name));
    switch (node.name) {
      case "LiteralPattern":
      case "AttributePattern":
        return { kind: "value", value: this.value(node, parts) };
      case "CapturePattern":
        return { kind: "capture", name: this.slice(node) };
      case "OrPattern":
        return { kind: "or", options: parts.filter((p) => p.name !== "LogicOp").map((p) => this.pattern(p)) };
      case "AsPattern": {
        const [pattern, , name] = parts;
        if (pattern && name) return { kind: "as", pattern: this.pattern(pattern), name: this.slice(name) };
        break;
      }
      case "StarPattern":
        return { kind: "star", name: this.slice(parts[1]) };
      case "SequencePattern":
        return { kind: "sequence", items: inner.map((p) => this.pattern(p)) };
      case "GroupPattern":
      case "ParenthesizedPattern":
        if (inner[0]) return this.pattern(inner[0]);
        break;
      case "ClassPattern":
        return this.classPattern(parts);
    }
    return { kind: "unclear", names: this.namesWithin(node) };
  }

  private classPattern(parts: readonly SyntaxNode[]): Pattern {
    const [cls, list] = parts;
    const items: Pattern[] = [];
    const named: (readonly [string, Pattern])[] = [];
    for (const group of splitAt(list ? childrenOf(list).slice(1, -1) : [], ",")) {
      const [one] = group;
      if (!one) continue;
      const [name, , ...more] = one.name === "KeywordPattern" ? childrenOf(one) : [];
      const value = more.at(-1) ?? (one.name === "KeywordPattern" ? childrenOf(one)[1] : undefined);
      if (name && value) named.push([this.slice(name), this.pattern(value)]);
      else items.push(this.pattern(one));
    }
    return cls
      ? { kind: "class", cls: this.expressions.one(cls), items, named }
      : { kind: "unclear", names: parts.flatMap((p) => this.namesWithin(p)) };
  }

  /** A literal, which may have a sign, or a dotted name. */
  private value(node: SyntaxNode, parts: readonly SyntaxNode[]): Expression {
    const at = { from: node.from, to: node.to };
    const [first, second] = parts;
    if (node.name === "AttributePattern") return this.dotted(parts);
    if (first?.name === "ArithOp" && second)
      return { ...at, kind: "unary", op: this.slice(first), of: this.expressions.one(second) };
    return first && parts.length === 1 ? this.expressions.one(first) : { ...at, kind: "broken" };
  }

  private dotted(parts: readonly SyntaxNode[]): Expression {
    const [first, ...rest] = parts.filter((p) => p.name !== ".");
    if (!first) return { kind: "broken", from: 0, to: 0 };
    return rest.reduce<Expression>(
      (of, p) => ({ kind: "attribute", of, name: this.slice(p), from: of.from, to: p.to }),
      first.name === "AttributePattern" ? this.dotted(childrenOf(first)) : this.expressions.one(first),
    );
  }

  private slice(node: SyntaxNode | undefined): string {
    return node ? this.text.slice(node.from, node.to) : "";
  }

  private namesWithin(node: SyntaxNode): string[] {
    const names: string[] = [];
    node.cursor().iterate((n) => {
      if (n.name === "VariableName") names.push(this.text.slice(n.from, n.to));
    });
    return names;
  }
}
