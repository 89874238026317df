/** A stretch of a document: offsets in UTF-16 units, the end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much a finding matters. An error follows from known values only. */
export type Severity = "error" | "warning" | "information";

/** How a place is called in a sentence: `line 12`. */
export type PlaceName = (offset: number) => string;

/** One change of the text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change that is offered; `preferred` where it is the one right one. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly preferred?: boolean;
}

/** Something that does not fit, at the place to change. */
export interface Finding {
  readonly span: Span;
  readonly severity: Severity;
  /** Stable: `Conv2d/in-channels`, `table/params`. */
  readonly code: string;
  /** What is, with the student's numbers, then what to do. */
  readonly message: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes?: readonly Fix[];
}

/** What is shown at a place on request, in Markdown. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** A short text shown in the line behind an offset. */
export interface Hint {
  readonly at: number;
  readonly text: string;
  readonly tooltip?: string;
  /** Whether the hint before it in the same function says the same. */
  readonly isSame?: boolean;
}

/** A line of text over a model or a table. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** What a click opens: the model's summary, or the choice among its inputs. */
  readonly opens?: "model" | "inputs";
}

/** What is said of a claim. */
export type Verdict = "right" | "rounded" | "wrong" | "not understood" | "blank";

/** Anything in a file that says what a shape or a count is, and what is said of it. */
export interface Claim {
  readonly span: Span;
  readonly text: string;
  readonly verdict: Verdict;
  /** Why, in a sentence: the arithmetic, the mistake's name, or what is missing to judge it. */
  readonly reason: string;
  /** What it is about, in the words of a course. */
  readonly topic?: string;
}

/** How much a course wants to give away. */
export type Reveal = "answer" | "hint" | "verdict";
