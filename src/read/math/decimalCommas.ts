/** A number with a comma before its decimals that is no list of two: `0,25`. */
const DECIMALS = /(?<![\d,.])0,\d{2,}(?![\d,])/;

/** A number as English has it. */
const POINT = /(?<![\w.,])\d+\.\d/;

/** Numbers as they are written where commas stand before decimals: `100.480`, `1.234,5`, `0,25`. */
const NUMBERS = /(?<![\d,.])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![\d,]|\.\d)/g;

/** `0{,}25`, in LaTeX; `12{,}345` is a number with thousands. */
const IN_LATEX = /(?<![\d,.}])(\d+)\{,\}(\d+)(?!\d|\{,\})/g;

/**
 * A text in which decimals stand behind points and thousands behind commas, as long as it was: all places stay where they are. Only a text that
 * has commas before its decimals and no points is changed.
 */
export function withDecimalPoints(text: string): string {
  const latex = text.includes("{,}")
    ? text.replace(IN_LATEX, (all, before: string, behind: string, at: number) => {
        if (behind.length === 3 && before !== "0") return all;
        const number = `${before}.${behind}`;
        // A space right behind a dollar would make it one of money.
        return text[at - 1] === "$" ? number.padEnd(all.length) : number.padStart(all.length);
      })
    : text;
  const isEnglish = !DECIMALS.test(latex) || POINT.test(latex.replace(/\d{1,3}(?:\.\d{3})+(?!\d)/g, ""));
  if (isEnglish) return latex;
  return latex.replace(NUMBERS, (all, at: number) => {
    const isPair = /[([{]/.test(latex[at - 1] ?? "") && /[)\]}]/.test(latex[at + all.length] ?? "");
    return isPair ? all : all.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
  });
}
