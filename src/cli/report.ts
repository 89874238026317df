import type { Claim, Finding } from "../check/finding.js";

/** A line and a column, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A line of a notebook's cell; both count from 1. */
export interface InCell {
  readonly number: number;
  readonly line: number;
}

/** A finding or a claim with its place in a file, and, in a notebook, in a cell. */
export interface Located<T> {
  readonly file: string;
  readonly cell?: InCell;
  readonly from: Position;
  readonly to: Position;
  readonly item: T;
}

/** The lines of a text, for turning offsets into lines and columns. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /** The line and column of an offset. */
  at(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

const isFinding = (item: Finding | Claim): item is Finding => "message" in item;

/** `model.py:12:30`, or `lab.ipynb:76:12 (cell 3, line 4)`: the line of the file, which tools open, and the one that people see. */
export const sayPlace = (file: string, { line, column }: Position, cell?: InCell): string =>
  `${file}:${line}:${column}${cell ? ` (cell ${cell.number}, line ${cell.line})` : ""}`;

/** `model.py:12:30: error: in_features is 400, the input has 490. [Linear/in-features]` */
export function printText({ file, from, cell, item }: Located<Finding | Claim>): string {
  const place = sayPlace(file, from, cell);
  if (isFinding(item)) return `${place}: ${item.severity}: ${item.message} [${item.code}]`;
  return `${place}: ${item.verdict}: ${item.text.trim()}${item.reason === "" ? "" : ` (${item.reason})`}`;
}

type Fields = readonly (readonly [name: string, value: string | number | undefined])[];

/** One finding or claim as a line of JSON. */
export function printJson({ file, from, to, cell, item }: Located<Finding | Claim>): string {
  const what: Fields = isFinding(item)
    ? [
        ["severity", item.severity],
        ["code", item.code],
        ["message", item.message],
      ]
    : [
        ["claim", item.text],
        ["verdict", item.verdict],
        ["message", item.reason],
        ["system", item.topic],
      ];
  const place: Fields = [
    ["file", file],
    ["line", from.line],
    ["column", from.column],
    ["endLine", to.line],
    ["endColumn", to.column],
    ["cell", cell?.number],
    ["cellLine", cell?.line],
  ];
  return JSON.stringify(Object.fromEntries([...place, ...what]));
}

const LEVELS = { error: "error", warning: "warning", information: "note" } as const;

/** The findings as a SARIF 2.1.0 log, which code hosts show beside the code. */
export function sarif(findings: readonly Located<Finding>[]): object {
  const rules = [...new Set(findings.map((f) => f.item.code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Dimsum", rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ file, from, to, item }) => ({
          ruleId: item.code,
          level: LEVELS[item.severity],
          message: { text: item.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.split("\\").join("/") },
                region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
              },
            },
          ],
        })),
      },
    ],
  };
}
