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

test("a course's notes, all of them right, give no finding, as a whole and section by section", () => {
  const notes = readFileSync("test/fixtures/derivations/notes.md", "utf8");
  const sections = notes.split(/^(?=# )/m);
  assert.ok(sections.length >= 15);
  let right = 0;
  for (const text of [notes, ...sections])
    for (const language of ["markdown", "latex", "plaintext"] as const) {
      const { claims, findings } = analyze(text, language, "answer");
      assert.deepEqual(
        findings.map((f) => f.message),
        [],
        text.slice(0, 80),
      );
      right += claims.filter((c) => c.verdict === "right").length;
    }
  assert.ok(right > 100, `${right}`);
});

test("where letters, layers, masks and kernels are meant otherwise than they mostly are, nothing is called wrong", () => {
  const sections = readFileSync("test/fixtures/derivations/unusual.md", "utf8").split(/^(?=# )/m);
  assert.ok(sections.length >= 35);
  for (const text of sections)
    for (const language of ["markdown", "latex"] as const)
      assert.deepEqual(
        analyze(text, language, "answer").findings.map((f) => f.message),
        [],
        text,
      );
});

/** Lines of these paragraphs with one change, after which they say what is wrong. */
const neighbours: readonly (readonly [right: string, wrong: string])[] = [
  ["$5! = 120$", "$5! = 125$"],
  ["$\\sqrt{50} = 5\\sqrt{2}$", "$\\sqrt{50} = 4\\sqrt{2}$"],
  ["$\\cos^2 x + \\sin^2 x = 1$", "$\\cos^2 x - \\sin^2 x = 1$"],
  ["$22/7 \\approx 3.14$", "$22/7 \\approx 3.24$"],
  ["28x28x10 = 7840", "28x28x10 = 7480"],
  ["2^10 = 1024", "2^10 = 1042"],
];

test("the nearest wrong neighbour of an ordinary line is called wrong, the line itself is not", () => {
  for (const [right, wrong] of neighbours) {
    assert.deepEqual(analyze(right, "markdown", "answer").findings, [], right);
    assert.equal(analyze(wrong, "markdown", "answer").findings.length, 1, wrong);
  }
});
