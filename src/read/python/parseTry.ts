import type { GrammarNode } from "./nodes.js";
import type { Handler, Place, Statement } from "./syntax.js";

type Block = (body: GrammarNode | undefined) => readonly Statement[];
type Slice = (node: GrammarNode | undefined) => string;

/** `try` with its handlers. */
export function readTry(at: Place, parts: readonly GrammarNode[], block: Block, slice: Slice): Statement {
  const bodies = new Map<string, readonly Statement[]>();
  const handlers: Handler[] = [];
  let current = "try";
  let head: GrammarNode[] = [];
  for (const part of parts) {
    if (["try", "except", "else", "finally"].includes(part.name)) {
      current = part.name;
      head = [];
    } else if (part.name !== "Body") head.push(part);
    else if (current === "except") handlers.push(handlerOf(head, part, block, slice));
    else bodies.set(current, block(part));
  }
  const body = (name: string): readonly Statement[] => bodies.get(name) ?? [];
  return { ...at, kind: "try", body: body("try"), handlers, otherwise: body("else"), finally: body("finally") };
}

function handlerOf(head: readonly GrammarNode[], body: GrammarNode, block: Block, slice: Slice): Handler {
  const as = head.findIndex((p) => p.name === "as");
  const named = as < 0 ? head : head.slice(0, as);
  const catches = named.flatMap((p) =>
    p.name === "TupleExpression" ? p.children.filter((c) => !/^\W/.test(c.name)) : p.name === "*" ? [] : [p],
  );
  return {
    catches: catches.map((c) => slice(c).split(".").at(-1) ?? ""),
    ...(as < 0 ? {} : { as: slice(head[as + 1]) }),
    body: block(body),
  };
}
