import { countOf, inWords, isPlain, PADDING, STRIDE, WINDOW } from "./plainWords.js";

/** What a layer learns: its weights, and how many biases it has where it has any. */
export interface LearnedCounts {
  readonly weights: number;
  readonly biases: number;
}

const FROM =
  "from (?:an? )?(?:COUNT|SIZE) (?:input )?(?:channels |feature maps |inputs |features |units |neurons )?(?=to\\b)";
const CHANNELS_IN = inWords(
  `COUNT[- ]input (?:channels?|feature maps|maps)|COUNT input(?= and\\b)|COUNT[- ]channels? (?:input|image|volume)|input channels?(?: is| of| ?=)? ?COUNT|${FROM}`,
);
const CHANNELS_OUT = inWords(
  "COUNT (?:(?:\\d+ ?[×x] ?)+\\d+ )?(?:filters|kernels|output (?:channels?|feature maps|maps))|\\bto COUNT (?:output )?(?:channels|filters|feature maps)|output channels?(?: is| of| ?=)? ?COUNT",
);
const FEATURES_IN = inWords(`(?:COUNT|SIZE) (?:inputs|input (?:features|units|neurons|nodes|values))|${FROM}`);
const FEATURES_OUT = inWords(
  "COUNT (?:outputs|output (?:features|units|neurons|nodes)|units|neurons|classes)|\\bto COUNT(?: (?:outputs|output (?:features|units|neurons)|units|neurons|classes|features))?",
);
const DENSE = /\b(?:fully[- ]connected|dense|linear|FC)(?: layer)?\b/gi;
const ONE_FILTER = inWords("\\b(?:each|every|one|a|a single) (?:SIZE )?(?:filter|kernel)\\b");
const VOLUME = inWords("SIZE");

/** The product of the numbers in each place that a pattern finds; undefined where they differ or there is none. */
function productOf(pattern: RegExp, text: string): number | undefined {
  const found = [...text.matchAll(pattern)].map((match) =>
    match
      .slice(1)
      .filter(Boolean)
      .map(countOf)
      .reduce((a, b) => a * b, 1),
  );
  return new Set(found).size === 1 ? found[0] : undefined;
}

/** Numbers of a text that stand in none of the patterns. */
const without = (text: string, patterns: readonly RegExp[]): string =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, " "), text);

/** The parameters of the one convolution or linear layer that a text describes in plain words; undefined where it says more or less. */
export function layerInWords(text: string): LearnedCounts | undefined {
  return denseInWords(text) ?? convolutionInWords(text);
}

function denseInWords(text: string): LearnedCounts | undefined {
  const rest = without(text, [DENSE, FEATURES_IN, FEATURES_OUT]);
  if ([...text.matchAll(DENSE)].length !== 1 || /\d/.test(rest) || !isPlain(rest)) return undefined;
  const [from, to] = [productOf(FEATURES_IN, text), productOf(FEATURES_OUT, text.replace(FEATURES_IN, " "))];
  return from && to ? { weights: from * to, biases: to } : undefined;
}

function convolutionInWords(text: string): LearnedCounts | undefined {
  const rest = without(text, [CHANNELS_IN, CHANNELS_OUT, ONE_FILTER, WINDOW, STRIDE, PADDING, VOLUME]);
  const windows = [...text.matchAll(WINDOW)];
  const [k, l, depth] = windows[0]?.slice(1).filter(Boolean).map(Number) ?? [];
  if (windows.length !== 1 || !k || !l || /pool/i.test(text) || /\d/.test(rest) || !isPlain(rest)) return undefined;
  const [input, ...more] = [...without(text, [WINDOW, CHANNELS_OUT]).matchAll(VOLUME)];
  const given = [depth, productOf(CHANNELS_IN, text), input?.[3] && Number(input[3])].filter(Boolean);
  const to = productOf(CHANNELS_OUT, text) ?? (text.search(ONE_FILTER) >= 0 ? 1 : undefined);
  const [from] = given;
  if (!from || !to || new Set(given).size > 1 || more.length > 0) return undefined;
  return { weights: k * l * from * to, biases: to };
}
