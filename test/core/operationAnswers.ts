import { existsSync, readFileSync } from "node:fs";
import { applyOperation, bindOperands } from "../../src/core/operations/call.js";
import { operationNamed } from "../../src/core/operations/index.js";
import type { Operand, OperationRefusal, Result } from "../../src/core/operations/operation.js";

/** A call with what PyTorch makes of it. */
export interface Line {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** A shape, a list of results, or absent where PyTorch refuses. */
  readonly out?: unknown;
  /** Sizes that depend on the numbers in the tensors stand as −1. */
  readonly error?: string;
}

const FILES = ["test/oracle/operations.jsonl", "test/oracle/moreOperations.jsonl"];

/** PyTorch's answers. */
export const lines: readonly Line[] = FILES.filter(existsSync).flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line)),
);

/** An operand of a line: `{"t": [2, 3]}` is a tensor, `{"f": 0.5}` a float, `{"s": [0, null, 2]}` a slice, `{"e": 1}` an ellipsis. */
export function readOperand(v: unknown, sizeAs: (n: number) => Operand = (n) => n): Operand {
  if (Array.isArray(v)) return v.map((item) => readOperand(item, sizeAs));
  if (typeof v !== "object" || v === null) return v as Operand;
  const of = v as { t?: number[] | null; d?: "int" | "bool"; f?: number; s?: unknown[]; e?: 1 };
  if (of.t !== undefined)
    return { kind: "tensor", shape: of.t?.map((n) => sizeAs(n)) as number[] | undefined, dtype: of.d ?? "float" };
  if (of.f !== undefined) return { kind: "float", value: of.f };
  if (of.e) return { kind: "ellipsis" };
  const [start, stop, step] = (of.s ?? []).map((p) => readOperand(p, sizeAs));
  return { kind: "slice", start: start ?? null, stop: stop ?? null, step: step ?? null };
}

/** What the catalogue makes of a line; undefined where it does not know the call. */
export function answerCall(
  line: Line,
  sizeAs?: (n: number) => Operand,
): { readonly result: Result } | { readonly refusal: OperationRefusal } | undefined {
  const called = operationNamed(line.op);
  const keywords = Object.entries(line.kwargs ?? {}).map(([k, v]) => [k, readOperand(v)] as const);
  const args = line.args.map((a) => readOperand(a, sizeAs));
  const isMethod = line.op.startsWith("Tensor.");
  const bound = called && bindOperands(called.signatures, isMethod ? args.slice(1) : args, new Map(keywords));
  return (
    bound && called && applyOperation(called.operation, isMethod ? { ...bound.given, input: args[0] } : bound.given)
  );
}

/** Why an answer is not PyTorch's; undefined where it is. */
export function agreesWith(line: Line, answer: ReturnType<typeof answerCall>): string | undefined {
  if (!answer) return "the call is not understood";
  if ("refusal" in answer) return line.error === undefined ? `refused: ${answer.refusal.say}` : undefined;
  if (line.error !== undefined) return `taken, but PyTorch says ${line.error}`;
  return differenceOf(answer.result, line.out);
}

function differenceOf(result: Result, out: unknown): string | undefined {
  const isTensor = Array.isArray(out) && out.every((n) => typeof n === "number");
  const items = (out as { items?: unknown[] } | null)?.items;
  if (isTensor && result.kind === "tensor") {
    const shape = result.shape?.map((d) => (d === undefined ? -1 : d));
    return JSON.stringify(shape) === JSON.stringify(out)
      ? undefined
      : `${JSON.stringify(shape)} instead of ${JSON.stringify(out)}`;
  }
  if (items && (result.kind === "tuple" || result.kind === "list")) {
    if (!result.items || result.items.length !== items.length)
      return `${result.items?.length} items instead of ${items.length}`;
    for (const [i, item] of items.entries()) {
      const difference = differenceOf(result.items[i] as Result, item);
      if (difference !== undefined) return `item ${i}: ${difference}`;
    }
    return undefined;
  }
  return `a ${result.kind} instead of ${JSON.stringify(out)}`;
}
