import { type GrammarNode, namesWithin, splitAt, within } from "./nodes.js";
import { readDecorator } from "./parseDecorator.js";
import { ExpressionReader } from "./parseExpression.js";
import { readImport } from "./parseImport.js";
import { PatternReader } from "./parsePattern.js";
import { readTry } from "./parseTry.js";
import type { SourceText } from "./sourceText.js";
import type { Argument, Expression, Place, Statement } from "./syntax.js";

/** Blocks within blocks that are read; Python itself allows 100. */
const MAX_DEPTH = 100;

/** Turns the grammar's statements into ours. */
export class StatementReader {
  private readonly expressions: ExpressionReader;
  private depth = 0;

  constructor(private readonly text: SourceText) {
    this.expressions = new ExpressionReader(text);
  }

  /** The statements of a body or of the file. */
  block(node: GrammarNode | undefined): Statement[] {
    if (!node || this.depth >= MAX_DEPTH) return [];
    this.depth++;
    const statements = node.children.flatMap((child) => this.statement(child));
    this.depth--;
    return statements;
  }

  private statement(node: GrammarNode): Statement[] {
    const at = { from: node.from, to: node.to };
    const parts = node.children;
    switch (node.name) {
      case ":":
      case ";":
      case "⚠":
        return [];
      case "StatementGroup":
        return this.block(node);
      case "ImportStatement":
        return [{ ...at, kind: "import", ...readImport(this.text, parts) }];
      case "DecoratedStatement": {
        const decorators = parts
          .filter((p) => p.name === "Decorator")
          .map((d) => readDecorator(d, this.expressions, this.text));
        return parts.filter((p) => p.name !== "Decorator").flatMap((p) => this.definition(p, decorators));
      }
      case "ClassDefinition":
      case "FunctionDefinition":
        return this.definition(node, []);
      case "AssignStatement":
        return [{ ...at, ...this.assignment(parts) }];
      case "UpdateStatement": {
        const sign = parts.findIndex((p) => p.name === "UpdateOp");
        const target = this.expressions.several(parts.slice(0, sign));
        const value = this.expressions.several(parts.slice(sign + 1));
        return [{ ...at, kind: "update", target, op: this.text.of(parts[sign]).slice(0, -1), value }];
      }
      case "ExpressionStatement":
        return [{ ...at, kind: "expression", value: this.expressions.several(parts) }];
      case "ReturnStatement":
        return [
          { ...at, kind: "return", ...(parts.length > 1 ? { value: this.expressions.several(parts.slice(1)) } : {}) },
        ];
      case "IfStatement":
        return [{ ...at, kind: "if", branches: this.branches(parts) }];
      case "ForStatement":
        return [this.loop(at, parts)];
      case "WhileStatement": {
        const bodies = parts.filter((p) => p.name === "Body");
        const when = this.expressions.several(
          parts.slice(
            1,
            parts.findIndex((p) => p.name === "Body"),
          ),
        );
        return [{ ...at, kind: "while", when, body: this.block(bodies[0]), otherwise: this.block(bodies[1]) }];
      }
      case "WithStatement":
        return [
          { ...at, kind: "with", items: this.withItems(parts), body: this.block(parts.find((p) => p.name === "Body")) },
        ];
      case "TryStatement":
        return [
          readTry(
            at,
            parts,
            (body) => this.block(body),
            (part) => this.text.of(part),
          ),
        ];
      case "DeleteStatement":
        return [{ ...at, kind: "delete", targets: this.expressions.separated(parts.slice(1)) }];
      case "RaiseStatement":
        return [{ ...at, kind: "raise", ...(parts[1] ? { value: this.expressions.one(parts[1]) } : {}) }];
      case "AssertStatement": {
        const [when = [], message] = splitAt(parts.slice(1), ",");
        return [
          {
            ...at,
            kind: "assert",
            when: this.expressions.several(when),
            ...(message ? { message: this.expressions.several(message) } : {}),
          },
        ];
      }
      case "YieldStatement":
        return [{ ...at, kind: "expression", value: this.expressions.yielded(parts, at) }];
      case "BreakStatement":
        return [{ ...at, kind: "break" }];
      case "ContinueStatement":
        return [{ ...at, kind: "continue" }];
      case "ScopeStatement": {
        const how = parts[0]?.name === "global" ? "global" : "nonlocal";
        return [{ ...at, kind: "scope", how, names: namesWithin(node, this.text) }];
      }
      case "MatchStatement":
        return [
          {
            ...at,
            kind: "match",
            subject: this.expressions.several(parts.slice(1, -1)),
            cases: new PatternReader(this.text, this.expressions).cases(node, (body) => this.block(body)),
          },
        ];
      case "PassStatement":
        return [{ ...at, kind: "pass" }];
      default:
        return [{ ...at, kind: "broken", names: namesWithin(node, this.text) }];
    }
  }

  private definition(node: GrammarNode, decorators: readonly Expression[]): Statement[] {
    const parts = node.children;
    const name = parts.find((p) => p.name === "VariableName");
    const at = { from: node.from, to: node.to };
    const body = parts.find((p) => p.name === "Body");
    if (!name) return [{ ...at, kind: "broken", names: [] }];
    const shared = {
      ...at,
      name: this.text.of(name),
      nameAt: { from: name.from, to: name.to },
      body: this.block(body),
      decorators,
    };
    if (node.name === "ClassDefinition") {
      const list = parts.find((p) => p.name === "ArgList");
      const bases: readonly Argument[] = list ? (this.expressions.args(list) ?? []) : [];
      return [{ ...shared, kind: "class", bases }];
    }
    if (node.name !== "FunctionDefinition") return this.statement(node);
    const params = parts.find((p) => p.name === "ParamList");
    const type = parts.find((p) => p.name === "TypeDef");
    return [
      {
        ...shared,
        kind: "function",
        params: params ? this.expressions.parameters(params) : [],
        bodyFrom: body?.from ?? node.to,
        ...(type ? { returns: { from: type.from, to: type.to } } : {}),
        isAsync: parts.some((p) => p.name === "async"),
        yields: yieldsWithin(body),
      },
    ];
  }

  private assignment(parts: readonly GrammarNode[]): {
    kind: "assign";
    targets: readonly Expression[];
    value?: Expression;
    annotation?: Place;
  } {
    const groups: GrammarNode[][] = [[]];
    for (const part of parts) {
      if (part.name === "AssignOp") groups.push([]);
      else if (part.name !== "TypeDef") groups.at(-1)?.push(part);
    }
    const values = groups.map((g) => this.expressions.several(g));
    const value = groups.length > 1 ? values.pop() : undefined;
    const type = parts.find((p) => p.name === "TypeDef");
    return {
      kind: "assign",
      targets: values,
      ...(value ? { value } : {}),
      ...(type ? { annotation: { from: type.from, to: type.to } } : {}),
    };
  }

  private branches(parts: readonly GrammarNode[]): { when?: Expression; body: readonly Statement[] }[] {
    const found: { when?: Expression; body: readonly Statement[] }[] = [];
    let condition: GrammarNode[] = [];
    let isElse = false;
    for (const part of parts) {
      if (part.name === "if" || part.name === "elif" || part.name === "else") {
        condition = [];
        isElse = part.name === "else";
      } else if (part.name === "Body") {
        found.push(
          isElse ? { body: this.block(part) } : { when: this.expressions.several(condition), body: this.block(part) },
        );
      } else condition.push(part);
    }
    return found;
  }

  private loop(at: { from: number; to: number }, all: readonly GrammarNode[]): Statement {
    const parts = all.filter((p) => p.name !== "async");
    const middle = parts.findIndex((p) => p.name === "in");
    const end = parts.findIndex((p) => p.name === "Body");
    const bodies = parts.filter((p) => p.name === "Body");
    const target = this.expressions.several(parts.slice(1, middle));
    const source = this.expressions.several(parts.slice(middle + 1, end < 0 ? parts.length : end));
    return { ...at, kind: "for", target, source, body: this.block(bodies[0]), otherwise: this.block(bodies[1]) };
  }

  private withItems(parts: readonly GrammarNode[]): { value: Expression; as?: Expression }[] {
    const items: { value: Expression; as?: Expression }[] = [];
    let named = false;
    for (const part of parts) {
      if (part.name === "as") named = true;
      else if (part.name === "Body") break;
      else if (part.name === ",") named = false;
      else if (!["with", "async", "(", ")"].includes(part.name)) {
        const value = this.expressions.one(part);
        const last = items.at(-1);
        if (named && last) items[items.length - 1] = { ...last, as: value };
        else items.push({ value });
      }
    }
    return items;
  }
}

const isFunction = ({ name }: GrammarNode): boolean =>
  name === "FunctionDefinition" || name === "LambdaExpression" || name === "ClassDefinition";

/** Whether a function's own body yields. */
function yieldsWithin(body: GrammarNode | undefined): boolean {
  if (!body) return false;
  for (const { name } of within(body, isFunction))
    if (name === "YieldStatement" || name === "YieldExpression" || name === "yield") return true;
  return false;
}
