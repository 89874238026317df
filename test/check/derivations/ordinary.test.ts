import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

/** Paragraphs that say nothing wrong: prices, equations to be solved, other fields' mathematics, code, abuse of notation. */
const paragraphs = readFileSync("test/fixtures/derivations/ordinary.md", "utf8").split("\n\n");

test("prices, equations to be solved, other fields and code give no finding, in Markdown, LaTeX and plain text", () => {
  assert.ok(paragraphs.length >= 20);
  for (const paragraph of paragraphs)
    for (const language of ["markdown", "latex", "plaintext"] as const)
      assert.deepEqual(
        analyze(paragraph, language, "answer").findings.map((f) => f.message),
        [],
        paragraph,
      );
});

test("the whole of them gives no finding either: what one defines does not make another wrong", () => {
  for (const language of ["markdown", "latex", "plaintext"] as const)
    assert.deepEqual(analyze(paragraphs.join("\n\n"), language, "answer").findings, []);
});
