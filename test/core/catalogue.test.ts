import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readArguments } from "../../src/cli/layers.js";
import { applyOp } from "../../src/core/layer/apply.js";
import { explain } from "../../src/core/layer/explain.js";
import { formulaFor, prepare } from "../../src/core/layer/prepare.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { ops } from "../../src/core/ops/index.js";

test("each fact has one home: every file that holds layers is in the registry, and every layer of the registry has a name of its own", () => {
  const registry = readFileSync("src/core/ops/index.ts", "utf8");
  const files = readdirSync("src/core/ops").filter((f) => f.endsWith(".ts"));
  const holding = files.filter(
    (f) => /export const \w+: readonly Op\[\]/.test(readFileSync(`src/core/ops/${f}`, "utf8")) && f !== "index.ts",
  );
  const imported = [...registry.matchAll(/from "\.\/(\w+)\.js"/g)]
    .map((m) => `${m[1]}.ts`)
    .filter((f) => f !== "op.ts");
  assert.deepEqual(imported.sort(), holding.sort());
  assert.equal(new Set(ops.map((op) => op.name)).size, ops.length);
});

for (const op of ops) {
  test(`${op.name}: its formulas are formulas, and its examples come out as they stand`, () => {
    const ready = prepare(op);
    assert.ok(ready.params);
    for (const mistake of op.mistakes ?? [])
      for (const text of [mistake.params, mistake.axis, mistake.channels])
        if (text !== undefined) assert.ok(formulaFor(op, text));
    for (const rule of op.rules) {
      for (const [, text] of [
        ...rule.say.matchAll(/\{([^}|]+)(?:\|[^}]+)?\}/g),
        ...rule.advise.matchAll(/\{([^}|]+)(?:\|[^}]+)?\}/g),
      ])
        assert.ok(formulaFor(op, text ?? ""));
      assert.doesNotMatch(rule.say, /invalid/i);
      assert.match(rule.say, /\.$/);
      assert.match(rule.advise, /\.$/);
    }
    for (const example of op.examples) {
      const { args, problem } = bind(readSignature(op.torch ?? op.keras ?? ""), [], example.args);
      assert.equal(problem, undefined);
      const applied = applyOp(op, args, example.input, example.others);
      assert.deepEqual(applied.output, example.output);
      assert.equal(applied.params, example.params);
      for (const line of explain(op, applied)) assert.doesNotMatch(JSON.stringify(line), /undefined|\u0000|NaN/);
    }
  });
}

test("a formula with this layer's numbers is the arithmetic of its result", () => {
  let checked = 0;
  for (const line of readFileSync("test/oracle/layers.jsonl", "utf8").trim().split("\n")) {
    const truth = JSON.parse(line);
    const op = ops.find((o) => o.name === truth.layer);
    if (!op?.torch || truth.error) continue;
    const { args } = bind(readSignature(op.torch), [], readArguments(truth.args));
    for (const { numbers, result } of explain(op, applyOp(op, args, truth.input))) {
      assert.equal(calculate(numbers), Number(result.replaceAll(",", "")), `${line}: ${numbers} = ${result}`);
      checked++;
    }
  }
  assert.ok(checked > 2000, `${checked} lines of arithmetic`);
});

/** An independent reading of the printed arithmetic: floors, ceilings and minima by brackets, the rest by precedence. */
function calculate(text: string): number {
  const tokens = text.match(/min|\d+(?:\.\d+)?|[⌊⌋⌈⌉()+−·/,]/gu) ?? [];
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "−")
      value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = atom();
    while (tokens[at] === "·" || tokens[at] === "/") value = tokens[at++] === "·" ? value * atom() : value / atom();
    return value;
  };
  const atom = (): number => {
    const token = tokens[at++];
    if (token === "−") return -atom();
    if (token === "min") {
      at++;
      const first = sum();
      at++;
      const second = sum();
      at++;
      return Math.min(first, second);
    }
    if (token === "⌊" || token === "⌈" || token === "(") {
      const value = sum();
      at++;
      return token === "⌊" ? Math.floor(value) : token === "⌈" ? Math.ceil(value) : value;
    }
    return Number(token);
  };
  return sum();
}
