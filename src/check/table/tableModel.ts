import type { Cell, DocumentTable, Row } from "../../read/document/documentTable.js";
import { withBranches } from "./branches.js";
import { isComparison, isMeasured, type Role, roleOf, unitOf } from "./columns.js";
import { readCount } from "./countText.js";
import type { RowReading } from "./layerGiven.js";
import { layerWords } from "./layerWords.js";
import { isMarked, shapeBefore } from "./listFacts.js";
import { type Numbering, numberingOf } from "./numbering.js";
import { type Printout, readPrintout } from "./printout.js";
import { type RowTexts, readLayer } from "./rowLayer.js";
import { areBiasesLeftOut, isCountedElsewhere, isTotal } from "./rowWords.js";
import { withShapesApart } from "./shapedNames.js";
import { readShape } from "./shapeText.js";
import { findHeader, isFigure, textsOf } from "./tableHeader.js";

/** What a cell claims. */
export type ClaimKind = "input" | "output" | "size" | "params" | "weights" | "biases" | "inputs";

/** A cell that says a shape or a count of its row's layer. */
export interface ClaimCell {
  readonly kind: ClaimKind;
  readonly cell: Cell;
  readonly column: number;
  /** The text with the column's own unit. */
  readonly text: string;
  /** Whether a count may be 0 whatever the layer is: its weights are not trained, or are another row's. */
  readonly mayBeNone?: boolean;
}

/** A row: what it is, the ways to read its layer, and what it claims. */
export interface ModelRow {
  readonly row: Row;
  readonly label: string;
  readonly role: "layer" | "total" | "aside";
  readonly readings: readonly RowReading[];
  readonly claims: readonly ClaimCell[];
  /** The channels that a column of its own says. */
  readonly channels: number | undefined;
  /** Whether it is marked as an exercise of its own, by a letter. */
  readonly isExercise?: boolean;
  /** Whether it begins a branch, so that what flows in is not what the row before gives. */
  readonly isFirstOfBranch?: boolean;
}

/** A table that describes a network layer by layer. */
export interface TableModel {
  readonly table: DocumentTable;
  readonly header: Row | undefined;
  readonly roles: readonly Role[];
  readonly labels: readonly string[];
  readonly rows: readonly ModelRow[];
  /** Where it is a list in a text: the shape that the text before it calls an input. */
  readonly list?: { readonly before: string | undefined };
  /** Where a program printed it. */
  readonly printout?: Printout;
}

const CLAIMS: ReadonlySet<Role> = new Set<Role>(["input", "output", "size", "params", "weights", "biases"]);

/** The network that a table describes; undefined for the many tables that describe something else. */
export function readModel(written: DocumentTable, text: string): TableModel | undefined {
  const printout = readPrintout(written, text);
  if (printout) return printout;
  const split = withShapesApart(written, text);
  const table = split ?? written;
  const found = findHeader(table);
  const headers = table.heads ?? found.header?.cells.map((c) => c?.text ?? "") ?? [];
  const width = Math.max(0, ...found.rows.map((r) => r.cells.length), headers.length);
  const texts = Array.from({ length: width }, (_, i) => found.rows.map((r) => r.cells[i]?.text ?? ""));
  const isBare = areBiasesLeftOut(text, table.span);
  const roles = findRoles(headers, texts).map(
    (role, i): Role => (split && i === 1 ? "output" : isBare && role === "params" ? "weights" : role),
  );
  if (!roles.some((r) => CLAIMS.has(r))) return undefined;
  const nameColumn = roles.indexOf("name");
  const numbering = numberingOf(texts[nameColumn] ?? []);
  const read = found.rows.map((row) => readRow(row, roles, headers, numbering, text));
  const isList = table.heads !== undefined;
  const rows = isList ? read.map((r) => ({ ...r, isExercise: isMarked(text, r.row.span.from) })) : read;
  const list = isList ? { list: { before: shapeBefore(text, table.span.from) } } : {};
  const model = { table, header: found.header, roles, labels: headers, rows, ...list };
  return isNetwork(model, headers, roles) ? { ...model, rows: withBranches(rows, headers) } : undefined;
}

/** The columns' meanings: from the header, corrected by what the cells hold. */
function findRoles(headers: readonly string[], texts: readonly (readonly string[])[]): readonly Role[] {
  const roles = texts.map((cells, i): Role => byContent(roleOf(headers[i] ?? ""), headers[i] ?? "", cells));
  const hasHeader = headers.some((h) => roleOf(h) !== undefined);
  if (!roles.includes("name")) {
    const layers = texts.map((cells) => cells.filter((t) => layerWords(t).length > 0 || /^input\b/i.test(t)).length);
    const best = layers.indexOf(Math.max(0, ...layers));
    const type = roles.indexOf("type");
    const free = texts.findIndex((_, i) => roles[i] === "other" && (headers[i] ?? "") === "" && i === 0);
    if (best >= 0 && (layers[best] ?? 0) > 0 && !CLAIMS.has(roles[best] ?? "other") && best !== type)
      roles[best] = "name";
    else if (free >= 0) roles[free] = "name";
    else if (best >= 0 && best === type) roles[best] = "name";
  }
  if (!hasHeader) guessRoles(roles, texts);
  return onlyFirst(roles, headers, texts);
}

const filled = (cells: readonly string[]): readonly string[] =>
  cells.filter((t) => t.trim() !== "" && !/^[-–—?]+$/.test(t.trim()));
const share = (cells: readonly string[], test: (t: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
const isShape = (text: string): boolean => (readShape(text)?.shape.sizes.length ?? 0) > 1;
const isCount = (text: string): boolean => readCount(text)?.kind === "number";

function byContent(role: Role | undefined, header: string, cells: readonly string[]): Role {
  const said = filled(cells);
  if (role === "params" || role === "weights" || role === "biases") {
    if (said.length === 0) return role;
    return share(said, isCount) >= 0.5 ? role : share(said, (t) => /[a-z]{2}/i.test(t)) > 0.4 ? "details" : "other";
  }
  if (role === "size")
    return share(said, isShape) > 0.4 && share(said, (t) => isShape(t) && !isCount(t)) > 0.4
      ? "output"
      : share(said, isCount) >= 0.5 || said.length === 0
        ? role
        : "other";
  if (role === "output" || role === "input") {
    const shapes = share(said, (t) => readShape(t) !== undefined);
    if (said.length === 0) return role;
    if (shapes >= 0.4) return role;
    return share(said, (t) => layerWords(t).length > 0) > 0.4 && /activation/i.test(header) ? "other" : "other";
  }
  // The memory of activations is written as the product that it is.
  if (/memory/i.test(header) && share(said, (t) => /^\d+(?:\s*[*×·x]\s*\d+){2}/.test(t)) > 0.4) return "size";
  return role ?? "other";
}

/** Without a header: the column of layers, the columns of shapes, then those of counts. */
function guessRoles(roles: Role[], texts: readonly (readonly string[])[]): void {
  const free = roles.flatMap((r, i) => (r === "other" ? [i] : []));
  const shapes = free.filter((i) => share(filled(texts[i] ?? []), isShape) >= 0.5);
  const counts = free.filter(
    (i) =>
      !shapes.includes(i) &&
      share(filled(texts[i] ?? []), isCount) >= 0.7 &&
      share(texts[i] ?? [], (t) => t.trim() !== "") >= 0.5,
  );
  const [first, second] = shapes;
  if (first !== undefined) roles[second ?? first] = "output";
  if (second !== undefined && first !== undefined) roles[first] = "input";
  const last = counts.at(-1);
  if (last !== undefined && shapes.length > 0) roles[last] = "params";
}

/** A table has one column of names, and one of each shape; what else looks like one says details, or is left alone. */
function onlyFirst(
  roles: readonly Role[],
  headers: readonly string[],
  texts: readonly (readonly string[])[],
): readonly Role[] {
  const layers = (i: number): number => (texts[i] ?? []).filter((t) => layerWords(t).length > 0).length;
  const names = roles.flatMap((r, i) => (r === "name" ? [i] : []));
  const name = names.reduce((best, i) => (best < 0 || layers(i) > layers(best) ? i : best), -1);
  return roles.map((r, i) => {
    // Two columns of the same heading count in two ways, which can only be with the biases and without.
    if (r === "params" && headers.some((h, k) => k !== i && roles[k] === r && h === headers[i])) return "weights";
    if (r === "name" && i !== name) {
      // Beside the names may stand what the layers are: 7×7, 64, stride 2; several such columns are several networks.
      const isSaid = share(filled(texts[i] ?? []), (t) => /\d\s*[x×]\s*\d/.test(t)) > 0.3;
      return isSaid && names.length === 2 ? "details" : "other";
    }
    if (!["input", "output", "type"].includes(r) || roles.indexOf(r) === i) return r;
    return r === "type" ? "details" : "other";
  });
}

function readRow(
  row: Row,
  roles: readonly Role[],
  headers: readonly string[],
  numbering: Numbering,
  document: string,
): ModelRow {
  const column = (role: Role): string =>
    roles.flatMap((r, i) => (r === role ? [row.cells[i]?.text ?? ""] : [])).find((t) => !/^[-–—\s]*$/.test(t)) ?? "";
  const texts: RowTexts = {
    name: column("name"),
    type: column("type"),
    details: roles
      .flatMap((r, i) => (r === "details" ? [row.cells[i]?.text ?? ""] : []))
      .filter((t) => !/^[-–—\s]*$/.test(t)),
    kernel: column("kernel"),
    stride: column("stride"),
    padding: column("padding"),
    dilation: column("dilation"),
    groups: column("groups"),
    filters: column("filters") || column("units"),
    inputs: column("inputs"),
  };
  const first = row.cells.find((c) => c && c.text !== "")?.text ?? "";
  const label = [texts.name, texts.type, first].find((t) => /\p{L}/u.test(t)) ?? first;
  if ([texts.name, first].some((t) => isTotal(t)))
    return { row, label: first, role: "total", readings: [], claims: [], channels: undefined };
  const isElsewhere = textsOf(row).some(isCountedElsewhere);
  const claims = roles.flatMap((role, i): readonly ClaimCell[] => {
    const cell = row.cells[i];
    if (!cell || !CLAIMS.has(role)) return [];
    const unit = role === "params" && /^[\d.]+$/.test(cell.text) ? unitOf(headers[i] ?? "") : "";
    const mayBeNone = isElsewhere || (/\btrain/i.test(headers[i] ?? "") && roles.indexOf("params") !== i);
    return [
      { kind: role as ClaimKind, cell, column: i, text: `${cell.text}${unit}`, ...(mayBeNone ? { mayBeNone } : {}) },
    ];
  });
  const isHeading = row.cells.filter((c) => c && c.text !== "").length <= 1 && row.cells.length > 1;
  const readings = isHeading && !/\d/.test(label) ? [] : readLayer(texts, numbering);
  const isLayer = readings.length > 0 || (!isHeading && claims.some((c) => c.kind !== "input" && isFigure(c.text)));
  const channels = /^\d+$/.test(texts.filters) ? Number(texts.filters) : undefined;
  return {
    row,
    label,
    role: isLayer ? "layer" : "aside",
    readings: readings.length > 0 ? readings : [{ steps: [{ kind: "opaque" }], cost: 0 }],
    claims: isLayer ? [...claims, ...inputsClaim(row, roles, readings, document)] : [],
    channels,
  };
}

/** The number of channels or features that a row itself says come in, as in `Linear(400 → 120)`. */
function inputsClaim(
  row: Row,
  roles: readonly Role[],
  readings: readonly RowReading[],
  document: string,
): readonly ClaimCell[] {
  const [reading, ...others] = readings;
  const inputs = reading?.steps.find((s) => s.kind === "conv" || s.kind === "linear")?.inputs;
  if (inputs === undefined || others.length > 0) return [];
  for (const [column, cell] of row.cells.entries()) {
    if (!cell || !["name", "type", "details", "filters", "inputs"].includes(roles[column] ?? "")) continue;
    const raw = document.slice(cell.inner.from, cell.inner.to);
    const at = raw.search(new RegExp(`(?<![\\w.])${inputs}(?![\\w.])`));
    if (at < 0) continue;
    const span = { from: cell.inner.from + at, to: cell.inner.from + at + String(inputs).length };
    return [
      { kind: "inputs", cell: { ...cell, span, inner: span, text: String(inputs) }, column, text: String(inputs) },
    ];
  }
  return [];
}

/** Whether most rows are layers, and enough is claimed of them, so that the table can only be a network's. */
function isNetwork(model: TableModel, headers: readonly string[], roles: readonly Role[]): boolean {
  const layers = model.rows.filter((r) => r.role === "layer");
  const kinds = layers.flatMap((r) => [r.readings[0]?.steps[0]?.kind ?? "opaque"]);
  const understood = kinds.filter((k) => k !== "opaque");
  const substantial = kinds.filter((k) => !["opaque", "keep", "norm", "input"].includes(k)).length;
  const shapes = layers.flatMap((r) => r.claims).filter((c) => c.kind === "output" && readShape(c.text)).length;
  const counts = layers
    .flatMap((r) => r.claims)
    .filter((c) => c.kind !== "output" && c.kind !== "input" && isCount(c.text)).length;
  const blanks = layers.flatMap((r) => r.claims).filter((c) => readCount(c.text)?.kind === "blank").length;
  // A network has something to learn.
  if (
    !layers.some((r) =>
      r.readings.some((reading) => reading.steps.some((s) => ["conv", "linear", "batchnorm"].includes(s.kind))),
    )
  )
    return false;
  // A list has no heads that would say what it is of.
  if (model.table.heads && layers.filter((r) => layerWords(r.label).length > 0).length < layers.length / 2)
    return false;
  if (understood.length < 2 || substantial < 1 || understood.length < 0.4 * (layers.length + 0.5)) return false;
  if (
    isComparison(headers) ||
    (isMeasured(headers) && layers.flatMap((r) => r.claims).filter((c) => isShape(c.text)).length < 2)
  )
    return false;
  if (!roles.includes("output") && !roles.includes("input") && substantial < 2) return false;
  return shapes >= 1 || counts >= 2 || (blanks >= 2 && (roles.includes("params") || roles.includes("output")));
}
