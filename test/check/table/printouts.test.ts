import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTables } from "../../../src/check/tables.js";
import type { TableLanguage } from "../../../src/read/document/readTables.js";
import { pick, randomFrom } from "../../random.js";

/** A printout of a model, with the lines whose rows take the tensor of the row before (and none else does), or of any printed row. */
interface Printed {
  readonly program: string;
  readonly model: string;
  readonly text: string;
  readonly chained: readonly number[];
  readonly fed: readonly number[];
}

const printouts: readonly Printed[] = readFileSync("test/fixtures/tables/printouts.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** A printout as people paste it. */
function paste(
  text: string,
  n: number,
): { readonly text: string; readonly language: TableLanguage; readonly at: number } {
  const [before, after, language] = (
    [
      ["# Model\n\n```\n", "\n```\n", "markdown"],
      ["\\section{Model}\n\\begin{verbatim}\n", "\n\\end{verbatim}\n", "latex"],
      ["The model:\n\n", "\n", "plaintext"],
      ["\\begin{lstlisting}[basicstyle=\\tiny]\n", "\n\\end{lstlisting}\n", "latex"],
      ["> text\n\n~~~text\n", "\n~~~\n\nMore text.\n", "markdown"],
    ] as const
  )[n % 5] as readonly [string, string, TableLanguage];
  return { text: before + text + after, language, at: before.length };
}

/** Where the lines of a printout begin. */
function starts(text: string): readonly number[] {
  const found = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
  return found;
}

test("printouts of true shapes and counts give no finding, and nearly every row whose input is printed is decided", () => {
  let [rows, decided] = [0, 0];
  for (const [n, printed] of printouts.entries()) {
    const pasted = paste(printed.text, n);
    const tables = checkTables(pasted.text, pasted.language, { reveal: "answer" });
    const name = `${printed.program} ${printed.model}`;
    assert.equal(tables.length, 1, name);
    const [table] = tables;
    assert.deepEqual(
      table?.findings.map((f) => f.message),
      [],
      name,
    );
    const lines = starts(printed.text);
    const open: string[] = [];
    for (const line of printed.fed) {
      const from = pasted.at + (lines[line] ?? 0);
      const to = pasted.at + (lines[line + 1] ?? printed.text.length);
      const cells = table?.cells.filter((c) => c.span.from >= from && c.span.to <= to) ?? [];
      rows++;
      if (cells.length > 0 && cells.every((c) => c.verdict === "right")) decided++;
      else open.push(printed.text.slice(lines[line], lines[line + 1]).trimEnd());
    }
    const sums = table?.cells.filter((c) => / params$/.test(c.row)) ?? [];
    assert.deepEqual(
      sums.filter((c) => c.verdict !== "right").map((c) => c.row),
      [],
      name,
    );
    if (process.env.SHOW) console.log(name, printed.fed.length, open.length, open.slice(0, 3).join("\n"));
  }
  assert.ok(decided >= 0.97 * rows, `${decided} of ${rows} rows decided`);
});

test("layers with strides of their own on each axis, and dilated ones, are right in a printout that is sequential", () => {
  const printed = (rows: readonly string[], total: number): string =>
    [
      'Model: "sequential"',
      "_".repeat(65),
      "Layer (type)                 Output Shape              Param #",
      "=".repeat(65),
      ...rows,
      "=".repeat(65),
      `Total params: ${total}`,
      `Trainable params: ${total}`,
      "Non-trainable params: 0",
    ].join("\n");
  const wave = printed(
    [
      "embedding (Embedding)        (None, 100, 16)           16000",
      "conv1d (Conv1D)              (None, 98, 8)             392",
      "conv1d_1 (Conv1D)            (None, 94, 8)             200",
      "conv1d_2 (Conv1D)            (None, 86, 8)             200",
      "global_max_pooling1d (Global (None, 8)                 0",
      "dense (Dense)                (None, 1)                 8",
    ],
    16800,
  );
  const oblong = printed(
    [
      "input_1 (InputLayer)         (None, 64, 64, 1)         0",
      "conv2d (Conv2D)              (None, 32, 64, 8)         80",
      "global_average_pooling2d (Gl (None, 8)                 0",
      "dense (Dense)                (None, 7)                 56",
    ],
    136,
  );
  for (const text of [wave, oblong]) {
    const [table] = checkTables(text, "plaintext", { reveal: "answer" });
    assert.deepEqual(table?.findings, []);
    assert.ok((table?.counts.right ?? 0) >= 10);
  }
});

test("Keras pads all axes alike, and a batch norm whose statistics are not counted is not called right", () => {
  const printed = (height: number, width: number, norm: number): string =>
    [
      "Layer (type)                 Output Shape              Param #",
      "=".repeat(65),
      `conv2d (Conv2D)              (None, 30, 30, 32)        ${32 * (9 * 3 + 1)}`,
      `batch_normalization (BatchNormalization)  (None, 30, 30, 32)  ${norm}`,
      `conv2d_1 (Conv2D)            (None, ${height}, ${width}, 32)        ${32 * (9 * 32 + 1)}`,
      `flatten (Flatten)            (None, ${height * width * 32})         0`,
      `dense (Dense)                (None, 10)                ${10 * (height * width * 32 + 1)}`,
      "=".repeat(65),
    ].join("\n");
  const rights = (text: string): readonly string[] =>
    checkTables(text, "plaintext", { reveal: "answer" }).flatMap(({ cells, findings }) => {
      assert.deepEqual(findings, []);
      return cells.filter((c) => c.verdict === "right").map((c) => c.text);
    });
  for (const side of [28, 30]) assert.ok(rights(printed(side, side, 128)).includes(`(None, ${side}, ${side}, 32)`));
  for (const [height, width] of [
    [30, 28],
    [28, 30],
    [29, 29],
  ] as const)
    assert.ok(!rights(printed(height, width, 128)).includes(`(None, ${height}, ${width}, 32)`));
  assert.ok(rights(printed(28, 28, 4 * 32)).includes("128"));
  assert.ok(rights(printed(28, 28, 3 * 32)).includes("96"));
  assert.ok(!rights(printed(28, 28, 2 * 32)).includes("64"));
});

/** One number of a printout, and another in its place. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly wrong: string;
}

/** A size, a count and a sum of a printout changed. */
function changes(
  { text, chained, fed, program }: Printed,
  seed: number,
): readonly (Change & { readonly kind: string })[] {
  const random = randomFrom(seed);
  const lines = starts(text);
  const found: (Change & { kind: string })[] = [];
  const add = (kind: string, line: number, pattern: RegExp): void => {
    const row = text.slice(lines[line], lines[line + 1]);
    const numbers = [...row.matchAll(pattern)].filter((m) => m[0] !== "0" && m[0] !== "1");
    const number = numbers.length > 0 ? pick(random, numbers) : undefined;
    if (!number) return;
    const value = Number(number[0].replaceAll(",", ""));
    const by = pick(random, [1, -1, 2, 10, value]);
    const changed = value + by > 0 ? value + by : value + 1;
    const from = (lines[line] ?? 0) + number.index;
    const wrong = number[0].includes(",") ? changed.toLocaleString("en-US") : String(changed);
    found.push({ kind, from, to: from + number[0].length, wrong });
  };
  // Behind the batch, up to the bracket's end.
  for (let k = 0; k < 3 && chained.length > 0; k++)
    add("size", pick(random, chained), /(?<=[[(](?:None|-?\d+),[^\])]*?)\d+/g);
  for (let k = 0; k < 3 && fed.length > 0; k++)
    add(
      "count",
      pick(random, fed),
      program === "keras3" ? /(?<=[)│]\s+│\s+)\d[\d,]*(?=\s+│)/g : /(?<=[\])]\s+)\d[\d,]*(?=\s|$)/g,
    );
  for (const [n, start] of lines.entries())
    if (/^\s*(?:Total|Trainable|Non-trainable) params/.test(text.slice(start, start + 40)))
      add("sum", n, /(?<=params: )\d[\d,]*/g);
  return found;
}

test("one number changed is one error, at that number; never one elsewhere", () => {
  const tally = new Map<string, { changed: number; caught: number }>();
  for (const [n, printed] of printouts.entries()) {
    for (const change of changes(printed, 900007 + 31 * n)) {
      const text = printed.text.slice(0, change.from) + change.wrong + printed.text.slice(change.to);
      const pasted = paste(text, n);
      const found = checkTables(pasted.text, pasted.language, { reveal: "answer" }).flatMap((t) => t.findings);
      const at = pasted.at + change.from;
      const told = `${printed.program} ${printed.model}: ${printed.text.slice(change.from, change.to)} → ${change.wrong}\n${lineOf(printed.text, change.from)}\n${JSON.stringify(found)}`;
      assert.ok(
        found.every((f) => f.span.from <= at && at <= f.span.to),
        told,
      );
      const count = tally.get(change.kind) ?? { changed: 0, caught: 0 };
      count.changed++;
      if (found.length === 1) count.caught++;
      else if (process.env.SHOW) console.log(told);
      tally.set(change.kind, count);
    }
  }
  if (process.env.SHOW) console.log(tally);
  // Measured: 187 of 201 sizes, 106 of 107 counts, all sums. What is left fits other strides on each axis, another branch, or what no
  // row prints: PyTorch has a network for it.
  const least: Readonly<Record<string, number>> = { size: 0.92, count: 0.95, sum: 0.95 };
  for (const [kind, { changed, caught }] of tally)
    assert.ok(caught >= (least[kind] ?? 1) * changed, `${kind}: ${caught} of ${changed} caught`);
});

const lineOf = (text: string, at: number): string =>
  text.slice(text.lastIndexOf("\n", at) + 1, text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at));
