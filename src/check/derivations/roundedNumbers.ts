import { toFloat } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import type { StepAnswer } from "./stepAnswer.js";

const LAST = /\d*\.\d+(?=\D*$)/;

/** Half of the last digit of a decimal. */
const halfDigit = (text: string): number => 0.5 * 10 ** -(text.split(".")[1]?.length ?? 0);

/** The numbers to which a document has rounded something: what is computed of them may be off by as much. */
export class RoundedNumbers {
  private readonly all = new Set<string>();

  /** Keeps the number at the end of a step that is right as rounded. */
  keep(step: string): void {
    const [last] = LAST.exec(step) ?? [];
    if (last) this.all.add(last);
  }

  /** Whether the two sides of a step are no further apart than its rounded numbers may make them. */
  mayMake({ values }: StepAnswer, step: string): boolean {
    const [a, b] = values ?? [];
    if (a === undefined || b === undefined || isMatrix(a) || isMatrix(b)) return false;
    const rounded = (step.match(/\d*\.\d+/g) ?? []).slice(0, -1).filter((n) => this.all.has(n));
    const share = rounded.reduce((sum, n) => sum + halfDigit(n) / Number(n), 0);
    const off = Math.abs(toFloat(a) - toFloat(b));
    return rounded.length > 0 && off <= share * Math.abs(toFloat(a)) * 1.01 + halfDigit(LAST.exec(step)?.[0] ?? "");
  }
}
