import assert from "node:assert/strict";
import { test } from "node:test";
import { pick, randomFrom } from "../../random.js";
import { findings, onlyTable, tableOf } from "./check.js";

/** Ways to write so many convolutions of one kernel and number of filters in one row. */
const FORMS: readonly ((times: number, kernel: number, filters: number) => string)[] = [
  (n, k, f) => `${n}× conv ${k}×${k}, ${f}`,
  (n, k, f) => `enc: ${n} x Conv${k}-${f}`,
  (n, k, f) => `${n} × (conv ${k}×${k}, ${f} + ReLU)`,
  (n, k, f) => `Conv ${k}x${k}, ${f} (×${n})`,
  (n, k, f) => `[${k}×${k} conv, ${f}] × ${n}`,
  (n, k, f) => `Conv ${k}×${k}, ${f} ×${n}`,
  (n, k, f) => `Conv ${k}×${k}, ${f} filters x${n}`,
];

test("Convolutions that a row repeats are counted one by one, and the count of one of them alone is wrong.", () => {
  const random = randomFrom(91);
  for (let i = 0; i < 140; i++) {
    const form = FORMS[i % FORMS.length] ?? FORMS[0];
    const [times, kernel] = [pick(random, [2, 3]), pick(random, [1, 3, 5])];
    const [first, second] = [pick(random, [32, 48, 64]), pick(random, [96, 128, 256])];
    const count = (from: number, to: number, n: number): number =>
      n === 0 ? 0 : to * (kernel * kernel * from + 1) + count(to, to, n - 1);
    const all = [count(3, first, times), count(first, second, times)];
    const table = (a: number, b: number): string =>
      tableOf(
        "Layer; Output; Parameters",
        "Input; 32×32×3; 0",
        `${form?.(times, kernel, first)}; 32×32×${first}; ${a}`,
        `Max pool 2×2; 16×16×${first}; 0`,
        `${form?.(times, kernel, second)}; 16×16×${second}; ${b}`,
        `FC; 10; ${10 * (16 * 16 * second + 1)}`,
      );
    const right = table(all[0] ?? 0, all[1] ?? 0);
    const { counts } = onlyTable(right);
    assert.deepEqual(findings(right, onlyTable(right)), [], right);
    assert.equal(counts.notUnderstood, 0, right);
    const wrong = table(all[0] ?? 0, count(first, second, times - 1));
    assert.equal(findings(wrong, onlyTable(wrong)).length, 1, wrong);
  }
});

test("A number before the sides of a window is the number of filters.", () => {
  for (const [filters, kernel] of [
    [64, 3],
    [16, 5],
    [128, 1],
  ] as const)
    for (const written of [`Conv ${filters}×${kernel}×${kernel}`, `conv (${filters} x ${kernel} x ${kernel})`]) {
      const table = (count: number): string =>
        tableOf(
          "Layer; Output; Parameters",
          "Input; 32×32×3; 0",
          "Conv 3×3, 8; 32×32×8; 224",
          `${written}; 32×32×${filters}; ${count}`,
          `FC; 10; ${10 * (1024 * filters + 1)}`,
        );
      const right = table(filters * (kernel * kernel * 8 + 1));
      assert.deepEqual(findings(right, onlyTable(right)), [], right);
      const wrong = table(filters * (kernel * kernel * 3 + 1));
      assert.equal(findings(wrong, onlyTable(wrong)).length, 1, wrong);
    }
});
