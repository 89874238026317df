import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readDirectives } from "../../../src/read/document/directives.js";
import { readNotebook } from "../../../src/read/document/notebook.js";

const notebook = (...cells: readonly object[]): string =>
  JSON.stringify({ cells, metadata: { language_info: { name: "Python" } }, nbformat: 4 });

const cellsOf = (file: string) => {
  const read = readNotebook(file);
  assert.ok("cells" in read, JSON.stringify(read));
  return read.cells;
};

test("A notebook's cells have their kind, language and text; the source is one string or a list.", () => {
  const cells = cellsOf(
    notebook(
      { cell_type: "markdown", source: ["# A\n", "b"] },
      { cell_type: "code", source: "x = 1" },
      { cell_type: "raw", source: "r" },
      { cell_type: "code" },
    ),
  );
  assert.deepEqual(
    cells.map(({ kind, language, text }) => [kind, language, text]),
    [
      ["markdown", "markdown", "# A\nb"],
      ["code", "python", "x = 1"],
    ],
  );
});

test("Every character of a cell is found where it stands in the file, escapes included.", () => {
  const one = fc.constantFrom("a", "|", '"', "\\", "\n", "\t", "é", "😀", "×", "\u2028", "/");
  fc.assert(
    fc.property(
      fc.array(
        fc.array(one).map((c) => c.join("")),
        { minLength: 1 },
      ),
      fc.boolean(),
      fc.boolean(),
      (parts, list, ascii) => {
        const source = list ? parts : parts.join("");
        const plain = notebook({ cell_type: "markdown", source });
        const file = ascii
          ? plain.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
          : plain;
        const [cell] = cellsOf(file);
        assert.equal(cell?.text, parts.join(""));
        for (let i = 0; i < (cell?.text.length ?? 0); i++) {
          const from: number = cell?.toFile(i) ?? 0;
          const written: string =
            file[from] === "\\" ? file.slice(from, from + (file[from + 1] === "u" ? 6 : 2)) : (file[from] ?? "");
          assert.equal(JSON.parse(`"${written}"`), cell?.text[i]);
        }
        assert.equal(file[cell?.toFile(cell.text.length) ?? 0] === '"' || cell?.text === "", true);
      },
    ),
  );
});

test("What is no notebook is a sentence, never an exception.", () => {
  const problem = (file: string): string => {
    const read = readNotebook(file);
    return "problem" in read ? read.problem : "";
  };
  assert.equal(problem('{"cells": [\n}'), "This notebook is not JSON: line 2 cannot be read.");
  assert.equal(problem('{"a": 1}'), "This file is JSON, but no notebook: it has no list of cells.");
  for (const file of [
    "",
    "null",
    "[]",
    "{",
    '{"cells": 3}',
    "[".repeat(100_000),
    '"\\u12',
    "\ufeff{}",
    '{"cells": [], }',
  ])
    assert.notEqual(problem(file), "", file.slice(0, 20));
  assert.deepEqual(readNotebook('\ufeff{"cells": []}'), { cells: [] });
});

test("Directives are read from comments only.", () => {
  const read = (text: string): readonly string[] => readDirectives(text).map((d) => `${d.name} ${d.value}`.trim());
  assert.deepEqual(read("<!-- dimsum: input 28x28x1 -->"), ["input 28x28x1"]);
  assert.deepEqual(read("% dimsum: input 3 x 32 x 32\n%dimsum: ignore"), ["input 3 x 32 x 32", "ignore"]);
  assert.deepEqual(read("# dimsum: ignore\n dimsum: ignore"), ["ignore", "ignore"]);
  assert.deepEqual(read("I like dimsum: input is good, ignore it"), []);
});
