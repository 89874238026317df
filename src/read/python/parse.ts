import { parser } from "@lezer/python";
import { readNode } from "./nodes.js";
import { StatementReader } from "./parseStatement.js";
import { SourceText } from "./sourceText.js";
import type { Comment, Place, PythonFile, Statement } from "./syntax.js";

/** A line that is longer is data, which is not read. */
const MAX_LINE = 10_000;

const withoutLongLines = (text: string): string =>
  text.length <= MAX_LINE
    ? text
    : text
        .split("\n")
        .map((line) => (line.length > MAX_LINE ? "#".padEnd(line.length, "#") : line))
        .join("\n");

/** The grammar takes the point of `4.` and of `4.e3` for that of a member: a digit in its place keeps the number whole. */
const withPlainNumbers = (text: string): string =>
  text.replace(/(?<![\w.])(\d[\d_]*)\.(?=e[-+]?\d|(?![\w.]))/gi, (_, digits: string) => `${digits}0`);

/** Characters of a file beyond which nobody wrote it by hand; the grammar's recovery is slow on what is not Python. */
export const MAX_FILE = 500_000;

/** What stands at the top of a file: a statement, several on one line, or a comment. */
export interface Part extends Place {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** Parses Python with error recovery; what is half typed becomes `broken` nodes. Places count from `base`. It never throws. */
export function parsePython(text: string, base = 0): PythonFile {
  return text.length > MAX_FILE ? { text, body: [], comments: [] } : fileOf(text, parseParts(text, base).parts);
}

/** The file that these parts make. */
export const fileOf = (text: string, parts: readonly Part[]): PythonFile => ({
  text,
  body: parts.flatMap((p) => p.statements),
  comments: parts.flatMap((p) => p.comments),
});

/** What stands at the top of a text, in order, and whether the grammar knows all of it. */
export function parseParts(text: string, base: number): { readonly parts: readonly Part[]; readonly isWhole: boolean } {
  const tree = parser.parse(withPlainNumbers(withoutLongLines(text)));
  const source = new SourceText(text, base);
  const parts: Part[] = [];
  const cursor = tree.cursor();
  let isWhole = true;
  if (cursor.firstChild())
    do {
      const { node, comments, isBroken } = readNode(cursor, source);
      if (isBroken) isWhole = false;
      const statements = node ? new StatementReader(source).block({ ...node, children: [node] }) : [];
      parts.push({ from: cursor.from + base, to: cursor.to + base, statements, comments });
    } while (cursor.nextSibling());
  return { parts, isWhole };
}
