import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { kerasCall } from "../../src/cli/kerasLayer.js";
import { answerLayer, readArguments } from "../../src/cli/layers.js";
import { type Dim, dimSymbol, substitute } from "../../src/core/dims/dim.js";
import { bindKeras } from "../../src/core/keras/bindKeras.js";
import { allParameters, kerasOpNamed, kerasOps } from "../../src/core/keras/index.js";
import { applyOp } from "../../src/core/layer/apply.js";
import { explain } from "../../src/core/layer/explain.js";
import type { Shape } from "../../src/core/layer/op.js";
import { formulaFor, prepare } from "../../src/core/layer/prepare.js";

interface Truth {
  readonly layer: string;
  readonly args: Record<string, unknown>;
  readonly input: number[] | number[][];
  readonly output?: number[];
  readonly outputs?: number[][];
  readonly params?: number;
  readonly error?: string;
}

/**
 * TimeDistributed does not ask the layer within how many dimensions it takes. Global pooling of too few then runs, over the wrong axes,
 * and gives another shape than TimeDistributed.compute_output_shape says.
 */
const runsByChance = ({ layer, args, input }: Truth): boolean => {
  const inner = args.layer as { readonly layer?: string } | undefined;
  return (
    layer === "keras.layers.TimeDistributed" && /Global\w+Pooling2D$/.test(inner?.layer ?? "") && input.length !== 5
  );
};

const lines = readFileSync("test/oracle/kerasLayers.jsonl", "utf8")
  .trim()
  .split("\n")
  .filter((line) => !runsByChance(JSON.parse(line)));

test("each fact has one home: every file that holds Keras layers is in the registry, and every layer has a name of its own", () => {
  const registry = readFileSync("src/core/keras/index.ts", "utf8");
  const holding = readdirSync("src/core/keras").filter(
    (f) => f !== "index.ts" && /export const \w+: readonly Op\[\]/.test(readFileSync(`src/core/keras/${f}`, "utf8")),
  );
  const imported = [...registry.matchAll(/from "\.\/(\w+)\.js"/g)].map((m) => `${m[1]}.ts`);
  assert.deepEqual(imported.sort(), holding.sort());
  assert.equal(new Set(kerasOps.map((op) => op.name)).size, kerasOps.length);
});

for (const op of kerasOps) {
  test(`${op.name}: its formulas are formulas, and its examples come out as they stand`, () => {
    assert.ok(prepare(op).params);
    assert.match(op.keras ?? "", new RegExp(`^layers\\.${op.name}\\(`));
    for (const rule of op.rules) {
      for (const [, text] of [
        ...rule.say.matchAll(/\{([^}|]+)(?:\|[^}]+)?\}/g),
        ...rule.advise.matchAll(/\{([^}|]+)(?:\|[^}]+)?\}/g),
      ])
        assert.ok(formulaFor(op, text ?? ""));
      assert.match(rule.say, /\.$/);
      assert.match(rule.advise, /\.$/);
    }
    for (const example of op.examples) {
      const { args, problem } = bindKeras(op, [], example.args);
      assert.equal(problem, undefined);
      const applied = applyOp(op, args, example.input, example.others);
      assert.deepEqual(applied.output, example.output);
      assert.equal(applied.params, example.params);
      for (const line of explain(op, applied)) assert.doesNotMatch(JSON.stringify(line), /undefined|\u0000|NaN/);
    }
  });
}

test("every layer configuration gets Keras's answer: output, all and trained parameters, and whether it is refused", () => {
  assert.ok(lines.length >= 4000);
  for (const line of lines) {
    const truth = JSON.parse(line);
    const answer = answerLayer(truth) as Record<string, unknown>;
    assert.equal("unknown" in answer, false, line);
    assert.equal("error" in answer, "error" in truth, `${line} ${answer.error}`);
    assert.equal(Object.hasOwn(answer, "constructor"), Object.hasOwn(truth, "constructor"), line);
    if ("error" in truth) {
      assert.match(String(answer.error), /^\S.*\. [A-Z].*\.$/s, line);
      assert.doesNotMatch(String(answer.error), /invalid|undefined|\?/, line);
    } else
      assert.deepEqual(
        [answer.output, answer.outputs, answer.params, answer.trainable],
        [truth.output, truth.outputs, truth.params, truth.trainable],
        line,
      );
  }
});

test("for every Keras layer, numbers put into the symbolic answer give the numeric one", () => {
  let compared = 0;
  const seen = new Set<string>();
  for (const line of lines) {
    const truth = JSON.parse(line) as Truth;
    const call = kerasCall(truth.layer, truth.args, readArguments);
    if (!call || truth.error !== undefined) continue;
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as number[][];
    const values = new Map<string, Dim>();
    const symbolic = inputs.map(
      (sizes, k): Shape =>
        sizes.map((size, i) => {
          values.set(`s${k}_${i}`, size);
          return dimSymbol(`s${k}_${i}`);
        }),
    );
    const [first = [], ...others] = symbolic;
    const applied = applyOp(call.op, call.args, first, others);
    assert.equal(applied.refusal, undefined, line);
    const outputs = applied.outputs ?? [applied.output];
    for (const [k, expected] of (truth.outputs ?? [truth.output ?? []]).entries())
      for (const [i, size] of ((outputs[k] ?? []) as Shape).entries()) {
        if (size === undefined) continue;
        assert.equal(substitute(size, values), expected[i], line);
        compared++;
      }
    const params = allParameters(call.op, applied);
    if (params !== undefined) assert.equal(substitute(params, values), truth.params, line);
    seen.add(call.op.name);
  }
  assert.ok(compared > 8000, `${compared} sizes compared`);
  assert.deepEqual(
    kerasOps.map((op) => op.name).filter((name) => !seen.has(name) && name !== "InputLayer"),
    [],
  );
});

test("what is not known of a layer makes its answer unknown, never wrong", () => {
  for (const line of lines) {
    const truth = JSON.parse(line) as Truth;
    const call = kerasCall(truth.layer, truth.args, readArguments);
    if (!call || truth.error !== undefined) continue;
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as number[][];
    const [first = [], ...others] = inputs.map((sizes): Shape => sizes.map(() => undefined));
    assert.equal(applyOp(call.op, call.args, first, others).refusal, undefined, line);
    const blank = Object.fromEntries(Object.keys(call.args).map((name) => [name, undefined]));
    const [known = [], ...more] = inputs;
    const { refusal, output } = applyOp(call.op, blank, known, more);
    assert.equal(refusal, undefined, line);
    for (const [i, size] of (output ?? []).entries())
      if (size !== undefined && truth.output?.length === output?.length) assert.equal(size, truth.output?.[i], line);
  }
});

test("Keras's second names are the same layers", () => {
  const names = { MaxPool2D: "MaxPooling2D", GlobalAvgPool1D: "GlobalAveragePooling1D", Convolution2D: "Conv2D" };
  for (const [other, name] of Object.entries(names)) assert.equal(kerasOpNamed(other), kerasOpNamed(name));
  assert.equal(kerasOpNamed("SeparableConvolution1D"), kerasOpNamed("SeparableConv1D"));
  assert.equal(kerasOpNamed("Conv4D"), undefined);
});
