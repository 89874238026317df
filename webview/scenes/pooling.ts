import type { WindowPicture } from "../../src/protocol.js";
import type { Part, SumLine } from "./marks.js";
import type { SceneOptions } from "./options.js";
import { bracketed, cellAt } from "./place.js";
import { type Reading, readingsAt } from "./reading.js";
import type { Uses } from "./uses.js";

/** The maximum or the average of the numbers under the window, written out. */
export function poolingSums(
  picture: WindowPicture,
  step: number,
  options: SceneOptions,
  uses: Uses | undefined,
): SumLine[] {
  const cell = cellAt(picture, step, options);
  const result: Part = { text: cell.text, role: "output" };
  const readings = counted(picture, step, options);
  const numbers = (separator: string, brackets: boolean): Part[] =>
    readings.flatMap((reading, index): Part[] => {
      const text = brackets && index > 0 ? bracketed(reading.text) : reading.text;
      const role = reading.padding ? "padding" : "input";
      const number: Part = { text, role, ...(uses?.input(reading.row, reading.col) && { lit: true }) };
      return index === 0 ? [number] : [{ text: separator }, number];
    });
  if (picture.operation === "max") {
    return [
      { label: "", parts: [{ text: "max(" }, ...numbers(", ", false), { text: ") =\u00a0" }, result], current: true },
    ];
  }
  const fraction = `${cell.sum}/${cell.divisor}`.replace("-", "−");
  const quotient: Part[] = [{ text: "(" }, ...numbers(" + ", true), { text: `) / ${cell.divisor}` }];
  const middle: Part[] =
    fraction === cell.text || readings.length === 1 ? [] : [{ text: " =\u00a0" }, { text: fraction }];
  return [{ label: "", parts: [...quotient, ...middle, { text: " =\u00a0" }, result], current: true }];
}

/** The numbers that an average divides among, or a maximum looks at; padding only where it counts. */
export function counted(picture: WindowPicture, step: number, options: SceneOptions): Reading[] {
  const readings = readingsAt(picture, step, options.inChannel);
  if (picture.operation === "max") return readings;
  const inside = readings.filter((reading) => !reading.padding);
  return cellAt(picture, step, options).divisor === inside.length ? inside : readings;
}
