import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";

/** A line of Python, where in it the pointer stands, and what the hover says besides the shape. */
const cases: readonly (readonly [line: string, at: string, shape: string, says: RegExp])[] = [
  ["c = a @ b", "@", "(2, 4)", /Multiplies matrices.* It sums over the 3 that both have\.$/],
  ["c = torch.cat([a, a], dim=0)", "(", "(4, 3)", /Joins tensors.* Along dimension 0: 2 \+ 2 = 4\.$/],
  ["c = torch.einsum('ij,jk->ik', a, b)", "(", "(2, 4)", /i = 2, j = 3, k = 4; it sums over j\.$/],
  ["c = a.view(3, -1)", "view", "(3, 2)", /Puts the same numbers.* All 6 numbers stay\.$/],
  ["c = a.mean(1)", "mean", "(2)", /into one: their mean\.$/],
  ["c = a[:, None]", ":", "(2, 1, 3)", /None puts one in\.$/],
];

for (const [line, at, shape, says] of cases)
  test(`The hover of ${line.slice(4)} says its shape, what it does, and which sizes met.`, () => {
    const text = `import torch\na = torch.zeros(2, 3)\nb = torch.zeros(3, 4)\n${line}\n`;
    const offset = text.indexOf(line) + line.indexOf(at) + (at === "(" ? 1 : 0);
    const markdown = analyzePython(text, "answer").hover(offset)?.markdown ?? "";
    assert.ok(markdown.includes(`**${shape}**`), markdown);
    assert.match(markdown, says);
  });
