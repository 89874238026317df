/** A number with a comma before its decimals that is no list of two: `0,25`, and what a calculation comes to: `37/40 = 0,9`. */
const DECIMALS = /(?<![\d,.])0,\d{2,}(?![\d,])|[\d)]\s*[=≈]\s*\d+,(?!\d{3}(?!\d))\d+(?![\d,]|\.\d)/;

/** A number as English has it. */
const POINT = /(?<![\w.,])\d+\.\d/;

/** Numbers as they are written where commas stand before decimals: `100.480`, `1.234,5`, `0,25`. */
const NUMBERS = /(?<![\d,.])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![\d,]|\.\d)/g;

/** `0{,}25`, in LaTeX; `12{,}345` is a number with thousands. */
const IN_LATEX = /(?<![\d,.}])(\d+)\{,\}(\d+)(?!\d|\{,\})/g;

/** What can only be decimals, and only thousands, behind commas in braces. */
const LATEX_DECIMALS = /(?<![\d,.}])(?:0\{,\}\d|\d+\{,\}(?!\d{3}(?!\d))\d)/;
const LATEX_THOUSANDS = /\d\{,\}\d{3}(?:\{,\}\d{3}|\.\d)|(?<![\d.])[1-9]\d{0,2}\{,\}000(?!\d)/;

/**
 * A text in which decimals stand behind points and thousands behind commas, as long as it was: all places stay where they are. Only a text that
 * has commas before its decimals and no points is changed.
 */
export function withDecimalPoints(text: string): string {
  // What stands in braces says nothing of the numbers around.
  const plain = text.includes("{,}") ? text.replace(IN_LATEX, "") : text;
  const isEnglish = !DECIMALS.test(plain) || POINT.test(plain.replace(/\d{1,3}(?:\.\d{3})+(?!\d)/g, ""));
  const typed = isEnglish
    ? text
    : text.replace(NUMBERS, (all, at: number) => {
        const isPair = /[([{]/.test(text[at - 1] ?? "") && /[)\]}]/.test(text[at + all.length] ?? "");
        return isPair ? all : all.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));
      });
  return typed.includes("{,}") ? withoutBraces(typed) : typed;
}

function withoutBraces(text: string): string {
  const areDecimals = LATEX_DECIMALS.test(text) && !LATEX_THOUSANDS.test(text);
  return text.replace(IN_LATEX, (all, before: string, behind: string, at: number) => {
    if (behind.length === 3 && before !== "0" && !areDecimals) return all;
    const number = `${before}.${behind}`;
    // A space right before a dollar would make it one of money.
    return text[at + all.length] === "$" ? number.padStart(all.length) : number.padEnd(all.length);
  });
}
