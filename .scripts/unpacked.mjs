// Reads back the texts that the build packs; it runs once, where a program begins.
import { BASE, DIGITS } from "./digits.mjs";
import { unpackedBytes } from "./lzma.mjs";

/** What stands before a pattern's flags and its text. */
export const PATTERN = "\x01";

const made = (text) => {
  if (text[0] !== PATTERN) return text;
  const slash = text.indexOf("/");
  return RegExp(text.slice(slash + 1), text.slice(1, slash));
};

/** The texts that were packed into one, in pairs of digits that stand for 13 bits each, the patterns among them made; `size` is how many bytes
 * they take. */
export function unpacked(packed, size) {
  const bytes = [];
  let [bits, count] = [0, 0];
  for (let at = 0; at < packed.length; at += 2) {
    bits |= (DIGITS.indexOf(packed[at]) * BASE + DIGITS.indexOf(packed[at + 1])) << count;
    for (count += 13; count > 7; count -= 8) {
      bytes.push(bits & 255);
      bits >>= 8;
    }
  }
  const text = new TextDecoder().decode(unpackedBytes(bytes, size));
  return text.split("\0").map(made);
}
