import { type GrammarNode, isBroken, isData, splitAt, splitBefore } from "./nodes.js";
import { isLogic, readLogic } from "./parseLogic.js";
import { continued, plainString, readFormat } from "./parseText.js";
import type { SourceText } from "./sourceText.js";
import type { Argument, Clause, Expression, Index, ParameterNode } from "./syntax.js";

/** Brackets within brackets, or operators behind operators, that are read. */
const MAX_DEPTH = 200;

/** Turns the grammar's expressions into ours. */
export class ExpressionReader {
  private depth = 0;

  constructor(private readonly text: SourceText) {}

  /** The expression that a list of nodes makes: one, or a tuple without brackets. */
  several(parts: readonly GrammarNode[]): Expression {
    const [first] = parts;
    if (!first || isBroken(parts))
      return { kind: "broken", from: first?.from ?? 0, to: parts.at(-1)?.to ?? first?.to ?? 0 };
    if (parts.length === 1) return this.one(first);
    if (!parts.some((p) => p.name === ","))
      return { kind: "broken", from: first.from, to: parts.at(-1)?.to ?? first.to };
    const items = this.items(parts);
    return { kind: "display", what: "tuple", items, from: first.from, to: parts.at(-1)?.to ?? first.to };
  }

  /** The expressions between commas. */
  separated(parts: readonly GrammarNode[]): Expression[] {
    return parts.filter((p) => p.name !== ",").map((p) => this.one(p));
  }

  /** One node as an expression. */
  one(node: GrammarNode): Expression {
    const { from, to } = node;
    if (isData(node)) return { kind: "broken", from, to };
    // Written out rather than spread, here and for calls and members: this is where most of the reading is done.
    switch (node.name) {
      case "Number":
        return { kind: "number", text: this.text.of(node), from, to };
      case "String":
        return { kind: "string", value: plainString(this.text.of(node)), from, to };
      case "FormatString":
        return readFormat(this.text, node, (each) => this.one(each));
      case "ContinuedString": {
        return { from, to, ...continued(node.children.map((c) => this.one(c))) };
      }
      case "Boolean":
        return { kind: "constant", value: this.text.of(node) === "True", from, to };
      case "None":
        return { kind: "constant", value: null, from, to };
      case "Ellipsis":
        return { kind: "ellipsis", from, to };
      case "VariableName":
        return { kind: "name", name: this.text.of(node), from, to };
      default:
        return this.compound(node, { from, to });
    }
  }

  private compound(node: GrammarNode, at: { from: number; to: number }): Expression {
    if (this.depth >= MAX_DEPTH) return { ...at, kind: "broken" };
    this.depth++;
    const e = this.compoundAt(node, at);
    this.depth--;
    return e;
  }

  private compoundAt(node: GrammarNode, at: { from: number; to: number }): Expression {
    const parts = node.children;
    if (isBroken(parts)) return { ...at, kind: "broken" };
    const inner = parts.slice(1, -1);
    if (isLogic(node)) return readLogic(node, (each) => this.one(each));
    switch (node.name) {
      case "ParenthesizedExpression":
        return inner[0] ? this.one(inner[0]) : { ...at, kind: "broken" };
      case "MemberExpression":
        return this.member(parts, at);
      case "CallExpression":
        return this.call(parts, at);
      case "BinaryExpression":
        return this.binary(parts, at);
      case "UnaryExpression":
        return parts[1]
          ? { ...at, kind: "unary", op: this.text.of(parts[0]), of: this.one(parts[1]) }
          : { ...at, kind: "broken" };
      case "ConditionalExpression": {
        const [then, , when, , otherwise] = parts;
        return then && when && otherwise
          ? { ...at, kind: "conditional", yes: this.one(then), when: this.one(when), otherwise: this.one(otherwise) }
          : { ...at, kind: "broken" };
      }
      case "LambdaExpression": {
        const params = parts.find((p) => p.name === "ParamList");
        const body = parts.at(-1);
        return body
          ? { ...at, kind: "lambda", params: params ? this.parameters(params) : [], body: this.one(body) }
          : { ...at, kind: "broken" };
      }
      case "TupleExpression":
        return { ...at, kind: "display", what: "tuple", items: this.items(inner) };
      case "ArrayExpression":
        return { ...at, kind: "display", what: "list", items: this.items(inner) };
      case "SetExpression":
        return { ...at, kind: "display", what: "set", items: this.items(inner) };
      case "DictionaryExpression":
        return { ...at, kind: "dict", entries: this.entries(inner) };
      case "ArrayComprehensionExpression":
        return this.comprehension("list", inner, at);
      case "SetComprehensionExpression":
        return this.comprehension("set", inner, at);
      case "DictionaryComprehensionExpression":
        return this.comprehension("dict", inner, at);
      case "ComprehensionExpression":
        return this.comprehension("generator", inner, at);
      case "YieldExpression":
        return this.yielded(parts, at);
      case "AwaitExpression":
        return parts[1] ? this.one(parts[1]) : { ...at, kind: "broken" };
      case "NamedExpression":
        return parts[0] && parts[2]
          ? { ...at, kind: "named", name: this.text.of(parts[0]), value: this.one(parts[2]) }
          : { ...at, kind: "broken" };
      default:
        return { ...at, kind: "broken" };
    }
  }

  /** `yield value` and `yield from value`. */
  yielded(all: readonly GrammarNode[], at: { from: number; to: number }): Expression {
    const parts = all.filter((p) => p.name !== "⚠");
    const isFrom = parts[1]?.name === "from";
    const value = parts.slice(isFrom ? 2 : 1);
    return { ...at, kind: "yield", isFrom, ...(value.length > 0 ? { value: this.several(value) } : {}) };
  }

  private member(parts: readonly GrammarNode[], at: { from: number; to: number }): Expression {
    const [of, sign, name] = parts;
    if (!of || !sign) return { ...at, kind: "broken" };
    if (sign.name === ".")
      return name
        ? { kind: "attribute", of: this.one(of), name: this.text.of(name), from: at.from, to: at.to }
        : { ...at, kind: "broken" };
    const indices: Index[] = [];
    const inside = parts.slice(2, -1);
    for (const group of splitAt(inside, ",")) if (group.length > 0) indices.push(this.index(group));
    const tuple = inside.some((p) => p.name === ",");
    return { kind: "subscript", of: this.one(of), indices, tuple, from: at.from, to: at.to };
  }

  private index(group: readonly GrammarNode[]): Index {
    if (!group.some((p) => p.name === ":")) return { kind: "index", value: this.several(group) };
    return { kind: "slice", parts: splitAt(group, ":").map((g) => (g.length > 0 ? this.several(g) : undefined)) };
  }

  private call(parts: readonly GrammarNode[], at: { from: number; to: number }): Expression {
    const [callee, list] = parts;
    const args = list?.name === "ArgList" ? this.args(list) : undefined;
    return callee && list && args
      ? { kind: "call", callee: this.one(callee), args, argsFrom: list.from, from: at.from, to: at.to }
      : { ...at, kind: "broken" };
  }

  /** The arguments of a call, undefined while it is half typed. */
  args(list: GrammarNode): Argument[] | undefined {
    const parts = isData(list) ? [] : list.children;
    if (parts.length === 0 || isBroken(parts)) return undefined;
    const inside = parts.slice(1, -1);
    if (inside.some((p) => p.name === "for")) {
      const first = inside[0];
      const last = inside.at(-1);
      if (!first || !last) return undefined;
      const at = { from: first.from, to: last.to };
      return [{ ...at, value: this.comprehension("generator", inside, at) }];
    }
    return this.items(inside);
  }

  /** Items between commas, with stars and names. */
  private items(parts: readonly GrammarNode[]): Argument[] {
    return splitAt(parts, ",")
      .filter((g) => g.length > 0)
      .map((group): Argument => {
        const [first, second] = group;
        const [from, to] = [first?.from ?? 0, group.at(-1)?.to ?? 0];
        if ((first?.name === "*" || first?.name === "**") && second)
          return { star: first.name, value: this.one(second), from, to };
        if (second?.name === "AssignOp" && this.text.of(second) === ":=") {
          const value: Expression = {
            kind: "named",
            name: this.text.of(first),
            value: this.several(group.slice(2)),
            from,
            to,
          };
          return { value, from, to };
        }
        if (second?.name === "AssignOp")
          return { name: this.text.of(first), value: this.several(group.slice(2)), from, to };
        return { value: this.several(group), from, to };
      });
  }

  private binary(parts: readonly GrammarNode[], at: { from: number; to: number }): Expression {
    const [left, right] = [parts[0], parts.at(-1)];
    if (!left || !right || parts.length < 3) return { ...at, kind: "broken" };
    const op = parts
      .slice(1, -1)
      .map((p) => this.text.of(p))
      .join(" ");
    const { from, to } = at;
    const isComparison = parts[1]?.name === "CompareOp" || /^(is|in|not)/.test(op);
    return isComparison
      ? this.chain({ kind: "compare", op, left: this.one(left), right: this.one(right), from, to })
      : { kind: "binary", op, left: this.one(left), right: this.one(right), from, to };
  }

  /** `a < b <= c` reads as `a < b and b <= c`. */
  private chain(e: Expression & { kind: "compare" }): Expression {
    const { left, from, to } = e;
    const last = left.kind === "logic" ? left.right : left;
    if (last.kind !== "compare" || this.text.slice(left.to, left.to + 1) === ")") return e;
    return { kind: "logic", op: "and", left, right: { ...e, left: last.right }, from, to };
  }

  private entries(parts: readonly GrammarNode[]): { key?: Expression; value: Expression }[] {
    const found: { key?: Expression; value: Expression }[] = [];
    for (const group of splitAt(parts, ",")) {
      const [first, second, third] = group;
      if (first?.name === "**" && second) found.push({ value: this.one(second) });
      else if (first && second?.name === ":" && third)
        found.push({ key: this.one(first), value: this.several(group.slice(2)) });
    }
    return found;
  }

  private comprehension(
    what: "list" | "set" | "dict" | "generator",
    parts: readonly GrammarNode[],
    at: { from: number; to: number },
  ): Expression {
    const body = parts.filter((p) => p.name !== "async" && p.name !== "(" && p.name !== ")");
    const start = body.findIndex((p) => p.name === "for");
    const head = splitAt(body.slice(0, start), ":");
    const clauses: { target: Expression; source: Expression; conditions: Expression[] }[] = [];
    for (const group of splitBefore(body.slice(start), "for")) {
      const middle = group.findIndex((p) => p.name === "in");
      const [source = [], ...conditions] = splitAt(group.slice(middle + 1), "if");
      clauses.push({
        target: this.several(group.slice(1, middle)),
        source: this.several(source),
        conditions: conditions.map((c) => this.several(c)),
      });
    }
    const value = head[1];
    return {
      ...at,
      kind: "comprehension",
      what,
      element: this.several(head[0] ?? []),
      ...(value ? { value: this.several(value) } : {}),
      clauses: clauses as Clause[],
    };
  }

  /** The parameters of a function or lambda. */
  parameters(list: GrammarNode): ParameterNode[] {
    const found: ParameterNode[] = [];
    let keywordOnly = false;
    for (const group of splitAt(
      list.children.filter((p) => p.name !== "(" && p.name !== ")"),
      ",",
    )) {
      const star = group[0]?.name === "*" || group[0]?.name === "**" ? group[0].name : undefined;
      const name = group.find((p) => p.name === "VariableName");
      if (star === "*") keywordOnly = true;
      if (!name) continue;
      const annotation = group.find((p) => p.name === "TypeDef");
      const equals = group.findIndex((p) => p.name === "AssignOp");
      found.push({
        from: name.from,
        to: name.to,
        name: this.text.of(name),
        kind: star === "*" ? "rest" : star === "**" ? "keywords" : keywordOnly ? "keyword-only" : "plain",
        ...(annotation ? { annotation: { from: annotation.from, to: annotation.to } } : {}),
        ...(equals >= 0 ? { fallback: this.several(group.slice(equals + 1)) } : {}),
      });
    }
    return found;
  }
}
