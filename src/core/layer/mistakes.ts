import { same } from "../dims/compare.js";
import { isDim, type Value } from "../expr/evaluate.js";
import type { Applied } from "./apply.js";
import type { Mistake, Op, Shape, Size } from "./op.js";
import { formulaFor } from "./prepare.js";

/** Whether a formula's value certainly is the number that is claimed. */
export const gives = (value: Value | undefined, claimed: Size): boolean =>
  isDim(value) && claimed !== undefined && same(value, claimed);

/** The mistake that gives just these sizes of all axes. */
export const axisMistake = (op: Op, applied: Applied, axes: Shape): Mistake | undefined =>
  axes.length !== applied.axisNames.length
    ? undefined
    : op.mistakes?.find(({ axis }) => {
        const formula = axis === undefined ? undefined : formulaFor(op, axis);
        return formula && axes.every((size, i) => gives(formula.value(applied.axisNames[i] ?? {}), size));
      });

/** The mistake that gives just this number of channels, of features after flattening, or of parameters. */
export const countMistake = (
  op: Op,
  applied: Applied,
  what: "channels" | "features" | "params",
  claimed: Size,
): Mistake | undefined =>
  op.mistakes?.find((mistake) => {
    const text = mistake[what];
    return text !== undefined && gives(formulaFor(op, text).value(applied.names), claimed);
  });

/** A mistake's name as a sentence. */
export const sayMistake = ({ say }: Pick<Mistake, "say">): string => `${say[0]?.toUpperCase()}${say.slice(1)}.`;
