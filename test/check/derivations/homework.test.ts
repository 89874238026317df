import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze, analyzeNotebook } from "../../../src/check/analyze.js";
import { readNotebook } from "../../../src/read/document/notebook.js";

/** A homework document: every claim in it is followed by the letter of its verdict in a comment, in the order of the claims. */
const text = readFileSync("test/fixtures/derivations/homework.md", "utf8");

const LETTERS: Readonly<Record<string, string>> = { R: "right", A: "rounded", W: "wrong", N: "not understood" };

/** The sections of the document, each with the verdicts that its claims must get. */
const sections = text.split(/^(?=# )/m).map((section) => {
  const [title = ""] = section.split("\n");
  const wanted = [...section.matchAll(/<!-- ([RAWN ]+) -->/g)].flatMap((m) => (m[1] ?? "").split(" "));
  return { title, body: section.replace(/ ?<!-- [RAWN ]+ -->/g, ""), wanted: wanted.map((l) => LETTERS[l] ?? l) };
});

/** The same in LaTeX: other headings and brackets. */
const inLatex = (body: string): string =>
  body
    .replace(/^# (.*)$/gm, "\\section{$1}")
    .replace(/^## (.*)$/gm, "\\subsection{$1}")
    .replace(/\$\$([^$]+)\$\$/g, "\\[$1\\]")
    .replace(/\$([^$]+)\$/g, "\\($1\\)");

const notebookOf = (body: string): string =>
  JSON.stringify({
    cells: [{ cell_type: "markdown", metadata: {}, source: body.split(/(?<=\n)/) }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

for (const { title, body, wanted } of sections)
  test(`${title}: each claim gets its verdict in Markdown, LaTeX and a notebook`, () => {
    const notebook = readNotebook(notebookOf(body));
    assert.ok("cells" in notebook);
    const [cell] = analyzeNotebook(notebook.cells, "answer");
    for (const [kind, claims] of [
      ["Markdown", analyze(body, "markdown", "answer").claims],
      ["LaTeX", analyze(inLatex(body), "latex", "answer").claims],
      ["a notebook", cell?.claims ?? []],
    ] as const) {
      assert.deepEqual(
        claims.map((c) => `${c.text}: ${c.verdict}`),
        claims.map((c, i) => `${c.text}: ${wanted[i] ?? "no more claims"}`),
        `${kind}: ${wanted.length} claims are wanted, ${claims.length} were read`,
      );
      assert.equal(claims.length, wanted.length, kind);
    }
  });
