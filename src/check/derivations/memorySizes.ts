import { COUNTED } from "./blockCounts.js";
import type { KeptStep } from "./stepCache.js";

/** A size in bytes, as it is written. */
const SIZE = /(?<![\w.,]|[-+*/=×·] ?)(\d[\d,]*(?:\.\d+)?)\$?(?:~| |\\,|\\text\{ ?)*([KMG])(i?)B\b(?!\/)/g;

/** The bytes of a number, by the words for its type. */
const TYPES: readonly (readonly [bytes: number, words: RegExp])[] = [
  [1, /int8|\b8[- ]bit/i],
  [2, /float16|fp16|half|16[- ]bit|\b2 bytes/i],
  [4, /float32|fp32|single|32[- ]bit|\b4 bytes/i],
  [8, /float64|fp64|double|64[- ]bit|\b8 bytes/i],
];

/** Words with which there is more to be held than the parameters, or less. */
const OTHER =
  /activat|gradient|optim|adam|moment|sgd|batch|image|train|total|peak|file|disk|zip|compress|gpu|cache|input|feature|without|exclud|only|(?<!bytes )(?:\bper\b|each)|quanti|prun|layer|time|than|\bnot\b|less|more|about|save|overhead|buffer/i;

/** A text between the blank lines around an offset. */
export function paragraphAt(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - 600), at);
  return `${near.slice(near.lastIndexOf("\n\n") + 1)}${text.slice(at, at + 400).split(/\n\s*\n/)[0]}`;
}

/** What a text says of the memory that parameters take. */
export function* memorySizes(text: string): Generator<KeptStep> {
  for (const { index, 0: plain, 1: written = "", 2: letter = "", 3: binary = "" } of text.matchAll(SIZE)) {
    const paragraph = paragraphAt(text, index);
    const [count, ...others] = new Set(
      [...paragraph.matchAll(COUNTED)].map(([, n = ""]) => Number(n.replace(/\D/g, ""))),
    );
    const types = TYPES.filter(([, words]) => words.test(paragraph)).map(([bytes]) => bytes);
    if (count === undefined || others.length > 0 || types.length > 1) continue;
    const isOther = OTHER.test(paragraph);
    const [bytes = 4] = types;
    const value = Number(written.replaceAll(",", ""));
    const digit = 10 ** -(written.split(".")[1]?.length ?? 0);
    const power = "KMG".indexOf(letter) + 1;
    const units = binary ? [1024 ** power] : [1000 ** power, 1024 ** power];
    const sizes = (isOther ? [1, 2, 3, 4] : [1]).flatMap((times) =>
      units.map((unit) => ({ times, unit, size: (count * bytes * times) / unit })),
    );
    const found = sizes.find(({ size }) => Math.abs(size - value) < digit);
    const isFar = types.length === 1 && !isOther && sizes.every(({ size }) => Math.abs(size / value - 1) > 0.05);
    if (!found && !isFar) continue;
    const { times, unit } = found ?? { times: 1, unit: units[0] };
    const say = [
      `${bytes} bytes for each of them`,
      ...(times > 1 ? [`${times} times over`] : []),
      ...(unit === units[1] ? [`where 1 ${letter}B is ${unit} bytes`] : []),
    ].join(", ");
    const right = `${Math.round((sizes[0]?.size ?? 0) * 10) / 10} ${letter}${binary}B`;
    const quantity = { name: "the memory of these parameters", say, right };
    const span = { from: index, to: index + written.length };
    const verdict = !found ? "wrong" : found.size === value ? "right" : "rounded";
    yield {
      answer: { verdict, how: "quantity", quantity, at: span },
      span: { from: index, to: index + plain.length },
      plain,
    };
  }
}
