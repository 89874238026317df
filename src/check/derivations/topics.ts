import type { KeptStep } from "./stepCache.js";

/**
 * What claims are about, as a course calls it, each with what says so: the quantity that is given, how it was decided, or the names in it. The
 * first that fits.
 */
const TOPICS: readonly (readonly [topic: string, signs: RegExp])[] = [
  ["Convolution of sequences", /^sequences/],
  ["Matrix products and their cost", /^cost| ∈ /],
  ["Memory", /^bytes|memory|keeps besides/],
  ["Dropout and least squares", /^least|Γ|R ⊙|⊙ X/],
  ["Receptive field", /receptive field|\bRF/],
  ["Batch norm", /batch norm/],
  ["Output sizes and parameters", /output size|output with|number of (?:par|wei)|⌊.*⌋ \+ 1|⌈.*⌉ \+ 1|_out = /],
  ["Equivariance", /does not see/],
  ["Gradients of pooling", /pooling hand/],
  ["Convolution as a matrix", /matrix of a convolution|[XYxy]\u0303/],
  ["Update rules", /_\{?\(?t ?\+ ?1|:=.*[ηα]|^[^:]*: [wmvθ]′|([wθ])_1 (?:= )?\1_0 −/],
  ["Gradients of a convolution", /by the input|^convolution.*(?:∂|\bd[XxWwYy])/],
  ["2-D convolution", /^convolution/],
  [
    "Unit scaling",
    /keeps the variance|of the weights|of an output|largest|rank 1|orthogonal|of a gradient|‖|RMS|d_in|d_out/,
  ],
  ["Mean and variance", /\b(?:E|Var|std|Cov)[([]|gradient under|σ_[xg]/],
  ["Counting and probability", /^time|rounded (?:up|down)|equivalence|1 − (?:p|0\.\d+)\^|\b(?:ln|log)\(1 −|\bP\(/],
  ["Backpropagation", /∂[Lℓ]|\bd[WbLl]|[δaszbW]_\d|ŷ|ReLU|layers? before|values that are written/],
  ["Derivatives", /∂|∇|′\(|tanh|d\/d|σ\(/],
];

/** What a claim is about, in the words of a course. */
export function topicOf({ answer: { as, how, quantity, mistake, misfit, shapes }, plain, of = "" }: KeptStep): string {
  const taken = as ?? (misfit || shapes ? "cost" : how);
  const said = `${taken}, ${quantity?.name} ${quantity?.say} ${mistake}: ${of} ${plain}`;
  return TOPICS.find(([, signs]) => signs.test(said))?.[0] ?? "Other equations";
}
