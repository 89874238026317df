import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTables } from "../../../src/check/tables.js";
import { fixture } from "./check.js";

const text = fixture("readmes.md");
const tables = checkTables(text, "markdown", { reveal: "answer" });

test("Every README table of true numbers passes, and nearly all of its cells are decided.", () => {
  assert.equal(tables.length, (text.match(/^## /gm) ?? []).length);
  for (const table of tables) {
    assert.deepEqual(
      table.findings.map((f) => f.message),
      [],
      table.title,
    );
    // Where the table does not say what comes in, its first layer cannot be judged.
    assert.ok(table.counts.notUnderstood <= 2, table.title);
  }
  const decided = tables.reduce((sum, t) => sum + t.counts.right + t.counts.rounded, 0);
  assert.ok(decided >= 230, `${decided} cells are decided`);
});

/** A table, one cell changed (by what stands in its row), and what is found at that cell. */
const changes: readonly (readonly [title: string, row: string, wrong: string, found: string])[] = [
  ["LeNet, letters", "| 2,416 |", "| 2,400 |", "2,400 table/params/M2"],
  ["LeNet, letters", "| 48,120 |", "| 48,121 |", "48,121 table/params"],
  ["LeNet, letters", "5×5 | 16@10×10", "5×5 | 16@11×11", "16@11×11 table/output"],
  ["Spectrogram net", "| 4,640 |", "| 4,600 |", "4,600 table/params"],
  ["Spectrogram net", "(48→12)", "(64→12)", "64 table/inputs/M6"],
  ["Spectrogram net", "(B, 48) | (B, 12) | 588", "(B, 48) | (B, 12) | 1,188", "1,188 table/params"],
  ["Cats and dogs", "(None, 36992) | 0\ndropout", "(None, 36982) | 0\ndropout", "(None, 36982) table/output"],
  ["Cats and dogs", "18940416", "18939904", "18939904 table/params/M2"],
  ["Cats and dogs", "Total params: 19,034,177", "Total params: 19,034,077", "Total params: 19,034,077 table/total"],
  ["Keras batch norm", "| 401,536 |", "| 401,408 |", "401,408 table/params/M2"],
  ["EEG", "- | 64 × 25", "- | 64 × 24", "64 × 24 table/output/M3"],
  ["EEG", "- | - | 1600", "- | - | 1500", "1500 table/output"],
  ["Small VGG", "3*3*64*64 = 36,864", "3*3*3*64 = 1,728", "3*3*3*64 = 1,728 table/weights"],
  ["Small VGG", "256*20 = 5,120", "256*20 = 5,210", "256*20 = 5,210 table/weights"],
  ["Voxels", "| 3,472 |", "| 1,168 |", "1,168 table/params"],
  ["Stem", "| 56×56×64 |", "| 56×56×3 |", "56×56×3 table/output"],
  ["Atari", "| 7x7x64 |\n", "| 7x7x63 |\n", "7x7x63 table/output"],
  ["AlexNet", "| 34.9K |", "| 36.9K |", "36.9K table/params"],
  ["Depthwise", "| 544 |", "| 512 |", "512 table/params/M2"],
  ["Torch summary", "| 625,500 |", "| 625,000 |", "625,000 table/params/M2"],
  ["Torch summary", "| 657,080 |", "| 657,180 |", "657,180 table/total"],
  ["Steering", "5x22x48", "6x22x48", "6x22x48 table/output/M3"],
  ["Steering", "| 1152 |", "| 1151 |", "1151 table/output"],
  ["Perceptron", "| 32,896 |", "| 32,768 |", "32,768 table/params/M2"],
  ["Perceptron", "**235,146**", "**235,145**", "235,145 table/total"],
  ["ECG", "2.592", "2.560", "2.560 table/params/M2"],
  ["手写数字", "| 2616 |", "| 240 |", "240 table/params/M1"],
  ["Rounding up", "| 876 |", "| 120 |", "120 table/params/M1"],
];

for (const [title, right, wrong, expected] of changes) {
  test(`${title}: ${wrong.trim()} for ${right.trim()} is one error, at that cell.`, () => {
    const start = text.indexOf(`## ${title}`);
    const at = text.indexOf(right, start);
    assert.ok(
      (at > start && at < start + text.slice(start).indexOf("\n## ", 3) + 1) ||
        !text.slice(start + 3).includes("\n## "),
      right,
    );
    const changed = text.slice(0, at) + wrong + text.slice(at + right.length);
    const found = checkTables(changed, "markdown", { reveal: "answer" }).flatMap((t) => t.findings);
    assert.deepEqual(
      found.map((f) => `${changed.slice(f.span.from, f.span.to)} ${f.code}`),
      [expected],
    );
  });
}

test("No other table than a network's gets a word, but for the one whose shapes give its numbers.", () => {
  const others = fixture("others.md");
  assert.ok((others.match(/^## /gm) ?? []).length >= 20);
  const checks = checkTables(others, "markdown", { reveal: "answer" });
  assert.deepEqual(
    checks.map((t) => [t.title, t.cells.map((c) => `${c.text} ${c.verdict}`)]),
    [["matrix shapes", ["48,000 right", "10,080 right"]]],
  );
});
