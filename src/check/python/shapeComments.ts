import { equal } from "../../core/dims/compare.js";
import { printSizes } from "../../core/layer/explain.js";
import type { Shape, Size } from "../../core/layer/op.js";
import { lineAt, linesOf } from "../../read/document/lines.js";
import { type Around, type FollowedFile, followPython } from "../../read/python/models.js";
import { isInstanceValue, isTensorValue } from "../../read/python/valueKinds.js";
import type { Edit } from "../finding.js";
import { placesOf } from "../summary/chosenModel.js";
import { candidatesOf, type InputChoices, withChosenInputs } from "./inputChoices.js";

/** A line with what its comment is to be. */
interface Commented {
  readonly from: number;
  /** The line's code, without the space and the shape behind it. */
  readonly code: string;
  readonly to: number;
  readonly comment: string;
}

/** Lines longer than this are not waited for by the comments of the others. */
const LONGEST_ALIGNED = 72;

/** Spaces between the longest line and its comment. */
const GAP = 2;

/** A comment that is a shape and nothing else: one that was written before, and is written anew. */
const SHAPE_COMMENT = /[ \t]*#[ \t]*\((?:[^()#]|\([^()]*\))*,(?:[^()#]|\([^()]*\))*\)[ \t]*$/;

/**
 * The edits that put the shape behind each line of the models' methods as a comment, those of a method under each other. A shape that stands
 * there is replaced; a line with another comment is left as it is.
 */
export function shapeComments(text: string, choices: InputChoices = new Map(), around: Around = {}): readonly Edit[] {
  const whole = followPython(text, around);
  const left = withChosenInputs(whole, everyChoice(whole, choices));
  const followed = left === text ? whole : followPython(left, around);
  const groups = new Map<number, Commented[]>();
  for (const [at, shape] of shapesByLine(text, followed)) {
    const line = commented(text, at, shape);
    if (!line) continue;
    const group = text.lastIndexOf("def ", at);
    // A constructor says what there is; what flows through it stands elsewhere.
    if (text.startsWith("def __init__", group)) continue;
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return [...groups.values()].flatMap(editsOf);
}

/** For each model one of its inputs: the chosen one, else the first. */
function everyChoice(followed: FollowedFile, choices: InputChoices): InputChoices {
  return new Map(
    followed.models.flatMap((model): (readonly [string, string])[] => {
      const candidates = candidatesOf(model, followed);
      const key = choices.get(model.name) ?? candidates[0]?.key;
      return candidates.length > 1 && key !== undefined ? [[model.name, key]] : [];
    }),
  );
}

/** The shape of the last statement of each line within the models' classes; a line that gives several has none. */
function shapesByLine(text: string, { trace, models }: FollowedFile): ReadonlyMap<number, string> {
  const places = models.flatMap((m) => (isInstanceValue(m.value) ? placesOf(m.value) : []));
  const batches = models.flatMap((m) =>
    m.run.inputs.flatMap((v) => (isTensorValue(v) && v.shape?.[0] !== undefined ? [v.shape[0]] : [])),
  );
  const lines = linesOf(text);
  const shapes = new Map<number, { at: number; shape: string | undefined }>();
  for (const { at, tensor } of trace.statements) {
    if (!places.some((p) => p.from <= at && at <= p.to)) continue;
    const shape = tensor.shape && tensor.shape.length > 0 ? written(tensor.shape, batches) : undefined;
    const line = lineAt(lines, at);
    const known = shapes.get(line);
    if (!known || known.at < at) shapes.set(line, { at, shape });
    else if (known.at === at && known.shape !== shape) shapes.set(line, { at, shape: undefined });
  }
  return new Map(
    [...shapes.values()]
      .sort((a, b) => a.at - b.at)
      .flatMap(({ at, shape }) => (shape === undefined ? [] : [[at, shape] as const])),
  );
}

/** A shape as Python's operators say it, its batch as the letter; undefined where they cannot. */
function written(shape: Shape, batches: readonly Size[]): string | undefined {
  const [first] = shape;
  const isBatch = first !== undefined && batches.some((b) => b !== undefined && equal(b, first) === true);
  const text = printSizes(isBatch && typeof first === "number" ? shape.with(0, undefined) : shape);
  const named = isBatch && typeof first === "number" ? text.replace("(?", "(N") : text;
  const plain = named
    .replace(/⌊([^⌊⌋()]+)\/(\w+)⌋/g, "$1//$2")
    .replace(/⌊(\([^()]*\))\/(\w+)⌋/g, "$1//$2")
    .replaceAll("·", "*")
    .replaceAll("−", "-");
  const closed = shape.length === 1 ? plain.replace(/\)$/, ",)") : plain;
  return /[⌊⌋⌈⌉?⁰-⁹²³]/.test(closed) ? undefined : closed;
}

/** The line at the end of a statement with its comment; undefined where something else stands behind the statement. */
function commented(text: string, at: number, comment: string): Commented | undefined {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const next = text.indexOf("\n", at);
  const end = next < 0 ? text.length : next;
  const to = text[end - 1] === "\r" ? end - 1 : end;
  const behind = text.slice(at, to).replace(SHAPE_COMMENT, "");
  return behind.trim() === "" ? { from, to, code: text.slice(from, at), comment } : undefined;
}

/** The comments of one method, under each other. */
function editsOf(lines: readonly Commented[]): readonly Edit[] {
  const column = Math.max(0, ...lines.map((l) => l.code.length).filter((n) => n <= LONGEST_ALIGNED)) + GAP;
  return lines.flatMap(({ from, to, code, comment }): Edit[] => {
    const span = { from: from + code.length, to };
    const space = " ".repeat(Math.max(GAP, column - code.length));
    return [{ span, text: `${space}# ${comment}` }];
  });
}
