import { evaluateMath, NO_MEANING } from "../../core/math/evaluateMath.js";
import { toFloat } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import type { Cell, DocumentTable, Row } from "../../read/document/documentTable.js";
import { linkOf, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { typedTokens } from "../../read/math/typedTokens.js";
import { readCount, readSum } from "./countText.js";
import { findHeader } from "./tableHeader.js";

/** A cell with a calculation or a shape, and the cell of its row with what comes out. */
export interface WorkedPair {
  readonly row: Row;
  /** The number of numbers that the shape has, or the value of the calculation. */
  readonly value: number;
  /** How the calculation is said: `8/(8 + 2)`, `512·64`. */
  readonly said: string;
  /** The sizes of what is a shape. */
  readonly factors: readonly number[];
  readonly cell: Cell;
  readonly written: WrittenResult;
}

/** A number as a cell writes it. */
export interface WrittenResult {
  readonly value: number;
  readonly isRounded: boolean;
  readonly fits: (n: number) => boolean;
  /** Another number with as many digits, where it is written as a decimal or in percent. */
  readonly alike?: (n: number) => string;
}

/** The two columns of a table of which one says how the other's numbers come about. */
export interface WorkedColumns {
  readonly rows: readonly Row[];
  readonly labels: readonly string[];
  readonly column: number;
  readonly pairs: readonly WorkedPair[];
  /** Whether the column's head says that it calculates: what does not come out then is wrong. */
  readonly isCalculation: boolean;
}

const CALCULATES = /calc|comput|formula|expression|berechnung|rechnung|formel|calcul|cálculo|fórmula|计算|公式|計算/i;

/** What flows out of a layer is no weight of it. */
const FLOWS = /output|input|activation|feature|ausgabe|eingabe|sortie|salida|entrée|entrada/i;

/** Rows of which the calculation must give the number before the columns are taken to belong together. */
const ENOUGH = 2;

/** The columns of a table of which one says how the other's numbers come about; undefined where there are none. */
export function findWorkedColumns(table: DocumentTable): WorkedColumns | undefined {
  const found = findHeader(table);
  const [first] = found.rows;
  const isHeader = !found.header && first?.cells.every((c) => c !== undefined && /^\D+$/.test(c.text));
  const { header, rows } = isHeader ? { header: first, rows: found.rows.slice(1) } : found;
  if (!header) return undefined;
  const labels = header.cells.map((c) => c?.text ?? "");
  // Calculations with their results in one cell are read as what they are.
  if (rows.some(({ cells }) => cells.some((c) => c?.text.includes("=")))) return undefined;
  let best: WorkedColumns | undefined;
  let most = 0;
  for (const [from, label] of labels.entries()) {
    if (FLOWS.test(label)) continue;
    const isCalculation = CALCULATES.test(label);
    for (const column of labels.keys()) {
      const pairs = column === from ? [] : rows.flatMap((row) => pairIn(row, from, column, isCalculation));
      const fitting = pairs.filter((p) => p.value !== 0 && p.value !== 1 && p.written.fits(p.value)).length;
      const far = pairs.filter((p) => !p.written.fits(p.value) && biasesIn(p) === undefined && !isMultiple(p)).length;
      if (fitting < Math.max(ENOUGH, most + 1) || fitting < 2 * far) continue;
      most = fitting;
      best = { rows, labels, column, pairs, isCalculation };
    }
  }
  return best;
}

function pairIn(row: Row, from: number, column: number, isCalculation: boolean): readonly WorkedPair[] {
  const [source, cell] = [row.cells[from], row.cells[column]];
  const worked = source && readWorked(source.text);
  const written = cell && readResult(cell.text);
  if (!worked || !written) return [];
  // A calculation says all that is counted, a shape may leave out the biases.
  return [{ row, cell, written, ...worked, ...(isCalculation ? { factors: [] } : {}) }];
}

/** `768 × 2304 + 2304`, `8/(8 + 2)`, or the sizes `(768, 2304)`. */
function readWorked(text: string): Pick<WorkedPair, "value" | "said" | "factors"> | undefined {
  const sizes = /^[([]?\s*(\d{1,7}(?:\s*[,×x*·]\s*\d{1,7})+)\s*[)\]]?$/i.exec(text.trim())?.[1];
  // 1,234 is one number.
  if (sizes && !/^\d{1,3}(?:,\d{3})+$/.test(sizes)) {
    const factors = sizes.split(/\s*[,×x*·]\s*/i).map(Number);
    return { value: factors.reduce((a, b) => a * b, 1), said: factors.join("·"), factors };
  }
  const value = resultOf(text);
  return value === undefined ? undefined : { value, said: text, factors: [] };
}

/** Numbers joined by signs, and nothing but numbers. */
const IS_CALCULATION = /\d\s*(?:[-+*/×·⋅xX−^]|\\times|\\cdot)\s*[\d(]|\)\s*[-+*/×·⋅−^]\s*[\d(]/;

function resultOf(text: string): number | undefined {
  if (!IS_CALCULATION.test(text) || text.length > MAX_TEXT) return undefined;
  const sum = readSum(text);
  if (sum !== undefined) return sum;
  const reading = plainReading(false);
  const e = readLink(linkOf(typedTokens(text, { from: 0, to: text.length })), reading);
  const value = e && !reading.isDivisorUnclear ? evaluateMath(e, NO_MEANING, { left: EFFORT }) : undefined;
  return value === undefined || isMatrix(value) ? undefined : toFloat(value);
}

const MAX_TEXT = 120;
const EFFORT = 500;

/** A whole number, one with K or M, a decimal, or a share in percent. */
export function readResult(text: string): WrittenResult | undefined {
  const decimal = /^[≈~]?\s*([-−]?\d+(?:\.\d+)?)\s*(%)?$/.exec(text.trim());
  if (!decimal || (!decimal[2] && !decimal[1]?.includes("."))) {
    const count = readCount(text);
    return count?.kind === "number" ? count : undefined;
  }
  const [, digits = "", percent] = decimal;
  const scale = percent ? 100 : 1;
  const written = Number(digits.replace("−", "-"));
  const decimals = digits.split(".")[1]?.length ?? 0;
  const half = 0.5 * 10 ** -decimals;
  const value = written / scale;
  return {
    value,
    isRounded: true,
    alike: (n) => `${(n * scale).toFixed(decimals).replace("-", "−")}${percent ? " %" : ""}`,
    // A last digit that is cut off is no mistake.
    fits: (n) =>
      Math.abs(n * scale - written) <= 2 * half * (1 - 1e-9) && Math.abs(n * scale) >= Math.abs(written) - half - 1e-9,
  };
}

/** Whether a row counts its shape several times: a layer that is there several times, or the scale and the shift of a norm. */
export function isMultiple({ value, written }: WorkedPair): boolean {
  const ratio = written.value / value;
  return Number.isInteger(ratio) || Number.isInteger(1 / ratio);
}

/** How many biases make a shape's number of weights the number that is written: the product of some of its sizes. */
export function biasesIn({ value, factors, written }: WorkedPair): number | undefined {
  if (factors.length < 2 || factors.length > 6 || written.isRounded) return undefined;
  const more = written.value - value;
  const isProduct = (at: number, product: number): boolean =>
    product === more || (at < factors.length && [1, factors[at] ?? 1].some((f) => isProduct(at + 1, product * f)));
  return more > 1 && more < value && isProduct(0, 1) ? more : undefined;
}
