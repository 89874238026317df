import { NodeType, type SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { childrenOf, isData, splitAt } from "./nodes.js";
import { readDecorator } from "./parseDecorator.js";
import { ExpressionReader } from "./parseExpression.js";
import { readImport } from "./parseImport.js";
import { PatternReader } from "./parsePattern.js";
import { readTry } from "./parseTry.js";
import { SourceText } from "./sourceText.js";
import type { Argument, Comment, Expression, Place, PythonFile, Statement } from "./syntax.js";

/** A line that is longer is data, which is not read. */
const MAX_LINE = 10_000;

const withoutLongLines = (text: string): string =>
  text.length <= MAX_LINE
    ? text
    : text
        .split("\n")
        .map((line) => (line.length > MAX_LINE ? "#".padEnd(line.length, "#") : line))
        .join("\n");

/** The grammar takes the point of `4.` and of `4.e3` for that of a member: a digit in its place keeps the number whole. */
const withPlainNumbers = (text: string): string =>
  text.replace(/(?<![\w.])(\d[\d_]*)\.(?=e[-+]?\d|(?![\w.]))/gi, (_, digits: string) => `${digits}0`);

/** Characters of a file beyond which nobody wrote it by hand; the grammar's recovery is slow on what is not Python. */
export const MAX_FILE = 500_000;

/** Parses Python with error recovery; what is half typed becomes `broken` nodes. Places count from `base`. It never throws. */
export function parsePython(text: string, base = 0): PythonFile {
  if (text.length > MAX_FILE) return { text, body: [], comments: [] };
  const tree = parser.parse(withPlainNumbers(withoutLongLines(text)));
  const source = new SourceText(text, base);
  const comments: Comment[] = [];
  tree.iterate({
    enter: ({ from, to, name }) => {
      if (isData({ from, to, name })) return false;
      if (name === "Comment") comments.push({ from: base + from, to: base + to, text: text.slice(from, to) });
      return true;
    },
  });
  // A tree around it, which begins so far in front, moves every place in it.
  const moved = base === 0 ? tree : new Tree(NodeType.none, [tree], [base], base + tree.length);
  const top = base === 0 ? moved.topNode : moved.topNode.firstChild;
  return { text, body: new StatementReader(source).block(top ?? undefined), comments };
}

/** Blocks within blocks that are read; Python itself allows 100. */
const MAX_DEPTH = 100;

/** Turns the grammar's statements into ours. */
class StatementReader {
  private readonly expressions: ExpressionReader;
  private depth = 0;

  constructor(private readonly text: SourceText) {
    this.expressions = new ExpressionReader(text);
  }

  /** The statements of a body or of the file. */
  block(node: SyntaxNode | undefined): Statement[] {
    if (!node || this.depth >= MAX_DEPTH) return [];
    this.depth++;
    const statements = childrenOf(node).flatMap((child) => this.statement(child));
    this.depth--;
    return statements;
  }

  private statement(node: SyntaxNode): Statement[] {
    const at = { from: node.from, to: node.to };
    const parts = childrenOf(node);
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
        return [{ ...at, kind: "update", target, op: this.slice(parts[sign]).slice(0, -1), value }];
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
            (part) => this.slice(part),
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
        return [{ ...at, kind: "scope", how, names: this.namesWithin(node) }];
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
        return [{ ...at, kind: "broken", names: this.namesWithin(node) }];
    }
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

  private definition(node: SyntaxNode, decorators: readonly Expression[]): Statement[] {
    const parts = childrenOf(node);
    const name = parts.find((p) => p.name === "VariableName");
    const at = { from: node.from, to: node.to };
    const body = parts.find((p) => p.name === "Body");
    if (!name) return [{ ...at, kind: "broken", names: [] }];
    const shared = {
      ...at,
      name: this.slice(name),
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
    return [
      {
        ...shared,
        kind: "function",
        params: params ? this.expressions.parameters(params) : [],
        bodyFrom: body?.from ?? node.to,
        isAsync: parts.some((p) => p.name === "async"),
        yields: yieldsWithin(body),
      },
    ];
  }

  private assignment(parts: readonly SyntaxNode[]): {
    kind: "assign";
    targets: readonly Expression[];
    value?: Expression;
    annotation?: Place;
  } {
    const groups: SyntaxNode[][] = [[]];
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

  private branches(parts: readonly SyntaxNode[]): { when?: Expression; body: readonly Statement[] }[] {
    const found: { when?: Expression; body: readonly Statement[] }[] = [];
    let condition: SyntaxNode[] = [];
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

  private loop(at: { from: number; to: number }, all: readonly SyntaxNode[]): Statement {
    const parts = all.filter((p) => p.name !== "async");
    const middle = parts.findIndex((p) => p.name === "in");
    const end = parts.findIndex((p) => p.name === "Body");
    const bodies = parts.filter((p) => p.name === "Body");
    const target = this.expressions.several(parts.slice(1, middle));
    const source = this.expressions.several(parts.slice(middle + 1, end < 0 ? parts.length : end));
    return { ...at, kind: "for", target, source, body: this.block(bodies[0]), otherwise: this.block(bodies[1]) };
  }

  private withItems(parts: readonly SyntaxNode[]): { value: Expression; as?: Expression }[] {
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

/** Whether a function's own body yields. */
function yieldsWithin(body: SyntaxNode | undefined): boolean {
  let found = false;
  body?.cursor().iterate((n) => {
    if (n.name === "YieldStatement" || n.name === "YieldExpression" || n.name === "yield") found = true;
    return !found && n.name !== "FunctionDefinition" && n.name !== "LambdaExpression" && n.name !== "ClassDefinition";
  });
  return found;
}
