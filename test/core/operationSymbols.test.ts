import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dim, dimSymbol, substitute } from "../../src/core/dims/dim.js";
import type { Operand, Result } from "../../src/core/operations/operation.js";
import { answerCall, type Line, lines } from "./operationAnswers.js";

const taken = lines.filter((line) => line.error === undefined);

/** The sizes of a result that are known are PyTorch's once numbers are put in; how many were compared. */
function compare(result: Result, out: unknown, values: ReadonlyMap<string, Dim>, line: Line): number {
  const text = JSON.stringify(line);
  const { items } = out as { items?: unknown[] };
  if (result.kind === "unknown") return 0;
  if (result.kind !== "tensor") {
    assert.ok(items, text);
    if (result.items) assert.equal(result.items.length, items.length, text);
    return (result.items ?? []).reduce((n, item, i) => n + compare(item, items[i], values, line), 0);
  }
  if (!result.shape) return 0;
  const sizes = out as number[];
  assert.equal(result.shape.length, sizes.length, text);
  let compared = 0;
  for (const [i, size] of result.shape.entries()) {
    if (size === undefined) continue;
    assert.equal(substitute(size, values), sizes[i], `${text}: size ${i}`);
    compared++;
  }
  return compared;
}

/** Makes every size a symbol; `nameOf` says which. */
function symbolic(nameOf: (size: number, count: number) => string): (line: Line) => number {
  return (line) => {
    const values = new Map<string, Dim>();
    let count = 0;
    const answer = answerCall(line, (size): Operand => {
      const name = nameOf(size, count++);
      values.set(name, size);
      return dimSymbol(name);
    });
    assert.ok(answer && "result" in answer, JSON.stringify(line));
    return compare(answer.result, line.out, values, line);
  };
}

test("with one symbol for each number, numbers put into the answer give PyTorch's, and nothing that it takes is refused", () => {
  const compared = taken.map(symbolic((size) => `s${size}`)).reduce((a, b) => a + b, 0);
  assert.ok(compared > 5000, `${compared} sizes compared`);
});

test("with a symbol of its own for each size, numbers put into the answer give PyTorch's, and nothing that it takes is refused", () => {
  const compared = taken.map(symbolic((_, count) => `s${count}`)).reduce((a, b) => a + b, 0);
  assert.ok(compared > 3500, `${compared} sizes compared`);
});

test("with some sizes unknown, what is known is PyTorch's, and nothing that it takes is refused", () => {
  let compared = 0;
  for (const stride of [1, 2, 3])
    for (const line of taken) {
      let count = 0;
      const answer = answerCall(line, (size): Operand => (count++ % stride === 0 ? undefined : size));
      assert.ok(answer && "result" in answer, JSON.stringify(line));
      compared += compare(answer.result, line.out, new Map(), line);
    }
  assert.ok(compared > 5000, `${compared} sizes compared`);
});

test("with tensors of which nothing is known, what is known is PyTorch's, and nothing that it takes is refused", () => {
  for (const line of taken)
    for (let which = 0; which < 3; which++) {
      let count = 0;
      const hide = (v: unknown): unknown => {
        if (Array.isArray(v)) return v.map(hide);
        const isTensor = typeof v === "object" && v !== null && "t" in v;
        return isTensor && count++ === which ? { ...v, t: null } : v;
      };
      const answer = answerCall({ ...line, args: line.args.map(hide) });
      assert.ok(answer && "result" in answer, JSON.stringify(line));
      compare(answer.result, line.out, new Map(), line);
    }
});

test("with one argument of which nothing is known, what is known is PyTorch's, and nothing that it takes is refused", () => {
  let compared = 0;
  const agree = (line: Line): void => {
    const answer = answerCall(line);
    // A call that cannot be bound is not understood.
    if (!answer) return;
    assert.ok("result" in answer, JSON.stringify(line));
    compared += compare(answer.result, line.out, new Map(), line);
  };
  for (const line of taken) {
    for (const i of line.args.keys()) agree({ ...line, args: line.args.with(i, undefined) });
    // PyTorch's own attention adds a mask to its scores in place, so that one that is not known stretches nothing.
    for (const name of Object.keys(line.kwargs ?? {}).filter((key) => key !== "attn_mask"))
      agree({ ...line, kwargs: { ...line.kwargs, [name]: undefined } });
  }
  assert.ok(compared > 2000, `${compared} sizes compared`);
});
