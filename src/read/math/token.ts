import type { MathPlace } from "../../core/math/expression.js";

/** A piece of mathematics: a number, a letter or word, a sign, or a command that has arguments. */
export interface Token extends MathPlace {
  readonly kind: "number" | "word" | "sign" | "command" | "text" | "unknown";
  readonly text: string;
}

/** Signs that say how two expressions relate. */
export const RELATIONS: ReadonlySet<string> = new Set("= ≈ ≤ ≥ < > ≠ ∝ ≡ ∼ ≜ := ≪ ≫".split(" "));

/** Signs between two lines of thought: what stands on both sides are different statements. */
export const BREAKS: ReadonlySet<string> = new Set("⇒ ⇔ → ∈ ↦ ∀ ∃ ∧ ∨ ⊂ ⊆ ∪ ∩".split(" "));
