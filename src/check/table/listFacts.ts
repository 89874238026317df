import { isExerciseMark } from "../../read/document/layerLists.js";
import { type Layout, volumesOf } from "./layouts.js";
import { claimOf, type ParsedRow, statedVolume } from "./parsedRow.js";
import { readShape } from "./shapeText.js";
import { isKnown, type Volume } from "./volume.js";

/** What is the same for all rows of a list in a text, which may be a network or exercises. */
export interface ListFacts {
  /** What the list says comes in, from which its rows may begin anew. */
  readonly given: Volume | undefined;
  /** Whether the input has a row of its own, and no row is marked as an exercise: then it is one network. */
  readonly isNetwork: boolean;
}

/** The facts of a list, from its rows and the shape that the text before it calls its input. */
export function listFacts(rows: readonly ParsedRow[], before: string | undefined, layout: Layout): ListFacts {
  const [first] = rows;
  const hasInput = first?.row.readings[0]?.steps[0]?.kind === "input";
  const claim = first && (hasInput ? (claimOf(first, "output") ?? claimOf(first, "input")) : claimOf(first, "input"));
  const shape = claim || before === undefined ? undefined : readShape(before)?.shape;
  const said =
    statedVolume(claim) ??
    (shape && volumesOf(shape, layout, true).find((v) => v.volume.axes.length === layout.axes)?.volume);
  return {
    given: said && isKnown(said) ? said : undefined,
    isNetwork: hasInput && !rows.some((r) => r.row.isExercise),
  };
}

/** A filter's sides and its depth: as many channels come in. */
const DEPTH = /(?<![\d.]\s?[x×*]?\s?)\d+\s?[x×*]\s?\d+\s?[x×*]\s?(\d+)\s(?:filter|kernel|conv)/i;

/** The channels that a row's filters go through, where it says them as 5×5×3. */
export function filterDepth({ row }: ParsedRow, layout: Layout): number | undefined {
  const depth = layout.axes === 2 ? DEPTH.exec(row.label)?.[1] : undefined;
  return depth === undefined ? undefined : Number(depth);
}

/** How many lines before a list may say what comes in. */
const LINES_BEFORE = 4;

const SAID =
  /(?:\d+(?:\s?[x×]\s?\d+){1,3}|[([]\d+(?:\s?,\s?\d+){1,3}[)\]])(?=[^.\n]{0,24}(?:input|image|picture|volume))|(?<=(?:input|image|picture|volume)[^.\n]{0,30}?)(?:\d+(?:\s?[x×]\s?\d+){1,3}|[([]\d+(?:\s?,\s?\d+){1,3}[)\]])/i;

/** The shape that the text before a list calls an input or an image. */
export function shapeBefore(document: string, from: number): string | undefined {
  const lines = document
    .slice(Math.max(0, from - 1200), from)
    .split("\n")
    .slice(0, -1);
  const near = lines.filter((l) => l.trim() !== "").slice(-LINES_BEFORE);
  return near.flatMap((l) => SAID.exec(l)?.[0] ?? []).at(-1);
}

/** Whether a row is marked as an exercise by a letter, in what stands before it in its line. */
export const isMarked = (document: string, from: number): boolean =>
  isExerciseMark(document.slice(document.lastIndexOf("\n", from - 1) + 1, from));
