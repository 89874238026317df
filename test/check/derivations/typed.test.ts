import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

/** What is said of the claims of a text that is typed without dollars, in Markdown and as plain text. */
function verdicts(text: string): readonly string[] {
  const [markdown, plain] = (["markdown", "plaintext"] as const).map((language) =>
    analyze(text, language, "answer").claims.map((c) => c.verdict),
  );
  assert.deepEqual(markdown, plain, text);
  return markdown ?? [];
}

const NETWORK = "W1 = [[1, 0], [3, 4], [1, 2]], b1 = (0, -2, 5), x = (2, 1), ReLU everywhere.\n\n";

test("a typed network is read with its products, which have a space between their letters", () => {
  assert.deepEqual(verdicts(`${NETWORK}a1 = relu(W1 x + b1) = (2, 8, 9)`), ["right"]);
  assert.deepEqual(verdicts(`${NETWORK}W1 x = [2, 10, 4] and W1 x + b1 = [2, 8, 9]`), ["right", "right"]);
  assert.deepEqual(verdicts(`${NETWORK}W1 x = [2, 10, 5]`), ["wrong"]);
  assert.deepEqual(verdicts(`${NETWORK}a1 = (2, 8, 9)`), ["right"]);
});

test("a typed correlation is compared with its matrices", () => {
  const before = "I = [[6,0,1],[3,4,1],[1,7,0]], K = [[1,0],[0,-1]]. The cross-correlation is I ⋆ K = ";
  assert.deepEqual(verdicts(`${before}[[2,-1],[-4,4]]`), ["right"]);
  assert.deepEqual(verdicts(`${before}[[2,-1],[-4,5]]`), ["wrong"]);
});

test("units in a typed calculation go along with its numbers", () => {
  assert.deepEqual(verdicts("58,164,298 · 4 B = 232 MB"), ["rounded"]);
  assert.deepEqual(verdicts("3000 · 2 min = 6000 min"), ["right"]);
  assert.deepEqual(verdicts("2 · 232.66 MB = 465.3 MB"), ["rounded"]);
});

test("where a letter may have two values, neither makes a step wrong", () => {
  assert.deepEqual(verdicts("x = 1 or x = 5. Then y = x + 1 = 2"), ["not understood"]);
  assert.deepEqual(verdicts("x = 5. Then y = x + 1 = 2"), ["wrong"]);
});
