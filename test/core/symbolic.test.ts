import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { readArguments } from "../../src/cli/layers.js";
import { equal, less } from "../../src/core/dims/compare.js";
import {
  add,
  ceil,
  type Dim,
  dimSymbol,
  divide,
  floor,
  minimum,
  multiply,
  substitute,
  subtract,
} from "../../src/core/dims/dim.js";
import { printDim } from "../../src/core/dims/print.js";
import { type Bindings, compile, isDim } from "../../src/core/expr/evaluate.js";
import { readFormula } from "../../src/core/expr/read.js";
import { type Applied, applyOp } from "../../src/core/layer/apply.js";
import type { Op, Size } from "../../src/core/layer/op.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { opNamed, ops } from "../../src/core/ops/index.js";

const NAMES = ["N", "C", "X", "Y", "Z"];

interface Configuration {
  readonly op: Op;
  readonly args: Bindings;
  readonly inputs: readonly (readonly number[])[];
  readonly said: string;
}

/** Every layer that PyTorch was asked for, and every example of the catalogue. */
function* configurations(): Generator<Configuration> {
  const texts = ["layers", "moreLayers"].map((name) => readFileSync(`test/oracle/${name}.jsonl`, "utf8").trim());
  for (const said of texts.join("\n").split("\n")) {
    const truth = JSON.parse(said) as { layer: string; args: object; input: number[] | number[][]; error?: string };
    const op = opNamed(truth.layer);
    if (!op?.torch || truth.error !== undefined) continue;
    const { args } = bind(readSignature(op.torch), [], readArguments(truth.args));
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as number[][];
    yield { op, args, inputs, said };
  }
  for (const op of ops)
    for (const { args, input, others = [] } of op.examples) {
      const bound = bind(readSignature(op.torch ?? op.keras ?? ""), [], args);
      yield { op, args: bound.args, inputs: [input, ...others], said: `${op.name} ${JSON.stringify(args)}` };
    }
}

/** All sizes that a layer hands out, and its multiply-adds. */
const sizesOf = ({ output, outputs, macs }: Applied): readonly Size[] => [
  ...(outputs ?? [output]).flatMap((o) => (!o ? [] : "tuple" in o ? o.tuple.flat() : [...o])),
  macs,
];

test("for every layer, numbers put into the symbolic answer give the numeric one", () => {
  let compared = 0;
  const asked = new Set<string>();
  for (const { op, args, inputs, said } of configurations()) {
    asked.add(op.name);
    const values = new Map<string, Dim>();
    const [first = [], ...others] = inputs.map((sizes, k) =>
      sizes.map((size, i) => {
        values.set(`${NAMES[i] ?? "S"}${k}`, size);
        return dimSymbol(`${NAMES[i] ?? "S"}${k}`);
      }),
    );
    const [numeric, symbolic] = [applyOp(op, args, inputs[0], inputs.slice(1)), applyOp(op, args, first, others)].map(
      (applied) => {
        assert.equal(applied.refusal, undefined, said);
        return sizesOf(applied);
      },
    );
    assert.equal(symbolic?.length, numeric?.length, said);
    for (const [i, size] of (symbolic ?? []).entries()) {
      if (size === undefined) continue;
      assert.equal(substitute(size, values), numeric?.[i], `${said}: ${printDim(size)}`);
      compared++;
    }
  }
  assert.ok(compared > 30_000, `${compared} sizes compared`);
  // These two are made from a layer, which no line of JSON can say.
  const left = ops.filter((op) => !asked.has(op.name)).map((op) => op.name);
  assert.deepEqual(left, ["TransformerEncoder", "TransformerDecoder"]);
});

/** A random formula in two symbols, as a function on numbers and on sizes at once. */
const formula = fc.letrec<{
  tree: { text: string; value: (h: number, w: number) => number; dim: (h: Dim, w: Dim) => Dim };
}>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant({ text: "h", value: (h: number) => h, dim: (h: Dim) => h }),
    fc.constant({ text: "w", value: (_: number, w: number) => w, dim: (_: Dim, w: Dim) => w }),
    fc.integer({ min: -6, max: 9 }).map((n) => ({ text: `(${n})`, value: () => n, dim: () => n as Dim })),
    fc.tuple(tie("tree"), tie("tree"), fc.constantFrom("+", "-", "*", "min")).map(([a, b, op]) => ({
      text: op === "min" ? `min(${a.text}, ${b.text})` : `(${a.text} ${op} ${b.text})`,
      value: (h: number, w: number) => {
        const [x, y] = [a.value(h, w), b.value(h, w)];
        return op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : Math.min(x, y);
      },
      dim: (h: Dim, w: Dim) => {
        const [x, y] = [a.dim(h, w), b.dim(h, w)];
        return op === "+" ? add(x, y) : op === "-" ? subtract(x, y) : op === "*" ? multiply(x, y) : minimum(x, y);
      },
    })),
    fc.tuple(tie("tree"), fc.integer({ min: 1, max: 5 }), fc.boolean()).map(([a, n, up]) => ({
      text: `${up ? "ceil" : "floor"}(${a.text} / ${n})`,
      value: (h: number, w: number) => (up ? Math.ceil(a.value(h, w) / n) : Math.floor(a.value(h, w) / n)),
      dim: (h: Dim, w: Dim) => (up ? ceil : floor)(divide(a.dim(h, w), n) as Dim),
    })),
  ),
})).tree;

const size = fc.integer({ min: 1, max: 40 });

test("a symbolic size is the number that its formula has, for every value of its symbols", () => {
  fc.assert(
    fc.property(formula, size, size, (f, h, w) => {
      const symbolic = f.dim(dimSymbol("h"), dimSymbol("w"));
      const values = new Map<string, Dim>([
        ["h", h],
        ["w", w],
      ]);
      assert.equal(substitute(symbolic, values), f.value(h, w) + 0, `${f.text} printed as ${printDim(symbolic)}`);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test("what is said to be equal or less is so for every value of the symbols", () => {
  fc.assert(
    fc.property(formula, formula, size, size, (f, g, h, w) => {
      const [a, b] = [f.dim(dimSymbol("h"), dimSymbol("w")), g.dim(dimSymbol("h"), dimSymbol("w"))];
      const [same, below] = [equal(a, b), less(a, b)];
      if (same !== undefined) assert.equal(f.value(h, w) === g.value(h, w), same, `${f.text} = ${g.text}`);
      if (below !== undefined) assert.equal(f.value(h, w) < g.value(h, w), below, `${f.text} < ${g.text}`);
    }),
    { numRuns: 3000, seed: 2 },
  );
});

test("a formula's text is read as JavaScript's own arithmetic has it", () => {
  fc.assert(
    fc.property(formula, size, size, (f, h, w) => {
      const expr = readFormula(f.text);
      assert.ok(expr, f.text);
      const value = compile(expr)({ h, w });
      assert.ok(isDim(value));
      assert.equal(value, f.value(h, w) + 0, f.text);
    }),
    { numRuns: 1000, seed: 3 },
  );
});

test("symbolic sizes are printed as a student writes them", () => {
  const H = dimSymbol("H");
  const half = floor(divide(H, 2) as Dim);
  assert.equal(printDim(half), "⌊H/2⌋");
  assert.equal(printDim(floor(divide(half, 2) as Dim)), "⌊H/4⌋");
  assert.equal(printDim(ceil(divide(H, 2) as Dim)), "⌈H/2⌉");
  assert.equal(printDim(multiply(64, dimSymbol("W"))), "64·W");
  assert.equal(printDim(divide(multiply(H, 3), multiply(H, 3)) as Dim), "1");
});
