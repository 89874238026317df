import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const KEYS = ["output", "gradInput", "gradWeight", "gradBias"] as const;

/** What `dimsum compute` answers to lines, and what it ends with. */
function compute(lines: readonly string[]): {
  readonly answers: Record<string, unknown>[];
  readonly exit: number | null;
} {
  const input = `${lines.join("\n")}\n`;
  const { stdout, status } = spawnSync(process.execPath, ["dist/cli.js", "compute"], {
    encoding: "utf8",
    input,
    maxBuffer: 1e9,
  });
  return {
    answers: stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
    exit: status,
  };
}

function assertNear(got: unknown, want: unknown, largest: number, text: string): void {
  if (typeof want === "number") {
    assert.ok(
      typeof got === "number" && Math.abs(got - want) <= 1e-9 * largest,
      `${text}: ${String(got)}, not ${want}`,
    );
    return;
  }
  if (!Array.isArray(got) || !Array.isArray(want)) assert.fail(text);
  assert.equal(got.length, want.length, text);
  for (const [at, part] of want.entries()) assertNear(got[at], part, largest, text);
}

test("compute answers each line with PyTorch's output and gradients, and with no gradient that the layer has not", () => {
  const lines = readFileSync("test/oracle/gradients.jsonl", "utf8").trim().split("\n").slice(0, 250);
  const { answers, exit } = compute(lines);
  assert.deepEqual([answers.length, exit], [lines.length, 0]);
  lines.forEach((line, at) => {
    const want = JSON.parse(line);
    for (const key of KEYS) {
      const text = `${key} of ${line.slice(0, 200)}`;
      assert.equal(answers[at]?.[key] === undefined, want[key] === undefined, text);
      const largest = Math.max(1, ...[want[key] ?? 0].flat(9).map(Math.abs));
      if (want[key] !== undefined) assertNear(answers[at]?.[key], want[key], largest, text);
    }
  });
});

test("compute gives the output alone where there are no upstream values", () => {
  const { answers } = compute(['{"layer": "MaxPool1d", "args": {"kernel_size": 2}, "input": [[3, 1, 4, 1, 5]]}']);
  assert.deepEqual(answers, [{ output: [[3, 4]] }]);
});

test("compute says in a sentence what it cannot compute, and goes on", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["{", /^This line is not JSON; give one object a line\.$/],
    ["null", /^This line is not a JSON object/],
    ['{"args": {}}', /^This line names no layer/],
    ['{"layer": "ReLU"}', /^This line has no input/],
    ['{"layer": "ReLU", "input": [[1], [2, 3]]}', /^input is no list of numbers with rows of one length/],
    ['{"layer": "ReLU", "input": ["1"]}', /^input is no list of numbers/],
    [`{"layer": "ReLU", "input": ${"[".repeat(9000)}${"]".repeat(9000)}}`, /^input is no list of numbers/],
    ['{"layer": "ReLU", "input": [1], "training": 1}', /^training is neither true nor false/],
    ['{"layer": "ReLU", "args": [], "input": [1]}', /^args is not a JSON object/],
    ['{"layer": "ReLU", "args": {}, "input": [1], "gradOutput": [1, 2]}', /^gradOutput is \[2\], the output is \[1\]/],
    ['{"layer": "MaxPool1d", "args": {}, "input": [[1, 2]]}', /^nn\.MaxPool1d needs the argument kernel_size\.$/],
    ['{"layer": "MaxPool1d", "args": {"kernel_size": 3}, "input": [[1, 2]]}', /^The window covers 3, the input /],
    ['{"layer": "ReLU", "args": {}, "input": [1e999]}', /^One of the results is Infinity, for which JSON has no word/],
    ['{"layer": "Softmax", "args": {"dim": 0}, "input": [1]}', /^Dimsum does not compute Softmax\.$/],
  ];
  const { answers, exit } = compute([
    ...cases.map(([line]) => line),
    '{"layer": "ReLU", "args": {}, "input": [-1, 2]}',
  ]);
  assert.equal(exit, 2);
  for (const [at, [line, sentence]] of cases.entries())
    assert.match(String(answers[at]?.error), sentence, line.slice(0, 80));
  assert.deepEqual(answers.at(-1), { output: [0, 2] });
});
