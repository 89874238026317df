import { type GrammarNode, isBroken } from "./nodes.js";
import type { Expression } from "./syntax.js";

/** An operand of `and` and `or`, with where the `not`s in front of it begin, the outermost first. */
interface Operand {
  readonly node: GrammarNode;
  readonly nots: readonly number[];
}

/** Operands, and the operator behind each but the last. */
interface Chain {
  readonly operands: readonly Operand[];
  readonly operators: readonly ("and" | "or")[];
}

const operatorOf = (node: GrammarNode): "and" | "or" | undefined => {
  const name = node.name === "BinaryExpression" ? node.children[1]?.name : undefined;
  return name === "and" || name === "or" ? name : undefined;
};

const isNot = (node: GrammarNode): boolean => node.name === "UnaryExpression" && node.children[0]?.name === "not";

/** Whether a node is `and`, `or`, or a `not` in front of one of them. */
export const isLogic = (node: GrammarNode): boolean => operatorOf(node) !== undefined || isNot(node);

/** What stands between the operators, in order: the grammar takes `not a and b` for `not (a and b)`, which Python does not. */
function chainOf(node: GrammarNode): Chain {
  const parts = node.children;
  const [first, last] = [parts[0], parts.at(-1)];
  if (isBroken(parts) || !first || !last) return { operands: [{ node, nots: [] }], operators: [] };
  const op = operatorOf(node);
  if (op && parts.length === 3) {
    const [left, right] = [chainOf(first), chainOf(last)];
    return { operands: [...left.operands, ...right.operands], operators: [...left.operators, op, ...right.operators] };
  }
  if (!isNot(node) || parts.length !== 2) return { operands: [{ node, nots: [] }], operators: [] };
  const { operands, operators } = chainOf(last);
  const [inner, ...rest] = operands;
  return { operands: inner ? [{ ...inner, nots: [node.from, ...inner.nots] }, ...rest] : [], operators };
}

/** Reads `and`, `or` and `not` as Python binds them: `not` before `and` before `or`. */
export function readLogic(node: GrammarNode, one: (node: GrammarNode) => Expression): Expression {
  const { operands, operators } = chainOf(node);
  const read = ({ node: of, nots }: Operand): Expression =>
    nots.reduceRight<Expression>(
      (inner, from) => ({ kind: "unary", op: "not", of: inner, from, to: inner.to }),
      // What is still logic here is broken.
      isLogic(of) ? { kind: "broken", from: of.from, to: of.to } : one(of),
    );
  const join =
    (op: "and" | "or") =>
    (left: Expression, right: Expression): Expression => ({
      kind: "logic",
      op,
      left,
      right,
      from: left.from,
      to: right.to,
    });
  const groups: Expression[][] = [[]];
  for (const [i, operand] of operands.entries()) {
    groups.at(-1)?.push(read(operand));
    if (operators[i] === "or") groups.push([]);
  }
  const all = groups.filter((g) => g.length > 0).map((g) => g.reduce(join("and")));
  return all.length > 0 ? all.reduce(join("or")) : { kind: "broken", from: node.from, to: node.to };
}
