import type { Stretch } from "../document/written.js";
import { LETTERS, MARKS } from "./latexSigns.js";
import type { Token } from "./token.js";

/** Signs of two or more characters, the longest first. */
const LONG: readonly (readonly [RegExp, string])[] = [
  [/^(?:=>|⟹)/, "⇒"],
  [/^(?:<=>|⟺)/, "⇔"],
  [/^->/, "→"],
  [/^<=/, "≤"],
  [/^>=/, "≥"],
  [/^!=/, "≠"],
  [/^(?::=|←)/, ":="],
  [/^==/, "="],
  [/^~=/, "≈"],
  [/^\*\*/, "^"],
  [/^\|\|/, "‖"],
];

const SAME: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "∙": "·",
  "⋅": "·",
  "∗": "*",
  "∑": "Σ",
  "∏": "Π",
  "′": "'",
};

/** A number, also with commas between the thousands: behind one of them a further comma belongs to the sentence, if words follow. */
const NUMBER = /^(?:\d{1,3}(?:,\d{3})+(?!\d|,(?!\s+\p{L}{2}))|\d+)(?:\.\d+)?(?:[eE][+-]?\d+(?![\w.]))?|^\.\d+/u;

const WORD = /^[\p{L}](?:[\p{L}\p{M}\d₀-₉]|_(?=[\p{L}\d]))*/u;

/** A letter, spelled out or with a mark, and its index. */
const LETTER = String.raw`(?:${Object.keys(LETTERS).join("|")}|\p{L}(?:_?hat|\p{M})?)(?:[₀-₉]+|_?\d+|_\p{L}+)?`;

/** `dL/dW`, `∂y/∂x_1`, and `d/dx` before what it derives. */
const DERIVATIVE = new RegExp(
  `^(?:d((?:[Ll]oss|[Cc]ost|${LETTER})?)/d|∂(${LETTER}|)/∂)(${LETTER})(?![\\p{L}\\p{M}\\d_²³^])`,
  "u",
);

/** A name as it is written with signs: `sigma_x`, `yhat`, `W₁`. `that` and `what` are words. */
function nameOf(word: string): string {
  const [, letter = word, hat = "", index = ""] = /^(\p{L}+?\p{M}*)(_?hat)?([_\d₀-₉].*)?$/u.exec(word) ?? [];
  const own = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : letter;
  const isMarked = hat !== "" && !/^[twc]$/i.test(letter);
  return `${own}${isMarked ? MARKS["hat"] : hat}${index}`.replace(
    /[₀-₉ₐ-ₜᵢⱼ]+/g,
    (digits) => `_${digits.normalize("NFKD")}`,
  );
}

/** What a calculation comes to, with commas between the thousands: a further comma with a space behind it belongs to the sentence. */
const RESULT = /^\d{1,3}(?:,\d{3})+(?=,\s)/;

/** A number behind a sign with spaces between its thousands, as in much of Europe. */
const SPACED = /^\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d.]?\d)/;

/** What NumPy and PyTorch make a matrix of, as far as the bracket. */
const ARRAY = /^(?:np|numpy|torch)\.(?:as)?(?:array|tensor|matrix)\((?=\s*\[)/;

/** The tokens of mathematics that is typed as text. */
export function typedTokens(source: string, { from, to }: Stretch): readonly Token[] {
  const tokens: Token[] = [];
  let i = from;
  const add = (kind: Token["kind"], text: string, length: number): void => {
    tokens.push({ kind, text, from: i, to: i + length });
    i += length;
  };
  while (i < to) {
    const rest = source.slice(i, Math.min(to, i + 60));
    const isBehindSign = /^(?:[=≈+*·×∙⋅/]|-)$/.test(tokens.at(-1)?.text ?? "");
    const isResult = /^[=≈]$/.test(tokens.at(-1)?.text ?? "") && /[\d)]/.test(tokens.at(-2)?.text ?? "");
    const number =
      (isBehindSign && SPACED.exec(rest)?.[0]) || (isResult && RESULT.exec(rest)?.[0]) || NUMBER.exec(rest)?.[0];
    const [word] = /^[^ᵀⁿ]+/.exec(WORD.exec(rest)?.[0] ?? "") ?? [];
    const isInside = i > from && /[\p{L}\d_/∂]/u.test(source[i - 1] ?? "");
    const derivative = isInside ? null : DERIVATIVE.exec(rest);
    const long = LONG.find(([sign]) => sign.test(rest));
    const c = rest[0] ?? "";
    if (/\s/.test(c)) i++;
    else if (derivative) {
      const [all, above = "", upper = above, below = ""] = derivative;
      // As LaTeX has it: \frac{dL}{dW}.
      const parts = ["{", c, nameOf(upper), "}", "{", c, nameOf(below)].filter((text) => text !== "");
      add("command", "frac", 0);
      for (const text of parts) add(/[{}]/.test(text) ? "sign" : "word", text, 0);
      add("sign", "}", all.length);
    } else if (ARRAY.test(rest)) add("sign", "(", ARRAY.exec(rest)?.[0].length ?? 1);
    else if (/^\.T(?!\w)/.test(rest) && /[\p{L}\p{M}\d\])]/u.test(source[i - 1] ?? "")) add("sign", "ᵀ", 2);
    else if (c === "@" && /[\s\])]/.test(source[i - 1] ?? "") && /^@[\s[(]/.test(rest)) add("sign", "·", 1);
    else if (c === "x" && /^\d(?:x\d| x \d)/.test(source.slice(Math.max(from, i - (rest[1] === " " ? 2 : 1)), i + 3)))
      add("sign", "×", 1);
    else if (/[¼-¾⅓⅔⅛]/.test(c)) {
      const [above = "", below = ""] = c.normalize("NFKD").split("⁄");
      const whole = tokens.at(-1)?.kind === "number" && tokens.at(-1)?.to === i ? tokens.pop() : undefined;
      add("sign", "(", 0);
      // 1½
      if (whole) tokens.push(whole, { kind: "sign", text: "+", from: i, to: i });
      add("number", above, 0);
      add("sign", "/", 0);
      add("number", below, 0);
      add("sign", ")", 1);
    } else if (number) add("number", number.replace(/\s/g, ""), number.length);
    else if (long) add("sign", long[1], long[0].exec(rest)?.[0].length ?? 1);
    else if (/^(?:sum|prod)_\{/.test(rest)) add("sign", c === "s" ? "Σ" : "Π", rest.indexOf("_"));
    else if (word) add("word", nameOf(word), word.length);
    else add("sign", SAME[c] ?? c, 1);
  }
  return tokens;
}
