import { createParse } from "mathjs/number";
import type { BinaryOperator, Expr } from "./expr.js";

/** The parts of mathjs's syntax tree that formulas use. */
interface MathNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly fn?: MathNode;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly condition?: MathNode;
  readonly trueExpr?: MathNode;
  readonly falseExpr?: MathNode;
  readonly conditionals?: readonly string[];
  readonly params?: readonly MathNode[];
}

/** What mathjs's parser makes its syntax tree of: for each kind of node the names of what it is made with, in their order. */
const NODES: Readonly<Record<string, readonly string[]>> = {
  AccessorNode: [],
  ArrayNode: [],
  AssignmentNode: [],
  BlockNode: [],
  ConditionalNode: ["condition", "trueExpr", "falseExpr"],
  ConstantNode: ["value"],
  FunctionAssignmentNode: [],
  FunctionNode: ["fn", "args"],
  IndexNode: [],
  ObjectNode: [],
  OperatorNode: ["op", "", "args"],
  ParenthesisNode: ["content"],
  RangeNode: [],
  RelationalNode: ["conditionals", "params"],
  SymbolNode: ["name"],
};

/** A node that holds what it is made with and can do nothing: mathjs's own can also calculate and print, which is not needed here. */
function nodeClass(type: string, fields: readonly string[]): new (...parts: unknown[]) => MathNode {
  class PlainNode implements MathNode {
    declare readonly type: string;
    [field: string]: unknown;

    constructor(...parts: unknown[]) {
      for (const [i, field] of fields.entries()) if (field !== "") this[field] = parts[i];
    }
  }
  Object.assign(PlainNode.prototype, { type, isNode: true, [`is${type}`]: true });
  return PlainNode;
}

let parser: ((text: string) => MathNode) | undefined;

function parse(text: string): MathNode {
  parser ??= createParse({
    // A formula is a text: of what `parse` takes that is all that is needed.
    typed: Object.assign((_: string, forms: Readonly<Record<string, unknown>>) => forms.string, {
      addConversion: () => undefined,
    }),
    numeric: Number,
    config: { number: "number", numberFallback: "number" },
    ...Object.fromEntries(Object.entries(NODES).map(([type, fields]) => [type, nodeClass(type, fields)])),
  }) as (text: string) => MathNode;
  return parser(text);
}

/** Functions that a formula may call; any other name before a bracket is a factor, as in `d (k - 1)`. */
const FUNCTIONS = new Set(["floor", "ceil", "min", "max", "prod", "sum", "len", "abs"]);

const OPERATORS = new Set<string>(["+", "-", "*", "/", "^", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"]);

/** Longer formulas are not read. */
const MAX_LENGTH = 2000;

/** The formula that a text says, or undefined where it is none. */
export function readFormula(text: string): Expr | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    return convert(parse(text));
  } catch {
    return undefined;
  }
}

function convert(node: MathNode): Expr | undefined {
  switch (node.type) {
    case "ConstantNode":
      if (typeof node.value === "number") return { kind: "number", text: String(node.value) };
      if (node.value === null || typeof node.value === "boolean") return { kind: "name", name: String(node.value) };
      return typeof node.value === "string" ? { kind: "text", value: node.value } : undefined;
    case "SymbolNode":
      return { kind: "name", name: node.name ?? "" };
    case "ParenthesisNode":
      return node.content && convert(node.content);
    case "OperatorNode":
      return convertOperator(node.op ?? "", (node.args ?? []).map(convert));
    case "RelationalNode":
      return convertChain(node);
    case "ConditionalNode":
      return convertChoice(node);
    case "FunctionNode":
      return convertCall(node);
    default:
      return undefined;
  }
}

function convertOperator(op: string, args: readonly (Expr | undefined)[]): Expr | undefined {
  const [left, right] = args;
  if (!left) return undefined;
  if (args.length === 1)
    return op === "-"
      ? { kind: "negate", of: left }
      : op === "not"
        ? { kind: "not", of: left }
        : op === "+"
          ? left
          : undefined;
  if (!right || !OPERATORS.has(op)) return undefined;
  return { kind: "binary", op: op as BinaryOperator, left, right };
}

const RELATIONS: Readonly<Record<string, BinaryOperator>> = {
  smaller: "<",
  smallerEq: "<=",
  larger: ">",
  largerEq: ">=",
  equal: "==",
  unequal: "!=",
};

function convertChain(node: MathNode): Expr | undefined {
  const params = (node.params ?? []).map(convert);
  let all: Expr | undefined;
  for (const [i, name] of (node.conditionals ?? []).entries()) {
    const [left, right, op] = [params[i], params[i + 1], RELATIONS[name]];
    if (!left || !right || !op) return undefined;
    const one: Expr = { kind: "binary", op, left, right };
    all = all ? { kind: "binary", op: "and", left: all, right: one } : one;
  }
  return all;
}

function convertChoice(node: MathNode): Expr | undefined {
  const when = node.condition && convert(node.condition);
  const yes = node.trueExpr && convert(node.trueExpr);
  const no = node.falseExpr && convert(node.falseExpr);
  return when && yes && no && { kind: "choice", when, yes, no };
}

function convertCall(node: MathNode): Expr | undefined {
  const name = node.fn?.name ?? "";
  const args = (node.args ?? []).map(convert);
  if (!args.every((a) => a !== undefined)) return undefined;
  if (FUNCTIONS.has(name)) return { kind: "call", name, args };
  const [only] = args;
  return name !== "" && only && args.length === 1
    ? { kind: "binary", op: "*", left: { kind: "name", name }, right: only }
    : undefined;
}
