/** A place in a file, by its address and its line from 0. */
export interface SourceLine {
  readonly uri: string;
  readonly line: number;
}

/** What stands above every picture: the layer and what is known of it, as text. */
export interface Heading {
  /** The same for the same layer on the same input, whatever its place in the file. */
  readonly key: string;
  readonly title: string;
  /** One sentence on what the layer does. */
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly formulas: readonly string[];
  /** What does not fit, with the numbers, and what to do. */
  readonly problem?: string;
  readonly source?: SourceLine;
}

/** A named value, such as `output` and `N × 16 × 26 × 26`. */
export interface Fact {
  readonly name: string;
  readonly text: string;
}
