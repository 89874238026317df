import { readShape, type WrittenShape } from "./shapeText.js";
import type { Place, PythonFile, Statement } from "./syntax.js";

/** A shape that a docstring says of a parameter, or of what is returned. */
export interface DocumentedShape {
  readonly what: "input" | "output";
  /** The parameter's name; "" for the first. */
  readonly name: string;
  readonly shape: WrittenShape;
  readonly place: Place;
}

/** Longer docstrings are read so far, and longer lines. */
const MAX_LINES = 100;
const MAX_LINE = 300;

/** The headings of the parts that say shapes; any other heading ends them. */
const HEADINGS: readonly (readonly [RegExp, Section])[] = [
  [/^(args|arguments|parameters|params|inputs?|forward args)\s*:?$/i, "inputs"],
  [/^(returns?|outputs?)\s*:?$/i, "output"],
  [/^(shapes?|input shapes?)\s*::?$/i, "shapes"],
];

/** `none`: before the first heading; `other`: under one that says no shapes. */
type Section = "inputs" | "output" | "shapes" | "none" | "other";

/** One thing that a docstring speaks of: what stands behind its name, in one line or in several. */
interface Entry {
  readonly what: "input" | "output";
  readonly name: string;
  readonly indent: number;
  from: number;
  to: number;
  text: string;
}

/** The shapes that the docstring in front of these statements says of these parameters and of what is returned. */
export function documentedShapes(
  file: PythonFile,
  body: readonly Statement[],
  parameters: readonly string[],
): readonly DocumentedShape[] {
  const [first] = body;
  if (first?.kind !== "expression" || first.value.kind !== "string") return [];
  return entriesIn(file.text.slice(first.from, first.to), first.from, parameters).flatMap((e) => {
    const found = shapeIn(e.text);
    if (!found) return [];
    const place = { from: e.from + found.from, to: e.from + found.to };
    // What continues on further lines is underlined as a whole.
    const isWhole = file.text.slice(place.from, place.to) !== e.text.slice(found.from, found.to);
    return [{ what: e.what, name: e.name, shape: found.shape, place: isWhole ? { from: e.from, to: e.to } : place }];
  });
}

function entriesIn(text: string, base: number, parameters: readonly string[]): readonly Entry[] {
  const entries: Entry[] = [];
  let section: Section = "none";
  let heading = 0;
  let open: Entry | undefined;
  let from = base;
  for (const whole of text.split("\n").slice(0, MAX_LINES)) {
    const line = whole
      .slice(0, MAX_LINE)
      .replace(/^\s*[rRuU]?("""|'''|"|')|("""|'''|"|')\s*$/g, (q) => " ".repeat(q.length));
    const start = from;
    from += whole.length + 1;
    const said = line.trim();
    const indent = line.length - line.trimStart().length;
    const known = HEADINGS.find(([pattern]) => pattern.test(said))?.[1];
    if (known || /^[A-Z]\w+( \w+)?:$/.test(said)) {
      [section, heading, open] = [known ?? "other", indent, undefined];
      continue;
    }
    if (/^[-=~]{3,}$/.test(said)) continue;
    // A part ends where the text stands no deeper than its heading; numpy's parts stand as deep.
    if (said === "") {
      open = undefined;
      continue;
    }
    if (section === "other") continue;
    const sides = arrowIn(line, parameters);
    if (sides) {
      entries.push(...sides.map((e) => ({ ...e, indent, from: start + e.from, to: start + line.trimEnd().length })));
      open = undefined;
      continue;
    }
    const entry = entryOf(line, section, parameters);
    if (entry) {
      open = { ...entry, indent, from: start + entry.from, to: start + line.trimEnd().length };
      entries.push(open);
    } else if (open && indent > open.indent) {
      open.text += `\n${line}`;
      open.to = start + line.trimEnd().length;
    } else if (section === "output" && indent >= heading && !entries.some((e) => e.what === "output")) {
      open = {
        what: "output",
        name: "",
        indent: indent - 1,
        from: start,
        to: start + line.trimEnd().length,
        text: line,
      };
      entries.push(open);
    } else if (!open || indent < open.indent) open = undefined;
  }
  return entries;
}

/** `(B, 1, 28, 28) -> (B, 10)`: what goes in and what comes out. */
function arrowIn(
  line: string,
  parameters: readonly string[],
): readonly Pick<Entry, "what" | "name" | "text" | "from">[] | undefined {
  const [left, right, ...more] = line.split(/->|→|=>/);
  if (left === undefined || right === undefined || more.length > 0) return undefined;
  const name = /^\s*(\w+)\s*:/.exec(left)?.[1] ?? "";
  if (!shapeIn(left) || !shapeIn(right)) return undefined;
  return [
    { what: "input", name: parameters.includes(name) ? name : "", text: left, from: 0 },
    { what: "output", name: "", text: right, from: line.length - right.length },
  ];
}

/** The name that a line begins with, and what stands behind it. */
function entryOf(
  line: string,
  section: Section,
  parameters: readonly string[],
): Pick<Entry, "what" | "name" | "text" | "from"> | undefined {
  const at = (match: RegExpExecArray, text: string): { text: string; from: number } => ({
    text,
    from: match[0].length - text.length,
  });
  const returned = /^\s*:returns?:\s*(.*)$/.exec(line);
  if (returned) return { what: "output", name: "", ...at(returned, returned[1] ?? "") };
  const plain = /^\s*(?:[-*]\s+)?(input|output)s?(?: shape)?\s*:\s*(.*)$/i.exec(line);
  if (plain && !parameters.includes(plain[1] ?? "")) {
    const what = plain[1]?.toLowerCase() === "input" ? "input" : "output";
    return { what, name: "", ...at(plain, plain[2] ?? "") };
  }
  const named =
    /^(\s*(?:[-*]\s+)?(?::param\s+(?:[\w.[\]]+\s+)?)?[`*]{0,2})(\w+)([`*]{0,2}\s*(?:\((?:[^()]|\([^()]*\))*\)\s*)?:.*)$/.exec(
      line,
    );
  // The shape may stand in the brackets behind the name.
  const [, lead = "", name = "", text = ""] = named ?? [];
  if (!named || section === "output" || !parameters.includes(name)) return undefined;
  return { what: "input", name, text, from: lead.length + name.length };
}

/** What says that a bracket holds a shape. */
const LEADS = /(?:shape|size|dims?|dimensions?|tensor)\w*\W*(?:of|is|as|:|=)?\s*(?::math:`|`+)?$/i;

/** The one shape that a text says; undefined where it has several, or what may be a range or a pair. */
function shapeIn(
  text: string,
): { readonly shape: WrittenShape; readonly from: number; readonly to: number } | undefined {
  if (/\b(tuple|list|dict|sequence|or)\b/i.test(text.replace(/[([][^()[\]]*[)\]]/g, " "))) return undefined;
  const groups = [...text.matchAll(/[([][^()[\]]*,[^()[\]]*[)\]]/g)].filter(
    ({ 0: group }) => !/^[([]\s*(torch\.)?(Float|Long|Int|Bool)?Tensor\b|optional|default/i.test(group),
  );
  const [only, ...more] = groups;
  const shape = only && readShape(only[0].replaceAll("\\text", "").replaceAll("\\", ""));
  if (!only || more.length > 0 || !shape || shape.sizes.length < 2) return undefined;
  const isNumbers = shape.sizes.every((s) => typeof s === "number");
  if (isNumbers && shape.sizes.length < 3 && !LEADS.test(text.slice(0, only.index))) return undefined;
  return { shape, from: only.index, to: only.index + only[0].length };
}
