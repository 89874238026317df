import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Dim, dimSymbol, substitute } from "../../src/core/dims/dim.js";
import type { Size } from "../../src/core/layer/op.js";
import { applyOperation } from "../../src/core/operations/call.js";
import { operationNamed } from "../../src/core/operations/index.js";
import { type Operand, type Operation, tensor } from "../../src/core/operations/operation.js";

interface Call {
  readonly function: string;
  readonly pattern: string;
  readonly shape: readonly number[];
  readonly lengths: Readonly<Record<string, number>>;
  readonly reduction?: string;
  readonly output?: readonly number[];
  readonly error?: true;
}

const calls: readonly Call[] = readFileSync("test/oracle/einops.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

function answer(call: Call, shape: readonly Size[]): readonly Size[] | "refused" | undefined {
  const { operation } = operationNamed(`einops.${call.function}`) as { operation: Operation };
  const lengths: readonly Operand[] = Object.entries(call.lengths);
  const given = { tensor: tensor(shape), pattern: call.pattern, axes_lengths: lengths, reduction: call.reduction };
  const applied = applyOperation(operation, given);
  if ("refusal" in applied) {
    const { say, advise } = applied.refusal;
    assert.match(say, /\d|names|dots|brackets?|no name|\.\.\./, say);
    assert.match(`${say} ${advise}`, /^\S.*\. [A-Z].*\.$/);
    return "refused";
  }
  return applied.result.kind === "tensor" ? applied.result.shape : undefined;
}

test("rearrange, reduce and repeat give einops's shapes, and refuse what it refuses", () => {
  assert.ok(calls.length >= 3000);
  assert.ok(calls.filter((c) => c.error).length > 600);
  for (const call of calls)
    assert.deepEqual(answer(call, call.shape), call.error ? "refused" : call.output, JSON.stringify(call));
});

test("numbers put into what einops makes of symbols give what it makes of the numbers", () => {
  let compared = 0;
  for (const call of calls) {
    if (!call.output) continue;
    const values = new Map<string, Dim>(call.shape.map((size, i) => [`S${i}`, size]));
    const symbolic = answer(
      call,
      call.shape.map((_, i) => dimSymbol(`S${i}`)),
    );
    assert.notEqual(symbolic, "refused", JSON.stringify(call));
    for (const [i, size] of ((symbolic as readonly Size[] | undefined) ?? []).entries()) {
      if (size === undefined) continue;
      assert.equal(substitute(size, values), call.output[i], JSON.stringify(call));
      compared++;
    }
  }
  assert.ok(compared > 3000, `${compared} sizes compared`);
});
