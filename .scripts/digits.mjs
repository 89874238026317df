// Signs that take one byte in a program's text and need no backslash there.

/** The digits, of which two say 13 bits: there are 91, and 91² is more than 2¹³. */
export const DIGITS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  .join("")
  .replace(/["\\$`]/g, "");

/** How many digits there are. */
export const BASE = DIGITS.length;

/** Bytes as digits; what is left over at the end is nought. */
export function inDigits(bytes) {
  let [text, bits, count] = ["", 0, 0];
  const put = () => {
    const pair = bits & 8191;
    text += DIGITS[Math.floor(pair / BASE)] + DIGITS[pair % BASE];
    bits >>= 13;
    count -= 13;
  };
  for (const byte of bytes) {
    bits |= byte << count;
    count += 8;
    if (count > 12) put();
  }
  if (count > 0) put();
  return text;
}
