import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";
import type { Mismatch } from "../../src/read/python/trace.js";

/** A model file with one integer changed, and what PyTorch made of it. */
interface Mutant {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly old: string;
  readonly new: string;
  readonly output?: readonly number[];
  readonly params?: number;
  readonly error?: string;
}

const mutants: readonly Mutant[] = readFileSync("test/oracle/mutants.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const nameOf = (m: Mutant): string =>
  `${m.file}:${m.line}:${m.column + 1} ${m.old} → ${m.new}, ${m.expr}: ${m.error ?? "runs"}`;

function textOf({ file, line, column, old, new: changed }: Mutant): string {
  const lines = readFileSync(file, "utf8").split("\n");
  const before = lines[line - 1] ?? "";
  assert.equal(before.slice(column, column + old.length), old, `${file}:${line}`);
  lines[line - 1] = before.slice(0, column) + changed + before.slice(column + old.length);
  return lines.join("\n");
}

const answers = mutants.map((mutant) => {
  const found = summarize(textOf(mutant), mutant.expr, [mutant.input]);
  const errors = (found.mismatches ?? []).filter((m: Mismatch) => m.severity === "error");
  return { mutant, found, errors };
});

test("the mutants are many, and PyTorch refuses a good part of them", () => {
  assert.ok(mutants.length >= 1500);
  assert.ok(mutants.filter((m) => m.error !== undefined).length >= 400);
});

test("a mutant that PyTorch runs has PyTorch's output and parameters, and nothing in it is flagged", () => {
  const differing = answers.flatMap(({ mutant, found, errors }) => {
    if (mutant.error !== undefined) return [];
    const alarms = errors.map((m) => `${m.code}: ${m.say}`);
    const told = "problem" in found ? found.problem : JSON.stringify([found.output, found.params]);
    const isRight = alarms.length === 0 && told === JSON.stringify([mutant.output, mutant.params]);
    return isRight ? [] : [`${nameOf(mutant)}\n  ${[...alarms, told].join("\n  ")}`];
  });
  assert.equal(differing.length, 0, differing.join("\n"));
});

test("of the mutants that PyTorch refuses at least 98 % are flagged", () => {
  const refused = answers.filter(({ mutant }) => mutant.error !== undefined);
  const missed = refused.filter(({ errors }) => errors.length === 0).map(({ mutant }) => nameOf(mutant));
  assert.ok(missed.length <= 0.02 * refused.length, `${missed.length} of ${refused.length}:\n${missed.join("\n")}`);
});

test("one mistake is one error in at least 99 of 100 mutants that are flagged: what follows from it is not said", () => {
  const flagged = answers.filter(({ errors }) => errors.length > 0);
  const several = answers.filter(({ errors }) => errors.length > 1);
  const texts = several.map(({ mutant, errors }) => `${nameOf(mutant)}\n  ${errors.map((e) => e.say).join("\n  ")}`);
  assert.ok(several.length <= 0.01 * flagged.length, texts.join("\n"));
});

test("two mistakes in numbers that have nothing to do with each other are two errors", () => {
  const source = (second: number, features: number): string =>
    [
      "from torch import nn",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.first = nn.Conv2d(1, 8, 3)",
      `        self.second = nn.Conv2d(${second}, 16, 3)`,
      `        self.fc = nn.Linear(${features}, 10)`,
      "    def forward(self, x):",
      "        return self.fc(self.second(self.first(x)).flatten(1))",
      "",
    ].join("\n");
  for (const [second, features, count] of [
    [8, 2304, 0],
    [4, 2304, 1],
    [8, 256, 1],
    [4, 256, 2],
  ] as const) {
    const { mismatches = [] } = summarize(source(second, features), "Net()", [[2, 1, 16, 16]]);
    assert.equal(mismatches.length, count, `${second}, ${features}`);
  }
});
