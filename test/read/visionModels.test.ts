import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

/** What PyTorch made of a model of torchvision 0.14.1. */
interface Truth {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  readonly output: unknown;
  readonly params: number;
  readonly trainable: number;
  readonly leaves: readonly unknown[];
}

const truths: readonly Truth[] = readFileSync("test/oracle/torchvisionModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const KNOWN = /^(?:alexnet|convnext|densenet|efficientnet|mobilenet|resne|squeezenet|vgg|vit|wide_resnet)/;

for (const { file, expr, input, ...truth } of truths.filter(({ expr }) => KNOWN.test(expr))) {
  test(`torchvision's ${expr} is known where its source is not there`, () => {
    const found = summarize("from torchvision.models import *\nimport torchvision", `torchvision.models.${expr}`, [
      input,
    ]);
    assert.ok(!("problem" in found), "problem" in found ? found.problem : file);
    assert.deepEqual(found.mismatches, []);
    const { output, params, trainable, leaves } = found;
    assert.deepEqual({ output, params, trainable, leaves }, truth);
  });
}

/** The names in a model, in the order in which torchvision registers them. */
interface NamesIn {
  readonly name: string;
  readonly children: readonly string[];
  /** How many there are, and the SHA-256 of them, a line each. */
  readonly modules: readonly [number, string];
  readonly parameters: readonly [number, string];
}

const textsIn = (v: PyValue | undefined): readonly string[] | undefined =>
  v?.kind === "list" ? v.items?.map((item) => (item.kind === "string" ? item.value : item.kind)) : undefined;

const counted = (names: readonly string[] | undefined): NamesIn["modules"] | undefined =>
  names && [names.length, createHash("sha256").update(names.join("\n")).digest("hex")];

test("Modules and parameters of torchvision's models have torchvision's names, in its order.", () => {
  const all: readonly NamesIn[] = readFileSync("test/oracle/visionNames.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.ok(all.length > 40);
  let whole = 0;
  for (const { name, ...truth } of all) {
    const { names, trace } = followPython(`
import torchvision
model = torchvision.models.${name}(pretrained=True)
children = [name for name, _ in model.named_children()]
modules = [name for name, _ in model.named_modules()]
parameters = [name for name, _ in model.named_parameters()]
`);
    const [children, modules, parameters] = ["children", "modules", "parameters"].map((each) =>
      textsIn(names.get(each)),
    );
    assert.deepEqual(trace.mismatches, []);
    assert.deepEqual(
      { children, parameters: counted(parameters) },
      { children: truth.children, parameters: truth.parameters },
      name,
    );
    // What stands in a layer of attention is not told.
    if (modules) assert.deepEqual(counted(modules), truth.modules, name);
    whole += Number(modules !== undefined);
  }
  assert.equal(all.length - whole, all.filter(({ name }) => name.startsWith("vit")).length);
});
