import type { StepNote } from "./derivations/derivations.js";
import type { Claim, Finding, Hint, Hover, Lens } from "./finding.js";
import type { LayerCall } from "./picture.js";
import type { TableCheck } from "./tables.js";

/** Everything that Dimsum has to say about one document, as plain data. */
export interface Analysis {
  readonly findings: readonly Finding[];
  readonly claims: readonly Claim[];
  readonly hints: readonly Hint[];
  readonly lenses: readonly Lens[];
  readonly tables: readonly TableCheck[];
  /** The steps of its derivations. */
  readonly steps: readonly StepNote[];
  /** What to show at an offset. */
  readonly hover: (offset: number) => Hover | undefined;
  /** The layer at an offset, for the panel. */
  readonly layer: (offset: number) => LayerCall | undefined;
}
