import { isFunction } from "../../core/math/functions.js";
import type { Token } from "./token.js";

/** Words and signs of calculations that are not read here, behind which the rest says something else. */
const UNREAD = /^(?:[@⊛∘∪∩⊕⊗∧∨÷∖√]|minus|plus|times|div|mod|over|choose|per|x)$/i;

/** Units of numbers that go on: hours before minutes, thousands before a product. */
const UNIT =
  /^(?:[hdsmgkKMGTB]|hrs?|hours?|min|minutes?|days?|weeks?|years?|sec|seconds?|Std|Stunden?|[kKMG]i?B|thousand|[mb]illion|ft|k[mg])$/;

/** Whether a calculation that begins at a token began before it, in a way that is not read: `2 h 15 min = 135 min`, `1 + … + 9 = 45`. */
export function isCutBefore(tokens: readonly Token[], first: number): boolean {
  const [earlier, before, token, next, behind] = [-2, -1, 0, 1, 2].map((i) => tokens[first + i]);
  if (!before || !token) return false;
  const gap = token.from - before.to;
  const startsWithSign = /^[-+*·×/^]$/.test(token.text);
  const isDash = next?.text === "-" && next.from > token.to && behind !== undefined && behind.from > next.to;
  if (before.kind === "word")
    return (
      UNREAD.test(before.text) ||
      // cos 60
      (isFunction(before.text) && token.kind === "number") ||
      // 25.6 M · 4, 2 h 15 min, 1 hour and 30 minutes
      ((startsWithSign || token.kind === "number") &&
        isCounted(tokens, before.text === "and" ? first - 2 : first - 1)) ||
      // Step 2 – 3·4
      (token.kind === "number" && gap === 1 && isDash)
    );
  // 25.6 M + 3
  if (before.kind === "number") return UNIT.test(token.text) && gap <= 1 && /^[-+*·×/]$/.test(next?.text ?? "");
  return (
    (UNREAD.test(before.text) && earlier !== undefined) ||
    // 10 : 2 + 1
    (before.text === ":" && earlier?.kind === "number" && before.from > earlier.to && token.kind === "number") ||
    (/^[.…]$/.test(before.text) && startsWithSign) ||
    (/^[)\]]$/.test(before.text) && token.text === "x")
  );
}

/** Whether a word is the unit of the number before it. */
const isCounted = (tokens: readonly Token[], at: number): boolean =>
  UNIT.test(tokens[at]?.text ?? "") && tokens[at - 1]?.kind === "number";

/** Whether both sides are nothing but a list in brackets, before which a word says what is made of the one: `reshape (2,3) = (3,2)`. */
export function isMadeOf(tokens: readonly Token[], first: number, last: number): boolean {
  const own = tokens.slice(first, last + 1).map((t) => t.text);
  const isList = /^[[(][\d,.[\]()-]*=[[(][\d,.[\]()-]*$/;
  // [1, 2] x [3, 4]
  return (tokens[first - 1]?.kind === "word" && isList.test(own.join(""))) || /[)\]]x[[(]/.test(own.join(""));
}
