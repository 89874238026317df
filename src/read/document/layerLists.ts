import { type Cell, type DocumentTable, MAX_ROWS, type Row } from "./documentTable.js";
import { type Line, lineAt } from "./lines.js";
import { readCell } from "./markdownText.js";
import type { Stretch } from "./written.js";

/** Longer lines are prose. */
const MAX_LINE = 240;

/** The heads of a list's columns. */
const HEADS = ["Layer", "Input shape", "Output shape", "Activation size", "Params", "Weights"] as const;

const SIZES = String.raw`\d[\d,]*(?:\s?[x×*]\s?\d+)*`;
/** A shape, in brackets or with crosses, or one number; behind it the line ends, or says more in brackets or words. */
const SHAPE = String.raw`(?:\[[^[\]]{1,40}\]|\((?:None|N|B|-1|\d+)\s*,[^()]{1,40}\)|(?:\d+@)?${SIZES})(?![\w%@]|\.\w)`;
/** What comes in, said before a layer in the same line. */
const INPUT = new RegExp(String.raw`^(?<word>input)[^\d:]{0,16}:?\s*(?<size>${SHAPE})\s*[,;.]\s*`, "i");
const INPUT_BEHIND = new RegExp(String.raw`^(?:an?\s)?(?<size>${SHAPE}) (?<word>input|image)[,;:]\s*`, "i");
const ARROW = /→|⟶|->|=>|⇒/g;
const OUTPUT = new RegExp(String.raw`^\s*(${SHAPE})`);
const LABELLED = /^([A-Za-z][\w .()×/-]{0,40}):\s*(\[\d+(?:\s?[x×*,]\s?\d+)+\]|\d+(?:\s?[x×]\s?\d+)+)/;
const COUNT = /(\d[\d,]*(?:\.\d+)?\s?[KM]?)\s?(?:w|weights|params?|parameters)\b/i;
const SUMS: readonly (readonly [column: number, pattern: RegExp])[] = [
  [3, /\b(?:memory|activations)\s*[:=]\s*(\d[^a-z;|]*[KM]?)/i],
  [4, /\b(?:params?|parameters)\s*[:=]\s*([\d(][^a-z;|]*[KM]?)/i],
  [5, /\bweights\s*[:=]\s*([\d(][^a-z;|]*[KM]?)/i],
];

/** What may stand before a line's own words: the marks of a list or a comment. */
const MARKS = /^[\s>]*(?:[-+*•]\s+|\d{1,3}[.)]\s+|#+\s+|\/\/+\s*|%+\s*)?(?:\*\*|__)?/;

/** The lists of layers of a text, a line each: `Conv1 3x3, 1->8 ch -> 28x28x8 (80 w)`, `CONV3-64: [224x224x64]  weights: …`. */
export function layerLists(text: string, lines: readonly Line[]): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  for (let i = 0; i < lines.length; i++) {
    const rows: Row[] = [];
    let end = i;
    for (; end < lines.length && rows.length < MAX_ROWS; end++) {
      const found = readLine(text, lines[end] as Line);
      // Another input is another list's.
      if (found.length === 0 || (rows.length > 0 && found.some((r) => /^input/i.test(r.cells[0]?.text ?? "")))) break;
      rows.push(...found);
    }
    if (rows.length < 2) continue;
    const [first, last] = [rows[0], rows.at(-1)];
    const after = lines.slice(end, end + 4).filter((l) => l.to - l.from < MAX_LINE);
    tables.push({
      kind: "text",
      span: { from: first?.span.from ?? 0, to: last?.span.to ?? 0 },
      line: lineAt(lines, first?.span.from ?? 0),
      title: undefined,
      heads: HEADS,
      header: undefined,
      rows,
      after: after.map(({ from, to }) => ({ span: { from, to }, text: text.slice(from, to).trim() })),
    });
    i = Math.max(i, end - 1);
  }
  return tables;
}

/** What a line says of layers: one, or the input and the first behind it; nothing where it is no line of a list. */
function readLine(text: string, { from, to }: Line): readonly Row[] {
  if (to - from > MAX_LINE || to - from < 6) return [];
  const written = text.slice(from, to);
  if (!/[→⟶⇒]|[-=]>|: *[[\d]/.test(written)) return [];
  const begin = MARKS.exec(written)?.[0].length ?? 0;
  const rest = written.slice(begin);
  // What stands behind code is a comment on that code.
  if (/ #|.\/\/|[;{}|]$|\b(?:return|def|import)\b/.test(rest)) return [];
  const cell = (at: number, length: number): Cell =>
    readCell(text, { from: from + begin + at, to: from + begin + at + length });
  const row = (cells: readonly (Cell | undefined)[]): Row => ({ span: { from: from + begin, to }, cells });
  const label = LABELLED.exec(rest);
  const given = /^input\b/i.test(rest);
  const arrows = [...rest.matchAll(ARROW)].filter((a) => OUTPUT.test(rest.slice(a.index + a[0].length)));
  const arrow = arrows.at(-1);
  // Several shapes one behind the other are several layers.
  if (arrows.slice(0, -1).some((a) => /[x×*,]/.test(OUTPUT.exec(rest.slice(a.index + a[0].length))?.[1] ?? "")))
    return [];
  const input = arrow && (INPUT.exec(rest.slice(0, arrow.index)) ?? INPUT_BEHIND.exec(rest.slice(0, arrow.index)));
  if (label && (!arrow || (given && !input))) {
    const [whole, name = "", shape = ""] = label;
    const shapeCell = cell(whole.length - shape.length, shape.length);
    return [row([cell(0, name.length), undefined, shapeCell, ...sums(rest, whole.length, cell)])];
  }
  if (!arrow) return [];
  const start = arrow.index + arrow[0].length;
  const [lead = "", shape = ""] = OUTPUT.exec(rest.slice(start)) ?? [];
  const name: Stretch = { from: 0, to: arrow.index };
  // In A -> layer -> B the first is what comes in.
  const before = new RegExp(String.raw`^(${SHAPE})\s*(?:→|⟶|->|=>|⇒)\s*(?=[A-Za-z])`).exec(rest.slice(0, arrow.index));
  const at = before?.[0].length ?? input?.[0].length ?? 0;
  const { word = "", size = "" } = input?.groups ?? {};
  return [
    ...(input
      ? [row([cell(input[0].indexOf(word), word.length), undefined, cell(input[0].indexOf(size), size.length)])]
      : []),
    row([
      cell(name.from + at, name.to - at),
      before ? cell(0, before[1]?.length ?? 0) : undefined,
      cell(start + lead.length - shape.length, shape.length),
      ...sums(rest, start + lead.length, cell),
    ]),
  ];
}

/** The counts that stand behind a shape, by column. */
function sums(rest: string, from: number, cell: (at: number, length: number) => Cell): readonly (Cell | undefined)[] {
  const behind = rest.slice(from);
  const found: (Cell | undefined)[] = SUMS.map(([, pattern]) => {
    const match = pattern.exec(behind);
    const said = match?.[1]?.trimEnd();
    return match && said ? cell(from + match.index + match[0].indexOf(match[1] ?? ""), said.length) : undefined;
  });
  const count = COUNT.exec(behind);
  if (count?.[1] && !found[1] && !found[2]) found[1] = cell(from + count.index, count[1].length);
  return found;
}
