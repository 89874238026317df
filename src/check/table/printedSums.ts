import { printCount } from "../../core/dims/print.js";
import type { Stretch } from "../../read/document/written.js";
import type { Reveal } from "../finding.js";
import type { Printout } from "./printout.js";
import type { JudgedTotal } from "./totals.js";

/** A sum that a program prints under its rows. */
interface Sum {
  readonly value: number;
  readonly span: Stretch;
}

/** The sums of a printout. */
export interface Sums {
  readonly total?: Sum;
  readonly trainable?: Sum;
  readonly frozen?: Sum;
  /** The total without what an optimizer keeps, where its two parts add up to it. */
  readonly agreed: number | undefined;
  readonly optimizer: number;
  /** The rows added up; undefined where a row's count may be in another's too. */
  readonly rows: number | undefined;
}

/** Reads a printout's sums and adds its rows up. */
export function sumsOf({ rows, after }: Printout): Sums {
  const found: Record<string, Sum> = {};
  for (const { span, text } of after) {
    const match = /^(total|trainable|non-?trainable|optimizer) param(?:eter)?s: *(\d[\d,]*)/i.exec(text.slice(0, 80));
    if (!match) continue;
    const [whole, label = "", digits = ""] = match;
    const to = span.from + whole.length;
    found[(label[0] ?? "").toLowerCase() + label.length] ??= {
      value: Number(digits.replaceAll(",", "")),
      span: { from: to - digits.length, to },
    };
  }
  const { t5: total, t9: trainable } = found;
  const frozen = found.n13 ?? found.n12;
  const optimizer = found.o9?.value ?? 0;
  const whole = total && total.value - optimizer;
  const parts = trainable && frozen && trainable.value + frozen.value;
  // A module that holds others may have parameters of its own, or show those of all that it holds.
  const [leaves = 0, all = 0] = [rows.filter((r) => !r.isContainer), rows].map((list) =>
    list.reduce((sum, r) => sum + (r.count ?? 0), 0),
  );
  const known = [leaves, all].find((n) => n === whole || n === parts) ?? (leaves === all ? all : undefined);
  return {
    ...(total ? { total } : {}),
    ...(trainable ? { trainable } : {}),
    ...(frozen ? { frozen } : {}),
    agreed: whole === parts ? whole : undefined,
    optimizer,
    rows: known,
  };
}

/** Judges a printout's sums by each other and by its rows, all of which are decided or not. */
export function judgeSums(printout: Printout, isDecided: boolean, reveal: Reveal): readonly JudgedTotal[] {
  const { total, trainable, frozen, rows, agreed, optimizer } = sumsOf(printout);
  const judged: JudgedTotal[] = [];
  const say = (row: string, sum: Sum | undefined, right: number | undefined): void => {
    if (!sum) return;
    const place = { span: { ...sum.span, from: sum.span.from - 1 }, inner: sum.span, column: "", row };
    const text = printCount(sum.value);
    if (right === undefined || right === sum.value) {
      const reason = right === undefined ? "The other sums do not settle it." : "The rows and the other sums give it.";
      judged.push({ ...place, text, verdict: right === undefined ? "not understood" : "right", reason });
      return;
    }
    const value = printCount(right);
    const message =
      reveal === "verdict"
        ? "This does not fit."
        : `${text} is not what the rows and the other sums give. ${reveal === "hint" ? "Add them up again." : `Write ${value}.`}`;
    judged.push({ ...place, text, verdict: "wrong", reason: message, message, right });
  };
  const parts = trainable && frozen && trainable.value + frozen.value;
  const isSum = total !== undefined && total.value - optimizer === (rows ?? agreed);
  const isWrong = rows !== undefined && (parts === rows || (parts === undefined && isDecided));
  say("Total params", total, isSum ? total.value : isWrong ? rows + optimizer : undefined);
  if (!parts) return judged;
  // Either of the two may be the wrong one: what is usually frozen tells which.
  const norms = printout.rows.reduce((n, r) => n + (r.given?.kind === "batchnorm" ? (r.count ?? 0) / 2 : 0), 0);
  const usual = printout.isKeras ? norms : 0;
  const whole = isSum ? total.value - optimizer : Number.NaN;
  const isFirstRight = whole - trainable.value === usual || agreed === whole;
  const isSecondRight = frozen.value === usual || agreed === whole;
  const one = isFirstRight || isSecondRight;
  say("Trainable params", trainable, isFirstRight ? trainable.value : one && isSum ? whole - frozen.value : undefined);
  say("Non-trainable params", frozen, isFirstRight ? whole - trainable.value : one && isSum ? frozen.value : undefined);
  return judged;
}
