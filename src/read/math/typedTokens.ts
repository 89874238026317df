import type { Stretch } from "../document/written.js";
import type { Token } from "./token.js";

/** Signs of two or more characters, the longest first. */
const LONG: readonly (readonly [RegExp, string])[] = [
  [/^(?:=>|⟹)/, "⇒"],
  [/^(?:<=>|⟺)/, "⇔"],
  [/^->/, "→"],
  [/^<=/, "≤"],
  [/^>=/, "≥"],
  [/^!=/, "≠"],
  [/^:=/, ":="],
  [/^==/, "="],
  [/^~=/, "≈"],
  [/^\*\*/, "^"],
  [/^\|\|/, "‖"],
];

const SAME: Readonly<Record<string, string>> = { "−": "-", "–": "-", "∙": "·", "⋅": "·", "∗": "*", "∑": "Σ", "∏": "Π" };

/** A number, also with commas between the thousands: behind one of them a further comma belongs to the sentence, if words follow. */
const NUMBER = /^(?:\d{1,3}(?:,\d{3})+(?!\d|,(?!\s+\p{L}{2}))|\d+)(?:\.\d+)?(?:[eE][+-]?\d+(?![\w.]))?|^\.\d+/u;

/** The tokens of mathematics that is typed as text. */
export function typedTokens(source: string, { from, to }: Stretch): readonly Token[] {
  const tokens: Token[] = [];
  let i = from;
  while (i < to) {
    const rest = source.slice(i, Math.min(to, i + 60));
    const number = NUMBER.exec(rest);
    const cross = /^x(?=\d)/.exec(rest) && /\d$/.test(source.slice(Math.max(from, i - 1), i));
    const word = /^[\p{L}](?:[\p{L}\p{M}\d]|_(?=[\p{L}\d]))*/u.exec(rest);
    const long = LONG.find(([sign]) => sign.test(rest));
    const c = rest[0] ?? "";
    if (/\s/.test(c)) i++;
    else if (cross) {
      tokens.push({ kind: "sign", text: "×", from: i, to: i + 1 });
      i++;
    } else if (number) {
      tokens.push({ kind: "number", text: number[0], from: i, to: i + number[0].length });
      i += number[0].length;
    } else if (long) {
      const length = long[0].exec(rest)?.[0].length ?? 1;
      tokens.push({ kind: "sign", text: long[1], from: i, to: i + length });
      i += length;
    } else if (word && !/^[ᵀⁿ]/.test(c)) {
      const text = /^[^ᵀⁿ]*/.exec(word[0])?.[0] ?? word[0];
      tokens.push({ kind: "word", text, from: i, to: i + text.length });
      i += text.length;
    } else {
      tokens.push({ kind: "sign", text: SAME[c] ?? c, from: i, to: i + 1 });
      i++;
    }
  }
  return tokens;
}
