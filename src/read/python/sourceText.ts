import type { Place } from "./syntax.js";

/** The text of a file whose places count from `base`: the files of one program share one line of places. */
export class SourceText {
  constructor(
    private readonly text: string,
    readonly base = 0,
  ) {}

  /** The text between two places. */
  slice(from: number, to: number): string {
    return this.text.slice(from - this.base, to - this.base);
  }

  /** The text of a place; none for no place. */
  of(place: Place | undefined): string {
    return place ? this.slice(place.from, place.to) : "";
  }
}
