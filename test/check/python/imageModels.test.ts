import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { inputDirective, whyNoSize } from "../../../src/check/python/inputDirective.js";
import { fileModels } from "../../../src/check/summary/fileModels.js";

/** A file that loads a data set, and what PyTorch says of its network and the data set's images. */
interface Truth {
  readonly text: string;
  readonly fits: boolean;
  readonly output: readonly number[] | null;
  readonly at: number | null;
}

const truths: readonly Truth[] = readFileSync("test/oracle/imageModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

test("a network that takes the images which its file loads is shown with them, and nothing is said", () => {
  const fitting = truths.filter((t) => t.fits);
  assert.ok(fitting.length >= 150);
  for (const { text, output } of fitting) {
    const { findings, lenses } = analyze(text, "python", "answer");
    assert.deepEqual(findings, [], text);
    const title = lenses[0]?.title ?? "";
    assert.ok(
      title.includes(` → (N, ${output?.slice(1).join(", ")}) `) && title.includes("assumed: "),
      `${title}\n${text}`,
    );
  }
});

test("a network that takes images of other sides than its file loads gets one warning, at the features", () => {
  const unfitting = truths.filter((t) => !t.fits && t.at !== null);
  assert.ok(unfitting.length >= 90);
  for (const { text, at } of unfitting) {
    const { findings } = analyze(text, "python", "answer");
    assert.deepEqual(
      findings.map((f) => [f.severity, f.code, text.slice(f.span.from, f.span.to)]),
      [["warning", "input/images", String(at)]],
      text,
    );
  }
});

test("of a network for other channels than those of the images nothing is said", () => {
  const others = truths.filter((t) => !t.fits && t.at === null);
  assert.ok(others.length >= 15);
  for (const { text } of others) {
    const { findings, lenses } = analyze(text, "python", "answer");
    assert.deepEqual(findings, [], text);
    assert.ok(!lenses[0]?.title.includes("assumed"), text);
  }
});

test("the size that is said in place of an assumed one is written above forward and is what counts from then on", () => {
  for (const { text } of truths.filter((t) => t.fits)) {
    const [model] = fileModels(text, new Map());
    assert.ok(model && !model.isCalled);
    const size = model.candidates[0]?.inputs ?? "";
    const edit = inputDirective(text, model.chosen.value, size);
    assert.ok(edit, text);
    const said = text.slice(0, edit.span.from) + edit.text + text.slice(edit.span.to);
    const { lenses, findings } = analyze(said, "python", "answer");
    assert.deepEqual(findings, [], said);
    assert.ok(
      lenses[0]?.title.startsWith(size) && lenses[0].title.endsWith("input from the comment"),
      lenses[0]?.title,
    );
    const again = inputDirective(said, model.chosen.value, size);
    assert.ok(again, said);
  }
});

test("what is no size is told so, with an example", () => {
  for (const size of ["N, 1, 28, 28", "(8, 3, 32, 32)", "1x3x224x224", "N × 3 × 32 × 32"])
    assert.equal(whyNoSize(size), undefined);
  for (const text of ["", "big", "3; 4", "(", "28 by 28"])
    assert.match(whyNoSize(text) ?? "", /for example N, 3, 32, 32/);
});

test("the shapes are again for every input when that is chosen", () => {
  const [fitting] = truths.filter((t) => t.fits);
  assert.ok(fitting);
  const [model] = fileModels(fitting.text, new Map());
  const [assumed, open] = model?.candidates ?? [];
  assert.match(assumed?.inputs ?? "", /^\(N, \d+, \d+, \d+\)$/);
  assert.match(open?.inputs ?? "", /^\(N, \d+, H, W\)$/);
  const { lenses } = analyze(fitting.text, "python", "answer", {}, new Map([["Net", open?.key ?? ""]]));
  assert.ok(lenses[0]?.title.startsWith(open?.inputs ?? "?"), lenses[0]?.title);
});
