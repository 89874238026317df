import type { Around } from "../read/python/models.js";
import type { Analysis } from "./analysis.js";
import type { StepCache } from "./derivations/stepCache.js";
import { analyzeDocument, analyzeTextCells } from "./documentAnalysis.js";
import type { Reveal, Span } from "./finding.js";
import type { InputChoices } from "./python/inputChoices.js";
import { analyzePython } from "./python/pythonAnalysis.js";

const NO_CHOICES: InputChoices = new Map();

/** What checking a document may use besides its text. */
export interface Surroundings extends Around {
  /** The steps of its derivations that were decided before. */
  readonly steps?: StepCache;
}

/** The languages that Dimsum reads. */
export type Language = "python" | "markdown" | "latex" | "plaintext";

/** Everything that Dimsum has to say about one document. It never throws, and takes time linear in the text. */
export function analyze(
  text: string,
  language: Language,
  reveal: Reveal,
  around: Surroundings = {},
  choices: InputChoices = NO_CHOICES,
): Analysis {
  return language === "python"
    ? analyzePython(text, reveal, around, undefined, choices)
    : analyzeDocument(text, language, reveal, around.steps);
}

/** The code cells of a notebook as one program, and where each cell begins in it. */
export function notebookProgram(cells: readonly NotebookCell[]): {
  readonly text: string;
  readonly starts: readonly number[];
} {
  let text = "";
  const starts = cells.map((cell) => {
    const start = text.length;
    if (cell.kind === "code") text += `${withoutMagics(cell.text)}\n\n`;
    return start;
  });
  return { text, starts };
}

/** A cell of a notebook. */
export interface NotebookCell {
  readonly kind: "code" | "markdown";
  readonly text: string;
}

/** What is said of each cell of a notebook, in the cell's own offsets. Its code cells are one program, in their order. */
export function analyzeNotebook(
  cells: readonly NotebookCell[],
  reveal: Reveal,
  around: Surroundings = {},
  choices: InputChoices = NO_CHOICES,
): readonly Analysis[] {
  const { text: program, starts } = notebookProgram(cells);
  const nameOf = (offset: number): string => {
    const cell = starts.findLastIndex((start, i) => start <= offset && cells[i]?.kind === "code");
    return `cell ${cell + 1}, line ${program.slice(starts[cell], offset).split("\n").length}`;
  };
  const code = analyzePython(program, reveal, around, nameOf, choices);
  const texts = cells.flatMap((cell, i) => (cell.kind === "markdown" ? [i] : []));
  const notes = analyzeTextCells(
    texts.map((i) => cells[i]?.text ?? ""),
    reveal,
    around.steps,
  );
  return cells.map((cell, i) => notes[texts.indexOf(i)] ?? within(code, starts[i] ?? 0, cell.text.length));
}

/** IPython's `%` and `!` lines as comments of the same length. */
const withoutMagics = (text: string): string => text.replace(/^(\s*)[%!?]/gm, "$1#");

/** The part of an analysis that falls into a stretch, in that stretch's offsets. */
function within(all: Analysis, start: number, length: number): Analysis {
  const inside = (s: Span): boolean => s.from >= start && s.to <= start + length;
  const move = (s: Span): Span => ({ from: s.from - start, to: s.to - start });
  return {
    findings: all.findings
      .filter((f) => inside(f.span))
      .map((f) => ({
        ...f,
        span: move(f.span),
        ...(f.related
          ? { related: f.related.filter((r) => inside(r.span)).map((r) => ({ ...r, span: move(r.span) })) }
          : {}),
        ...(f.fixes
          ? { fixes: f.fixes.map((x) => ({ ...x, edits: x.edits.map((e) => ({ ...e, span: move(e.span) })) })) }
          : {}),
      })),
    claims: all.claims.filter((c) => inside(c.span)).map((c) => ({ ...c, span: move(c.span) })),
    hints: all.hints.filter((h) => h.at >= start && h.at <= start + length).map((h) => ({ ...h, at: h.at - start })),
    lenses: all.lenses.filter((l) => inside(l.span)).map((l) => ({ ...l, span: move(l.span) })),
    tables: [],
    steps: [],
    hover: (offset) => {
      const found = all.hover(offset + start);
      return found && inside(found.span) ? { ...found, span: move(found.span) } : undefined;
    },
    layer: (offset) => all.layer(offset + start),
  };
}
