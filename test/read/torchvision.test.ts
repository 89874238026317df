import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";
import { workspaceAround } from "../../src/cli/workspace.js";

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

/** Where torchvision's source is: where one is told, or where Debian's package puts it. */
const root = process.env.TORCHVISION ?? "/usr/lib/python3/dist-packages/torchvision";
const isHere = existsSync(`${root}/version.py`) && readFileSync(`${root}/version.py`, "utf8").includes("0.14.1");

if (process.env.TORCHVISION !== undefined)
  test("torchvision 0.14.1 is where one is told that it is", () => assert.ok(isHere, root));

const truths: readonly Truth[] = readFileSync("test/oracle/torchvisionModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

test("there are answers for 92 models of torchvision", () => assert.equal(truths.length, 92));

// Its source is not ours to keep: without it there is nothing to compare.
for (const { file, expr, input, ...truth } of isHere ? truths : []) {
  test(`torchvision's ${expr}, read as it is, has PyTorch's output, parameters and layers`, () => {
    const path = `${root}/${file}`;
    const found = summarize(readFileSync(path, "utf8"), expr, [input], workspaceAround(path));
    assert.ok(!("problem" in found), "problem" in found ? found.problem : "");
    assert.deepEqual(
      found.mismatches.map((m) => `${m.code}: ${m.say}`),
      [],
    );
    const { output, params, trainable, leaves } = found;
    assert.deepEqual({ output, params, trainable, leaves }, truth);
  });
}
