import { freeSymbols, type MathExpr } from "./expression.js";

/** How many rows and columns a matrix has. */
export interface MatrixShape {
  readonly rows: MathExpr;
  readonly columns: MathExpr;
}

/** What a document says of its matrices, by their names. */
export type MatrixShapes = ReadonlyMap<string, MatrixShape>;

/** The name of the unit matrix, of whatever size. */
export const UNIT = "I";

/** The name that a unit matrix of a known size gets: no letter of a document has a colon in it. */
export const unitNamed = (rows: MathExpr): string => `${UNIT}:${[...freeSymbols(rows)].join()}:${rows.from}`;

/** Whether a name is that of a unit matrix of a known size. */
export const isUnitName = (name: string): boolean => name.startsWith(`${UNIT}:`);

/** Whether a size is written as 1. */
export const isOne = (size: MathExpr): boolean => size.kind === "number" && size.text === "1";
