import type { KeptStep } from "./stepCache.js";

/** A number of parameters, as it is written. */
export const COUNTED =
  /(?<![\d.,])(\d{1,3}(?:(?:,|\{,\})\d{3})+|\d{4,})\$? (?:(?:trainable|learnable) )?param(?:eter)?s\b/g;

/** Words with which other parameters may belong to a block, or some of them do not. */
const OTHER =
  /group|depth|separab|linear|dense|fully|shortcut|projection|squeeze|attention|layer norm|without (?!bias)|exclud|except|only|ignor|not |frozen|more|fewer/i;

/** The convolutions that a sentence speaks of, each as its kernel, its input channels and its filters. */
function convolutionsIn(text: string): readonly (readonly [number, number, number])[] {
  const kernels = [...text.matchAll(/(two )?\b(\d) ?(?:×|x|\\times) ?\2(?! ?[×x\\])/gi)].flatMap(([, two, k]) =>
    two ? [Number(k), Number(k)] : [Number(k)],
  );
  const chain = /\d+(?: ?(?:→|->|\\to) ?\d+)+/.exec(text)?.[0].match(/\d+/g)?.map(Number);
  const [only = 0, ...more] = new Set([...text.matchAll(/(\d+) channels/g)].map(([, c]) => Number(c)));
  const sizes = chain ?? (only > 0 && more.length === 0 ? [only, ...kernels.map(() => only)] : []);
  return sizes.length === kernels.length + 1 ? kernels.map((k, i) => [k, sizes[i] ?? 0, sizes[i + 1] ?? 0]) : [];
}

/** The numbers of parameters that a text gives for blocks of convolutions that it describes in the same sentence. */
export function* blockCounts(text: string): Generator<KeptStep> {
  for (const { index, 0: plain, 1: count = "" } of text.matchAll(COUNTED)) {
    const near = text.slice(Math.max(0, index - 400), index);
    const sentence = (near.split(/[.!?;]\s|\n\s*\n|\n\s*(?:[-*#|]|\\item)/).at(-1) ?? "").replaceAll("$", "");
    const layers = OTHER.test(sentence) ? [] : convolutionsIn(sentence);
    const norm = /batch[- ]?norm|\bBN\b/i.test(sentence) ? 2 : 0;
    if (layers.length === 0 || (norm > 0 && !/each|every|both/i.test(sentence))) continue;
    const weights = layers.reduce((sum, [k, c, f]) => sum + k * k * c * f, 0);
    const filters = layers.reduce((sum, [, , f]) => sum + f, 0);
    const biases = /(?:without|no) bias/i.test(sentence) ? [0] : /bias/i.test(sentence) ? [1] : [1, 0];
    // How often the filters are counted besides their weights.
    const times = (Number(count.replace(/\D/g, "")) - weights) / filters;
    const isRight = biases.includes(times - norm);
    const isBare = norm > 0 && biases.includes(times);
    if (!isRight && !isBare && (times !== norm || norm === 0)) continue;
    const say = isRight ? "" : isBare ? "batch norm forgotten" : "the biases of the convolutions forgotten";
    const right = `${weights + ((biases[0] ?? 0) + norm) * filters}`;
    const span = { from: index, to: index + count.length };
    const quantity = { name: "the number of parameters of these layers", say, right };
    yield { answer: { verdict: isRight ? "right" : "wrong", how: "quantity", quantity, at: span }, span, plain };
  }
}
