import type { MathPlace } from "../../core/math/expression.js";
import type { StepAnswer } from "./stepAnswer.js";

/** What is said of one step, with its places counted from where its chain begins. */
export interface KeptStep {
  readonly answer: StepAnswer;
  readonly span: MathPlace;
  readonly plain: string;
  /** What its chain begins with. */
  readonly of?: string;
  /** What it is about, where that is known already. */
  readonly topic?: string;
}

/** The steps of the chains of one document, kept from one keystroke to the next for as long as nothing that they depend on changes. */
export class StepCache {
  private kept = new Map<string, readonly KeptStep[]>();
  private now = new Map<string, readonly KeptStep[]>();

  /** The steps of a chain that begins at an offset; `key` says all that they depend on. */
  steps(key: string, at: number, decide: () => readonly KeptStep[]): readonly KeptStep[] {
    const known = this.now.get(key) ?? this.kept.get(key);
    const steps = known ?? decide().map((step) => shifted(step, -at));
    this.now.set(key, steps);
    return steps.map((step) => shifted(step, at));
  }

  /** Forgets what the document that has just been checked has no more. */
  turn(): void {
    this.kept = this.now;
    this.now = new Map();
  }
}

const move = <T extends MathPlace>(place: T, by: number): T => ({ ...place, from: place.from + by, to: place.to + by });

function shifted(step: KeptStep, by: number): KeptStep {
  const { answer, plain, topic } = step;
  const { at, misfit } = answer;
  return {
    plain,
    ...(topic !== undefined && { topic }),
    span: move(step.span, by),
    answer: {
      ...answer,
      ...(at ? { at: move(at, by) } : {}),
      ...(misfit ? { misfit: { ...misfit, left: move(misfit.left, by), right: move(misfit.right, by) } } : {}),
    },
  };
}

/** A short text that is another one for another text, as good as always. */
export function stampOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2_654_435_761);
    b = Math.imul(b ^ c, 1_597_334_677);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
