/** Where words stand in a document. */
export class Places {
  private readonly at: readonly number[];

  constructor(text: string, words: RegExp) {
    this.at = Array.from(text.matchAll(new RegExp(words.source, "gi")), (m) => m.index);
  }

  isBetween(from: number, to: number): boolean {
    return this.at.some((at) => at >= from && at < to);
  }
}
