/** Characters before a formula in which words may explain its letters. */
const MAX_CONTEXT = 2500;

/** Characters before a formula that count as its sentence. */
const MAX_SENTENCE = 160;

/** Characters behind a formula that belong to its paragraph. */
const MAX_BEHIND = 300;

/** Words without the signs that mark them up. */
const plainWords = (text: string): string =>
  text
    .replace(/\\(?:text|textbf|emph|textit|mathrm|item)\b/g, " ")
    .replace(/\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\[[(]|[*_`#{}$]/g, " ")
    .replace(/\s+/g, " ");

/** Where a document gives a formula for something: what stands around it, each part found when it is asked for. */
export class Given {
  private sentence: string | undefined;
  private around: string | undefined;

  constructor(
    private readonly text: string,
    private readonly at: number,
    private readonly end: number,
    private readonly heading: string,
    private readonly sectionStart: number,
    /** The name that the formula is given for, if it has one. */
    readonly symbol?: string,
  ) {}

  /** The same with a name. */
  named(symbol: string): Given {
    return new Given(this.text, this.at, this.end, this.heading, this.sectionStart, symbol);
  }

  /** What stands before the formula in its sentence. */
  get before(): string {
    if (this.sentence === undefined) {
      const near = this.text.slice(Math.max(this.row ?? this.sectionStart, this.at - MAX_SENTENCE), this.at);
      let begun = 0;
      for (const m of near.matchAll(/[.!?;]\s|(?<!:)\n\s*\n|^#.*$/gm))
        if (!/^\n/.test(m[0]) || !this.leads(this.at - near.length + m.index)) begun = m.index + m[0].length;
      this.sentence = plainWords(near.slice(begun));
    }
    return this.sentence;
  }

  /** Whether what ends at a blank line goes on behind it: with a colon, or with a formula on lines of its own. */
  private leads(blank: number): boolean {
    const last = this.text[blank - 1] ?? "";
    return last === ":" || (/[\p{L},]/u.test(last) && /^[\s$\\[]*$/.test(this.text.slice(blank, this.at)));
  }

  /** Where the row of a table begins that it stands in: what the other rows say is not of it. */
  private get row(): number | undefined {
    const start = this.text.lastIndexOf("\n", this.at - 1) + 1;
    return /^[ \t]*\|(?!\|)/.test(this.text.slice(start, start + 20)) ? start : undefined;
  }

  /** The paragraph, with the headings above. */
  get paragraph(): string {
    const blank = this.text.lastIndexOf("\n\n", this.at);
    const start = this.row ?? (this.leads(blank) ? this.text.lastIndexOf("\n\n", blank - 1) : blank);
    return `${this.heading}\n${this.text.slice(Math.max(start, this.contextStart), this.end)}${this.behind}`;
  }

  /** What the section has said so far, with the headings above. */
  get context(): string {
    this.around ??= `${this.heading}\n${this.text.slice(this.contextStart, this.end)}${this.behind}`;
    return this.around;
  }

  /** All that was said since an offset, no more than of a long section; what the section has said, where there is none. */
  since(at = this.sectionStart): string {
    return `${this.heading}\n${this.text.slice(Math.max(at, this.at - 2 * MAX_CONTEXT), this.end)}${this.behind}`;
  }

  /** Where what the section has said begins. */
  get contextStart(): number {
    return Math.max(this.sectionStart, this.at - MAX_CONTEXT);
  }

  /** What stands behind the formula in its paragraph. */
  get behind(): string {
    const behind = this.text.slice(this.end, this.end + MAX_BEHIND);
    const stop = behind.search(this.row === undefined ? /\n\s*\n/ : /\n/);
    return stop < 0 ? behind : behind.slice(0, stop);
  }
}
