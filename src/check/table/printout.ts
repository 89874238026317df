import type { Cell, DocumentTable, Row, TextLine } from "../../read/document/documentTable.js";
import { type Role, roleOf } from "./columns.js";
import { readCount } from "./countText.js";
import { type Given, TRANSPOSED } from "./layerGiven.js";
import { isInputWord, layerWords } from "./layerWords.js";
import type { ClaimCell, ModelRow, TableModel } from "./tableModel.js";

/** A shape as a program prints it, the batch in front; -1 where it is open. */
export type Raw = readonly number[];

/** A row of what a program printed of its model. */
export interface PrintedRow {
  readonly row: ModelRow;
  /** Undefined for a layer that is not understood, and for one that only holds those of the rows behind it. */
  readonly given: Given | undefined;
  /** How deep it stands in the tree; the rows that it holds stand deeper. */
  readonly depth: number;
  readonly isContainer: boolean;
  readonly output: Raw | undefined;
  readonly count: number | undefined;
  /** What comes in, where the printout says it. */
  readonly input: Raw | undefined;
  /** The names of the rows whose output comes in, where the printout says them. */
  readonly sources: readonly string[] | undefined;
  /** The name by which others call it. */
  readonly name: string;
}

/** What torchsummary, torchinfo or Keras printed of a model. */
export interface Printout {
  readonly rows: readonly PrintedRow[];
  readonly isKeras: boolean;
  /** Each layer takes what the one before gives: Keras says so. */
  readonly isSequential: boolean;
  readonly after: readonly TextLine[];
}

/** The printout that a table is; undefined for tables that people wrote. */
export function readPrintout(table: DocumentTable, text: string): (TableModel & { printout: Printout }) | undefined {
  const header = table.header;
  const labels = header?.cells.map((c) => c?.text ?? "") ?? [];
  if (table.kind !== "text" || !/^layer\s*\(type/i.test(labels[0] ?? "")) return undefined;
  const roles = labels.map((label, i): Role => (i === 0 ? "name" : roleIn(label)));
  const [outputAt, countAt, fromAt] = [
    roles.indexOf("output"),
    roles.indexOf("params"),
    labels.findIndex((l) => /^connected/i.test(l)),
  ];
  if (outputAt < 0 || countAt < 0) return undefined;
  const isTree = table.rows.some((r) => /[├└]/.test(text.slice(r.span.from, r.cells[0]?.span.from ?? r.span.from)));
  const depths = table.rows.map((r) => (isTree ? (r.cells[0]?.span.from ?? r.span.from) - r.span.from : 0));
  const rows = table.rows.map((row, i): PrintedRow => {
    const { name, type } = nameAndType(row.cells[0]?.text ?? "", isTree);
    const isContainer = isTree && (depths[i + 1] ?? 0) > (depths[i] ?? 0);
    const isInput = isInputWord(type);
    const given = isContainer || isInput ? undefined : layerOfClass(type);
    const cell = (at: number): Cell | undefined => (at < 0 ? undefined : row.cells[at]);
    const count = readCount(cell(countAt)?.text ?? "");
    const from = cell(fromAt)?.text;
    return {
      row: modelRow(row, isContainer, isInput ? { kind: "input" } : given, [
        ["output", outputAt],
        ["params", countAt],
      ]),
      given,
      depth: depths[i] ?? 0,
      isContainer,
      output: rawShape(cell(outputAt)?.text ?? ""),
      count: count?.kind === "number" && !count.isRounded ? count.value : undefined,
      input: rawShape(cell(roles.indexOf("input"))?.text ?? ""),
      sources: from?.match(/[\w./-]+(?=\[\d)/g) ?? undefined,
      name,
    };
  });
  const understood = rows.filter((r) => r.given);
  if (understood.length < 2 || !understood.some((r) => r.given && LEARNS.has(r.given.kind))) return undefined;
  const isKeras = table.rows.some((r) => /\(None,|\bInputLayer\b/.test(r.cells.map((c) => c?.text ?? "").join(" ")));
  const printout = {
    rows,
    isKeras,
    isSequential: isKeras && /sequential/i.test(table.title ?? "") && fromAt < 0,
    after: table.after,
  };
  return { table, header, roles, labels, rows: rows.map((r) => r.row), printout };
}

const LEARNS: ReadonlySet<Given["kind"]> = new Set<Given["kind"]>(["conv", "linear", "batchnorm"]);

const roleIn = (label: string): Role => {
  const role = roleOf(label);
  if (/%|mult|trainable|kernel/i.test(label)) return "other";
  return role === "output" || role === "input" || role === "params" ? role : "other";
};

/** `Conv2d-1`, `Conv2d (conv1): 1-1`, `conv2d_1 (Conv2D)`; a class that is cut short is completed from the name. */
function nameAndType(text: string, isTree: boolean): { name: string; type: string } {
  const torch = /^([A-Za-z_]\w*?)(?:-\d+|(?:\s*\(([\w.]+)\))?:\s*\d+(?:-\d+)?)$/.exec(text);
  if (torch) return { name: torch[2] ?? text, type: torch[1] ?? "" };
  if (isTree) return { name: text, type: /^\w*/.exec(text)?.[0] ?? "" };
  const keras = /^(\S+)\s*\((\w+)(\)?)/.exec(text);
  if (!keras) return { name: text, type: "" };
  const [, name = "", type = "", isWhole] = keras;
  const plain = name.replace(/_\d+$/, "").replaceAll("_", "");
  return { name, type: isWhole ? type : plain.startsWith(type.toLowerCase()) ? plain : `${type}…` };
}

/** The layer that a class is, where its whole name says so, or all of it that is printed. */
function layerOfClass(type: string): Given | undefined {
  if (/^DepthwiseConv[12]D$/.test(type)) return { kind: "conv", axes: Number(type.at(-2)), groups: "each" };
  const [word, ...more] = layerWords(type);
  const isCut = type.endsWith("…") && !/conv.*[^d]…/i.test(type);
  // What a program prints does not say by how much a transposed convolution makes sizes larger.
  if (!word || word.name === TRANSPOSED || more.length > 0 || word.from > 0 || (word.to < type.length && !isCut))
    return undefined;
  return { kind: word.kind, ...(word.name ? { name: word.name } : {}), ...(word.axes ? { axes: word.axes } : {}) };
}

/** The only list of sizes in a text. */
function rawShape(text: string): Raw | undefined {
  const [list, ...more] = text.slice(0, 120).match(/[([][^()[\]]*[)\]]/g) ?? [];
  if (!list || more.length > 0) return undefined;
  const items = list
    .slice(1, -1)
    .split(",")
    .map((s) => s.trim())
    .filter((s) => s !== "");
  const sizes = items.map((s) => (/^(?:None|-1|\?)$/.test(s) ? -1 : /^\d{1,12}$/.test(s) ? Number(s) : Number.NaN));
  return sizes.length < 2 || sizes.some(Number.isNaN) ? undefined : sizes;
}

function modelRow(
  row: Row,
  isContainer: boolean,
  given: Given | undefined,
  columns: readonly (readonly [ClaimCell["kind"], number])[],
): ModelRow {
  const claims = columns.flatMap(([kind, column]): readonly ClaimCell[] => {
    const cell = row.cells[column];
    return cell && !/recursive/.test(cell.text) ? [{ kind, cell, column, text: cell.text }] : [];
  });
  return {
    row,
    label: row.cells[0]?.text ?? "",
    role: isContainer ? "aside" : "layer",
    readings: [{ steps: [given ?? { kind: "opaque" }], cost: 0 }],
    claims: isContainer ? [] : claims,
    channels: undefined,
  };
}
