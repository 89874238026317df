// Puts texts that are like each other beside each other, where compressing finds what they share.

/** Whether a text is words, of a sentence, and not the rest of a program. */
const isProse = (text) => /[a-z] [a-z]/.test(text);

/** The threes of signs that stand one behind the other in a text. */
const threes = (text) => new Set(Array.from({ length: Math.max(text.length - 2, 0) }, (_, i) => text.slice(i, i + 3)));

/** How much of two sets is common to both, from 0 to 1. */
function likeness(a, b) {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let common = 0;
  for (const each of few) if (many.has(each)) common++;
  return common / (a.size + b.size - common + 1);
}

/** Items in an order in which each is followed by the one of those left that is most like it. */
function chained(items) {
  const left = items.map((item) => ({ item, parts: threes(item[0]) }));
  const chain = left.splice(0, 1);
  while (left.length > 0) {
    const { parts } = chain.at(-1);
    let [best, at] = [-1, 0];
    for (const [i, other] of left.entries()) {
      const like = likeness(parts, other.parts);
      if (like > best) [best, at] = [like, i];
    }
    chain.push(...left.splice(at, 1));
  }
  return chain.map(({ item }) => item);
}

/** Pairs that begin with a text, those with like texts beside each other, prose first. */
export const besideTheirLike = (items) =>
  [true, false].flatMap((wanted) => chained(items.filter(([text]) => isProse(text) === wanted)));
