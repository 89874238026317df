import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentTable } from "../../../src/read/document/documentTable.js";
import { readTables } from "../../../src/read/document/readTables.js";

const texts = (table: DocumentTable | undefined): readonly (readonly (string | undefined)[])[] =>
  (table ? [...(table.header ? [table.header] : []), ...table.rows] : []).map((r) => r.cells.map((c) => c?.text));

test("A cell's text is what a reader sees, and its place is where exactly that stands.", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["plain", "plain", "plain"],
    ["`code`", "code", "code"],
    ["**bold**", "bold", "bold"],
    ["*POOL1*", "POOL1", "POOL1"],
    ["__a__ b", "a b", "a__ b"],
    ["3*3*10*10+10", "3*3*10*10+10", "3*3*10*10+10"],
    ["(3*3*1+1)*10", "(3*3*1+1)*10", "(3*3*1+1)*10"],
    ["608 `=(5*5*3+1)*8`", "608 =(5*5*3+1)*8", "608 `=(5*5*3+1)*8"],
    ["conv2d_1 (Conv2D)", "conv2d_1 (Conv2D)", "conv2d_1 (Conv2D)"],
    ["a \\| b", "a | b", "a \\| b"],
    ["$14\\times14\\times10$", "14×14×10", "14\\times14\\times10"],
    ["$2{,}416$", "2,416", "2{,}416"],
    ["28&times;28", "28×28", "28&times;28"],
    ["**CONV1** (f = 5, s= 1)", "CONV1 (f = 5, s= 1)", "CONV1** (f = 5, s= 1)"],
    ["[1, 16, 64, 130]", "[1, 16, 64, 130]", "[1, 16, 64, 130]"],
    ["[Conv2d](https://example.org/conv)", "Conv2d", "Conv2d"],
    ["3 × 3<br>stride 2", "3 × 3 stride 2", "3 × 3<br>stride 2"],
    ["\\# params", "# params", "\\# params"],
    ["😀 28×28", "😀 28×28", "😀 28×28"],
  ];
  for (const [written, seen, place] of cases) {
    const text = `| a | b |\n|---|---|\n| x | ${written} |\n`;
    const [table] = readTables(text, "markdown");
    const cell = table?.rows[0]?.cells[1];
    assert.equal(cell?.text, seen, written);
    assert.equal(text.slice(cell?.inner.from, cell?.inner.to), place, written);
    assert.equal(text.slice(cell?.span.from, cell?.span.to), written);
  }
});

test("Outer bars may be missing, and rows may have too few or too many cells.", () => {
  const text = "a | b | c\n--- | :-: | ---\n1 | 2\n1 | 2 | 3 | 4\n\nend";
  assert.deepEqual(texts(readTables(text, "markdown")[0]), [
    ["a", "b", "c"],
    ["1", "2"],
    ["1", "2", "3", "4"],
  ]);
});

test("A line of pipes without a delimiter row is no table.", () => {
  assert.deepEqual(readTables("| a | b |\n| 1 | 2 |\n", "markdown"), []);
  assert.deepEqual(readTables("a\n---\nb | c\n", "markdown"), []);
});

test("A LaTeX table is read through rules, comments, lengths and commands.", () => {
  const text = String.raw`\begin{tabular*}{\linewidth}{@{}l|c@{}}
\toprule % a comment & no cell
\textbf{Layer} & $n \times n$ \\ \midrule
\texttt{a\_b} & 50\% \\[2pt] \cmidrule(lr){1-2}
\multicolumn{2}{c}{both} \\
\multirow{2}{*}{\emph{two}} & 1 \\
 & 2 \\ \hline
x \& y & {\bf 3} \\
last & 4
\bottomrule
\end{tabular*}`;
  const [table] = readTables(text, "latex");
  assert.deepEqual(texts(table), [
    ["Layer", "n × n"],
    ["a_b", "50%"],
    ["both", undefined],
    ["two", "1"],
    ["two", "2"],
    ["x & y", "3"],
    ["last", "4"],
  ]);
  assert.equal(table?.span.to, text.length);
  for (const row of table?.rows ?? [])
    for (const cell of row.cells)
      if (cell && cell.text.length === 1) assert.equal(text.slice(cell.inner.from, cell.inner.to), cell.text);
});

test("array, tabularx and longtable are tables too; verbatim and comments hold none.", () => {
  for (const [open, close] of [
    ["array}{cc", "array"],
    ["tabularx}{5cm}{lX", "tabularx"],
    ["longtable}[c]{ll", "longtable"],
  ])
    assert.deepEqual(
      texts(readTables(`\\begin{${open}}a & b\\\\ c & d\\end{${close}}`, "latex")[0]),
      [
        ["a", "b"],
        ["c", "d"],
      ],
      close,
    );
  const table = "\\begin{tabular}{l}a\\end{tabular}";
  assert.deepEqual(readTables(`\\begin{verbatim}${table}\\end{verbatim}`, "latex"), []);
  assert.deepEqual(readTables(`% ${table}`, "latex"), []);
  assert.equal(readTables(`100\\% ${table}`, "latex").length, 1);
});

test("Long lines, deep nests and half-open marks are read in linear time.", () => {
  const million = 1_000_000;
  const hostile = [
    "|".repeat(5 * million),
    "a".repeat(5 * million),
    `${"| $a ".repeat(million / 5)}\n|---|\n${"| [x ".repeat(3000)}\n`,
    "```\n".repeat(million / 4),
    "> ".repeat(million),
    "| a |\n|---|\n".repeat(50_000),
    "x\n".repeat(million),
    "<!-- ".repeat(million / 5),
  ];
  for (const text of hostile) assert.ok(readTables(text, "markdown").length >= 0);
  const latex = [
    "\\begin{tabular}{".repeat(100_000),
    "{".repeat(million),
    "\\begin{tabular}{l}".repeat(50_000),
    `\\begin{tabular}{l}${"a & ".repeat(million / 4)}`,
    "\\\\".repeat(million),
    "%".repeat(million),
    "\\caption{".repeat(100_000),
  ];
  for (const text of latex) assert.ok(readTables(text, "latex").length >= 0);
});
