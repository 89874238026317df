import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { analyze, analyzeNotebook, type Language } from "../../src/check/analyze.js";
import { readNotebook } from "../../src/read/document/notebook.js";

const samples: readonly (readonly [Language, string])[] = readdirSync("media/samples").flatMap((name) => {
  const text = readFileSync(`media/samples/${name}`, "utf8");
  const language = ({ py: "python", md: "markdown", tex: "latex" } as const)[name.split(".").at(-1) as "py"];
  return language ? [[language, text] as const] : [];
});

/** Everything that an editor asks of an analysis. */
function askAll(text: string, language: Language): void {
  const analysis = analyze(text, language, "answer");
  const step = Math.max(1, Math.floor(text.length / 60));
  for (let at = 0; at <= text.length; at += step) {
    analysis.hover(at);
    analysis.layer(at);
  }
  for (const { span } of analysis.findings) assert.ok(0 <= span.from && span.from <= span.to && span.to <= text.length);
}

test("Always answer: no input makes the engine throw or hang; samples cut off, mangled and spliced are answered.", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.nat(),
      fc.constantFrom(
        "",
        "(",
        ")",
        "|",
        "\\",
        "{",
        "×",
        "\n",
        "\t",
        "'''",
        "&",
        "[",
        ":",
        "\u0000",
        "9".repeat(40),
        "𝟙",
        "-",
      ),
      ([language, text], from, length, inserted) => {
        const start = from % (text.length + 1);
        askAll(text.slice(0, start) + inserted + text.slice(start + (length % 40)), language);
      },
    ),
    { numRuns: 250, seed: 4 },
  );
});

test("Always answer: a line of 5 MB, a notebook that is not JSON, an empty file.", () => {
  for (const language of ["python", "markdown", "latex", "plaintext"] as const) {
    for (const unit of ["x", "(", "[", "| ", "28x", "$", "\\begin{tabular}", "a, ", "1 + "]) {
      const text = unit.repeat(Math.ceil(5_000_000 / unit.length));
      analyze(text, language, "answer");
    }
    analyze("", language, "answer");
  }
  for (const text of ["", "{", "[]", "null", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}', "\u0000"]) {
    const notebook = readNotebook(text);
    if (!("problem" in notebook)) analyzeNotebook(notebook.cells, "answer");
    else assert.match(notebook.problem, /^[A-Za-z].*\.$/);
  }
});

test("Features are data: what is said of a document survives being written as JSON.", () => {
  for (const [language, text] of samples) {
    const { hover, layer, tables, ...data } = analyze(text, language, "answer");
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
    for (let at = 0; at < text.length; at += 7) {
      const [shown, drawn] = [hover(at), layer(at)];
      if (shown) assert.deepEqual(JSON.parse(JSON.stringify(shown)), shown);
      if (drawn) assert.deepEqual(JSON.parse(JSON.stringify(drawn)), drawn);
    }
    assert.ok(language === "python" || tables.length > 0 || data.steps.length > 0);
  }
});

test("What a course hides stays hidden: with hint no fix and no right number is given, with verdict nothing but the verdict.", () => {
  for (const [language, text] of samples) {
    const shown = analyze(text, language, "answer").findings;
    const hinted = analyze(text, language, "hint").findings;
    const judged = analyze(text, language, "verdict").findings;
    assert.equal(hinted.length, shown.length);
    assert.equal(judged.length, shown.length);
    for (const f of [...hinted, ...judged]) assert.deepEqual(f.fixes ?? [], []);
    for (const f of judged) assert.doesNotMatch(f.message, /\d/);
  }
});
