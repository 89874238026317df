import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const hostile: Readonly<Record<string, string>> = {
  "a tower of powers": "$9^{9^{9^{9^9}}} = 9^{9^{9^{9^8}}}$",
  "a power of a power, typed": "9^9^9^9 = 3*4",
  "ten thousand brackets": `$${"(".repeat(10_000)}1${")".repeat(10_000)} = 2$`,
  "ten thousand braces": `$${"{".repeat(10_000)}1${"}".repeat(10_000)} = 2$`,
  "a macro that calls itself": "\\newcommand{\\a}{\\a + \\a}\n$\\a = 1$",
  "macros that double": `${Array.from({ length: 40 }, (_, i) => `\\newcommand{\\m${"x".repeat(i + 1)}}{\\m${"x".repeat(i)}\\m${"x".repeat(i)}}`).join("\n")}\n$\\m${"x".repeat(40)} = 1$`,
  "a matrix of a million entries": `$\\begin{pmatrix}${Array.from({ length: 1000 }, () => Array(1000).fill("1").join("&")).join("\\\\")}\\end{pmatrix} = 1$`,
  "a sum of very many terms": "$\\sum_{i=1}^{10^9} i = 1$",
  "sums within sums": "$\\sum_{i=1}^{1000}\\sum_{j=1}^{1000}\\sum_{k=1}^{1000} ijk = 1$",
  "a factorial": "$100000! = 1$",
  "a long product of letters": `$${"abcdefghij".repeat(200)} = 1 + a$`,
  "ten thousand equal signs": `$${"1 = ".repeat(10_000)}1$`,
  "dollars alone": "$".repeat(20_000),
  "open everything": "\\begin{align} \\frac{1}{ \\left( \\begin{pmatrix} 1 & = \\\\",
};

for (const [name, text] of Object.entries(hostile))
  test(`${name}: an answer, and nothing is called wrong that is not`, () => {
    for (const language of ["markdown", "latex", "plaintext"] as const) {
      const { findings } = analyze(text, language, "answer");
      assert.deepEqual(findings, [], language);
    }
  });
