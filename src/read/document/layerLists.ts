import { type Cell, type DocumentTable, MAX_ROWS, type Row } from "./documentTable.js";
import { chainRows } from "./layerChains.js";
import { type Line, lineAt } from "./lines.js";
import { readCell } from "./markdownText.js";
import { isWindow, ownInput, SHAPE } from "./ownInput.js";
import type { Stretch } from "./written.js";

/** Longer lines are prose. */
const MAX_LINE = 240;

/** The heads of a list's columns. */
const HEADS = ["Layer", "Input shape", "Output shape", "Activation size", "Params", "Weights"] as const;

/** What comes in, said before a layer in the same line. */
const INPUT = new RegExp(String.raw`^(?<word>input)[^\d:]{0,16}:?\s*(?<size>${SHAPE})\s*[,;.]\s*`, "i");
const INPUT_BEHIND = new RegExp(String.raw`^(?:an?\s)?(?<size>${SHAPE}) (?<word>input|image)[,;:]\s*`, "i");
const ARROW = /→|⟶|->|=>|⇒/g;
/** What comes out is no number of a calculation. */
const OUTPUT = new RegExp(String.raw`^\s*(${SHAPE})(?!\s?[x×*·+/−-]\s?[\d(])`);
/** A product with its value, as behind a flattening. */
const PRODUCT = /^\s*\d+(?:\s?[x×*·]\s?\d+)+\s?=\s?(\d[\d,]*)(?![\w.]|\s?[x×*·+/−-]\s?\d)/;
const FLAT = /flat|dense|linear|fully|(?<![a-z])fc/i;
const LABELLED = /^([A-Za-z][\w .()×/-]{0,40}):\s*(\[\d+(?:\s?[x×*,]\s?\d+)+\]|\d+(?:\s?[x×]\s?\d+)+)/;
const COUNT = /(\d[\d,]*(?:\.\d+)?\s?[KM]?)\s?(w(?:eights)?|params?|parameters)\b/i;
/** A number behind an arrow that counts, and is no size. */
const COUNTED =
  /^\s*(\d[\d,]*(?:\.\d+)?\s?[KM]?)\s?(?:trainable |learnable )?(params?|parameters?|weights?|w)(?![a-z])/i;
const MEASURED =
  /^\s*\d[\d,.]*\s?(?:[KMGT]?i?B|bytes|[KMGT]?(?:FLOP|MAC)s?|mult\w*|adds|additions|op(?:eration)?s)(?![a-z])/i;
const SUMS: readonly (readonly [column: number, pattern: RegExp])[] = [
  [3, /\b(?:memory|activations)\s*[:=]\s*(\d[^a-z;|]*[KM]?)/i],
  [4, /\b(?:params?|parameters)\s*[:=]\s*([\d(][^a-z;|]*[KM]?)/i],
  [5, /\bweights\s*[:=]\s*([\d(][^a-z;|]*[KM]?)/i],
];

/** What may stand before a line's own words: the marks of a list or a comment. */
const MARKS = /^[\s>]*(?:[-+*•]\s+)?(?:\(?(?:\d{1,3}|[a-hA-H]|[ivx]{1,4})[.)]\s+|#+\s+|\/\/+\s*|%+\s*)?(?:\*\*|__)?/;

/** Whether what stands before a line's own words marks an exercise beside others: `a)`, `(ii)`. */
export const isExerciseMark = (mark: string): boolean =>
  /(?:^|[\s(>])(?:[a-hA-H]|[ivx]{1,4})[.)]\s*(?:\*\*|__)?$/.test(mark);

/** The lists of layers of a text, a line each: `Conv1 3x3, 1->8 ch -> 28x28x8 (80 w)`, `CONV3-64: [224x224x64]  weights: …`. */
export function layerLists(text: string, lines: readonly Line[]): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  for (let i = 0; i < lines.length; i++) {
    const rows: Row[] = [];
    let [end, isExercise] = [i, false];
    for (let at = i; at < lines.length && rows.length < MAX_ROWS; at++) {
      const { rows: found, joined, mark } = readLine(text, lines[at] as Line);
      const isBlank = text.slice(lines[at]?.from, lines[at]?.to).trim() === "";
      // A blank line parts lists, but not the exercises from each other, nor the input from what is done with it.
      if (isBlank && at === end && (isExercise || (rows.length === 1 && isInputRow(rows[0])))) continue;
      if (at > end && rows.length > 1 && !isExerciseMark(mark)) break;
      // Another input is another list's; one that stands before its own layer is that layer's alone.
      const isNext = rows.length > 0 && found.some(isInputRow);
      if (found.length === 0 || (isNext && !joined)) break;
      rows.push(...(isNext && joined ? [joined] : found));
      isExercise = isExerciseMark(mark);
      end = at + 1;
    }
    const chain = rows.length < 2 ? readChain(text, lines[i] as Line) : rows;
    if (chain !== rows) end = i + 1;
    if (chain.length < 2) continue;
    const [first, last] = [chain[0], chain.at(-1)];
    const after = lines.slice(end, end + 4).filter((l) => l.to - l.from < MAX_LINE);
    tables.push({
      kind: "text",
      span: { from: first?.span.from ?? 0, to: last?.span.to ?? 0 },
      line: lineAt(lines, first?.span.from ?? 0),
      title: undefined,
      heads: HEADS,
      header: undefined,
      rows: chain,
      after: after.map(({ from, to }) => ({ span: { from, to }, text: text.slice(from, to).trim() })),
    });
    i = Math.max(i, end - 1);
  }
  return tables;
}

/** The layers of one line, each between the shapes that flow in and out. */
function readChain(text: string, { from, to }: Line): readonly Row[] {
  const line = text.slice(from, to).slice(0, MAX_LINE);
  const { length } = MARKS.exec(line)?.[0] ?? "";
  if (line.split(ARROW).length < 4) return [];
  const begin = from + length;
  return chainRows(
    line.slice(length),
    (at) => readCell(text, { from: begin + at.from, to: begin + at.to }),
    (cells) => ({ span: { from: begin, to }, cells }),
  );
}

const isInputRow = (row: Row | undefined): boolean => /^input/i.test(row?.cells[0]?.text ?? "");

/** What a line says. */
interface ReadLine {
  /** One layer, or the input and the first layer behind it; none where it is no line of a list. */
  readonly rows: readonly Row[];
  /** The input and the layer as one row, where the line says both. */
  readonly joined?: Row;
  /** What stands before the line's own words. */
  readonly mark: string;
}

function readLine(text: string, { from, to }: Line): ReadLine {
  const written = text.slice(from, to);
  const mark = to - from > MAX_LINE ? "" : (MARKS.exec(written)?.[0] ?? "");
  const nothing: ReadLine = { rows: [], mark };
  if (to - from > MAX_LINE || to - from < 6 || !/[→⟶⇒]|[-=]>|: *[[\d]/.test(written)) return nothing;
  const begin = mark.length;
  const rest = written.slice(begin);
  // What stands behind code is a comment on that code.
  if (/ #|.\/\/|[;{}|]$|\b(?:return|def|import)\b/.test(rest)) return nothing;
  const cell = (at: number, length: number): Cell =>
    readCell(text, { from: from + begin + at, to: from + begin + at + length });
  const cellOf = (at: Stretch): Cell => cell(at.from, at.to - at.from);
  const row = (cells: readonly (Cell | undefined)[]): Row => ({ span: { from: from + begin, to }, cells });
  const label = LABELLED.exec(rest);
  const given = /^input\b/i.test(rest);
  const said = lastArrow(rest);
  if (said === "several") return nothing;
  const input = said && (INPUT.exec(rest.slice(0, said.from)) ?? INPUT_BEHIND.exec(rest.slice(0, said.from)));
  if (label && (!said || (given && !input))) {
    const [whole, name = "", shape = ""] = label;
    const shapeCell = cell(whole.length - shape.length, shape.length);
    return { rows: [row([cell(0, name.length), undefined, shapeCell, ...sums(rest, whole.length, cell)])], mark };
  }
  if (!said) return nothing;
  const { word = "", size = "" } = input?.groups ?? {};
  const at = input?.[0].length ?? 0;
  const own = input
    ? undefined
    : ownInput(rest.slice(0, said.from), said.output ? rest.slice(said.output.from, said.output.to) : "");
  const [before, behind] = own?.layer ?? [
    { from: at, to: said.from },
    { from: said.from, to: said.from },
  ];
  const name = joinCells(cellOf(before), cellOf(behind));
  const claims = [said.output && cellOf(said.output), ...sums(rest, said.to, cell, said.count)];
  if (!input) return { rows: [row([name, own && cellOf(own.size), ...claims])], mark };
  const inputCell = cell(input[0].indexOf(size), size.length);
  return {
    rows: [row([cell(input[0].indexOf(word), word.length), undefined, inputCell]), row([name, undefined, ...claims])],
    joined: row([name, inputCell, ...claims]),
    mark,
  };
}

/** Two stretches' cells as one, where both say something. */
function joinCells(a: Cell, b: Cell): Cell {
  if (a.text === "" || b.text === "") return a.text === "" ? b : a;
  const over = (x: Stretch, y: Stretch): Stretch => ({ from: x.from, to: y.to });
  return {
    ...a,
    span: over(a.span, b.span),
    inner: over(a.inner, b.inner),
    text: `${a.text} ${b.text}`,
    isWrapped: true,
  };
}

/** What stands behind a line's last arrows. */
interface Said {
  /** Where the words for the layer end, and where the output or the count does. */
  readonly from: number;
  readonly to: number;
  readonly output: Stretch | undefined;
  readonly count: { readonly at: Stretch; readonly isWeights: boolean } | undefined;
}

/** What comes out by the last arrow, and how much is learned; several shapes one behind the other are several layers. */
function lastArrow(rest: string): Said | "several" | undefined {
  let [output, count]: [Said["output"], Said["count"]] = [undefined, undefined];
  let [from, to] = [-1, -1];
  const isFlat = FLAT.test(rest.slice(0, rest.search(ARROW)));
  let shapes = 0;
  for (const arrow of rest.matchAll(ARROW)) {
    const start = arrow.index + arrow[0].length;
    const behind = rest.slice(start);
    const stretch = ([whole = "", said = ""]: readonly string[]): Stretch => ({
      from: start + whole.length - said.length,
      to: start + whole.length,
    });
    const counted = COUNTED.exec(behind);
    if (counted) {
      const at = start + counted[0].indexOf(counted[1] ?? "");
      count = {
        at: { from: at, to: at + (counted[1] ?? "").trimEnd().length },
        isWeights: /^w/i.test(counted[2] ?? ""),
      };
      if (!output) from = arrow.index;
      to = Math.max(to, start + counted[0].length);
      continue;
    }
    const shape = MEASURED.test(behind) ? null : ((isFlat ? PRODUCT.exec(behind) : null) ?? OUTPUT.exec(behind));
    if (!shape || isWindow(shape[1] ?? "", behind.slice(shape[0].length))) continue;
    if (output && /[x×*,]/.test(rest.slice(output.from, output.to))) shapes++;
    output = stretch(shape);
    [from, to] = [arrow.index, output.to];
  }
  if (shapes > 0) return "several";
  return from < 0 ? undefined : { from, to, output, count };
}

/** The counts that stand behind a shape, by column. */
function sums(
  rest: string,
  from: number,
  cell: (at: number, length: number) => Cell,
  counted?: Said["count"],
): readonly (Cell | undefined)[] {
  const behind = rest.slice(from);
  const found: (Cell | undefined)[] = SUMS.map(([, pattern]) => {
    const match = pattern.exec(behind);
    const said = match?.[1]?.trimEnd();
    return match && said ? cell(from + match.index + match[0].indexOf(match[1] ?? ""), said.length) : undefined;
  });
  if (counted) found[counted.isWeights ? 2 : 1] ??= cell(counted.at.from, counted.at.to - counted.at.from);
  const count = COUNT.exec(behind);
  if (count?.[1] && !found[1] && !found[2])
    found[/^w/i.test(count[2] ?? "") ? 2 : 1] = cell(from + count.index, count[1].length);
  return found;
}
