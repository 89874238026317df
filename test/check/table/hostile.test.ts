import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkTables } from "../../../src/check/tables.js";
import { fixture } from "./check.js";

/** Asks everything of a text; whatever it is, there is an answer. */
function askAll(text: string, language: "markdown" | "latex" | "plaintext"): number {
  const checks = checkTables(text, language, { reveal: "answer" });
  for (const check of checks) {
    for (const { span } of [...check.cells, ...check.findings, ...check.blanks])
      assert.ok(0 <= span.from && span.from <= span.to && span.to <= text.length);
    for (let at = check.span.from; at < check.span.to; at += 7) {
      check.hoverAt(at);
      check.layerAt(at);
    }
  }
  return checks.length;
}

const sources = [
  ["homework.md", "markdown"],
  ["homework.tex", "latex"],
] as const;

test("A truncated table is answered at every length.", () => {
  for (const [name, language] of sources) {
    const text = fixture(name);
    for (let n = 0; n <= text.length; n += 3) askAll(text.slice(0, n), language);
  }
});

test("Mangled tables never throw, and their answers lie inside the text.", () => {
  const scraps = fc.constantFrom(
    "|",
    "&",
    "\\\\",
    "×",
    "x",
    "\\",
    "$",
    "{",
    "}",
    "\n",
    "99999999999999999999",
    "1e999",
    "0",
    "-1",
    "(",
    ")",
    "[",
    "]",
    "?",
    "`",
    "*",
    "POOL0",
    "CONV0-0",
    "FC-0",
    "stride 0",
    "p=99",
    "\u0000",
    "😀",
    "½",
    "9".repeat(400),
  );
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 12 }), put: scraps });
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.array(edit, { maxLength: 8 }), ([name, language], edits) => {
      let text = fixture(name);
      for (const { at, cut, put } of edits) {
        const i = Math.floor(at * text.length);
        text = text.slice(0, i) + put + text.slice(i + cut);
      }
      askAll(text, language);
    }),
    { numRuns: 150 },
  );
});

test("Huge and hostile tables end within their bound of steps.", () => {
  const head = "| Layer | Output | Params |\n|---|---|---|\n";
  const hostile = [
    head + "| conv | 64×64×64 | 1 |\n".repeat(5000),
    head + "| Conv | 7×7×7×7×7×7×7×7 | 9*9*9*9*9*9*9 |\n".repeat(300),
    head + `| ${"conv ".repeat(300)} | ${"1×".repeat(400)} | ${"(".repeat(900)} |\n`.repeat(20),
    head + `| CONV3-10 | ${"9".repeat(300)}×1×1 | 9^9^9^9 |\n| FC-3 | 3 | ((((1))))**99999 |\n| POOL2 | 1e9 | 0 |\n`,
    head + "| conv | | |\n| pool | | |\n".repeat(200),
    head +
      Array.from({ length: 300 }, (_, i) => `| layer${i} conv ${i} | ${i + 3}×${i * 7}×${i} | ${i * 31} |\n`).join(""),
    `${head}| conv |\u0000×\uffff| \ud800 |\n| fc | 3 | 3 |\n`,
  ];
  for (const text of hostile)
    for (const language of ["markdown", "latex", "plaintext"] as const) assert.ok(askAll(text, language) <= 1);
});
