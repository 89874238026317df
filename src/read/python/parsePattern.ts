import { type GrammarNode, namesWithin, splitAt, within } from "./nodes.js";
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
  cases(match: GrammarNode, block: (body: GrammarNode | undefined) => readonly Statement[]): MatchCase[] {
    const clauses = match.children.flatMap((p) => (p.name === "MatchBody" ? p.children : []));
    return clauses
      .filter((c) => c.name === "MatchClause")
      .map((clause) => {
        const parts = clause.children;
        const guard = parts.find((p) => p.name === "Guard");
        const patterns = parts.slice(1).filter((p) => p.name !== "Guard" && p.name !== "Body" && p.name !== ",");
        const isOpenTuple = parts.some((p) => p.name === ",");
        const [first] = patterns;
        const pattern: Pattern = isOpenTuple
          ? { kind: "sequence", items: patterns.map((p) => this.read(p)) }
          : first
            ? this.read(first)
            : { kind: "unclear", names: [] };
        return {
          pattern,
          ...(guard ? { guard: this.expressions.several(guard.children.slice(1)) } : {}),
          body: block(parts.find((p) => p.name === "Body")),
        };
      });
  }

  /** A pattern; one that the grammar takes for something else may be anything. */
  private read(node: GrammarNode): Pattern {
    const isKnown = ![...within(node, (n) => this.isEmptyList(n))].some((n) => n.name === "⚠");
    return isKnown ? this.pattern(node) : { kind: "unclear", names: namesWithin(node, this.text) };
  }

  /** `()` behind a class, in which the grammar misses a pattern. */
  private isEmptyList(node: GrammarNode): boolean {
    return node.name === "PatternArgList" && /^\(\s*\)\s*$/.test(this.text.of(node));
  }

  private pattern(node: GrammarNode): Pattern {
    const parts = node.children;
    const inner = parts.filter((p) => !/^[()[\],]$/.test(p.name));
    switch (node.name) {
      case "LiteralPattern":
      case "AttributePattern":
        return { kind: "value", value: this.value(node, parts) };
      case "CapturePattern":
        return { kind: "capture", name: this.text.of(node) };
      case "OrPattern": {
        const options = parts.filter((p) => p.name !== "LogicOp").map((p) => this.pattern(p));
        const last = options.at(-1);
        // `a | b as x` names whichever it is.
        return last?.kind === "as" && parts.at(-1)?.name === "AsPattern"
          ? { ...last, pattern: { kind: "or", options: options.with(-1, last.pattern) } }
          : { kind: "or", options };
      }
      case "AsPattern": {
        const [pattern, , name] = parts;
        if (pattern && name) return { kind: "as", pattern: this.pattern(pattern), name: this.text.of(name) };
        break;
      }
      case "StarPattern":
        return { kind: "star", name: this.text.of(parts[1]) };
      case "SequencePattern":
        // Brackets around one pattern only hold it together.
        if (parts[0]?.name === "(" && inner[0] && !parts.some((p) => p.name === ",")) return this.pattern(inner[0]);
        return { kind: "sequence", items: inner.map((p) => this.pattern(p)) };
      case "GroupPattern":
      case "ParenthesizedPattern":
        if (inner[0]) return this.pattern(inner[0]);
        break;
      case "ClassPattern":
        return this.classPattern(parts);
    }
    return { kind: "unclear", names: namesWithin(node, this.text) };
  }

  private classPattern(parts: readonly GrammarNode[]): Pattern {
    const [cls, list] = parts;
    const items: Pattern[] = [];
    const named: (readonly [string, Pattern])[] = [];
    const given = list && !this.isEmptyList(list) ? list.children.slice(1, -1) : [];
    for (const group of splitAt(given, ",")) {
      const [one] = group;
      if (!one) continue;
      const [name, , ...more] = one.name === "KeywordPattern" ? one.children : [];
      const value = more.at(-1) ?? (one.name === "KeywordPattern" ? one.children[1] : undefined);
      if (name && value) named.push([this.text.of(name), this.pattern(value)]);
      else items.push(this.pattern(one));
    }
    return cls
      ? { kind: "class", cls: this.expressions.one(cls), items, named }
      : { kind: "unclear", names: parts.flatMap((p) => namesWithin(p, this.text)) };
  }

  /** A literal, which may have a sign, or a dotted name. */
  private value(node: GrammarNode, parts: readonly GrammarNode[]): Expression {
    const at = { from: node.from, to: node.to };
    const [first, second] = parts;
    if (node.name === "AttributePattern") return this.dotted(parts);
    if (first?.name === "ArithOp" && second)
      return { ...at, kind: "unary", op: this.text.of(first), of: this.expressions.one(second) };
    return first && parts.length === 1 ? this.expressions.one(first) : { ...at, kind: "broken" };
  }

  private dotted(parts: readonly GrammarNode[]): Expression {
    const [first, ...rest] = parts.filter((p) => p.name !== ".");
    if (!first) return { kind: "broken", from: 0, to: 0 };
    return rest.reduce<Expression>(
      (of, p) => ({ kind: "attribute", of, name: this.text.of(p), from: of.from, to: p.to }),
      first.name === "AttributePattern" ? this.dotted(first.children) : this.expressions.one(first),
    );
  }
}
