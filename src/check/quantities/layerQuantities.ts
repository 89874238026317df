import { opNamed } from "../../core/ops/index.js";
import type { Quantity, Role } from "./quantity.js";

const conv = opNamed("Conv2d");
const pool = opNamed("MaxPool2d");

const SIZE: Role = {
  letters: /^(?:[WHNniIwhLMx]|[WHNnIiLwh]_?(?:in|i|1|0|H|W|h|w|x|\(?l-1\)?|old|input)|in|input|size)$/,
  words: /(?:input|image|feature map)(?:'s)?(?: \w+)? ?(?:size|width|height|length|dimension)?|width|height/i,
};
const KERNEL: Role = {
  letters: /^(?:[KkfFRmr]|[KkfF]_?(?:h|w|H|W|1|l|size)|kernel|filter)$/,
  words: /(?:kernel|filter|window|pool\w*)s?(?:'s)? ?(?:size|width|height|length)?/i,
};
const PADDING: Role = { letters: /^(?:[Pp]|[Pp]_?(?:h|w|H|W|l|1)|pad|padding)$/, words: /padding/i, otherwise: "0" };
const STRIDE: Role = { letters: /^(?:[Ss]|[Ss]_?(?:h|w|H|W|l|1)|stride)$/, words: /strides?/i, otherwise: "1" };
const DILATION: Role = { letters: /^(?:[Dd]|dilation)$/, words: /dilation/i, otherwise: "1" };
const FILTERS: Role = {
  letters: /^(?:[FKNMnmkOoℓDC]|[CcDdnNFf]_?(?:out|o|2|f|F|c|l|\(?l\)?)|out|filters|N_f|n_f)$/,
  words: /filters|kernels|output channels|feature maps|out_channels/i,
};
const CHANNELS: Role = {
  letters: /^(?:[CcDdMmnI]|[CcDdnN]_?(?:in|i|1|0|l-1|prev|\(?l-1\)?)|in|channels)$/,
  words: /(?:input )?(?:channels|depth)|in_channels/i,
};

/** A formula of the catalogue in the letters of its roles, with what the layer's other letters stand for. */
function said(formula: string, extent = "(D*(K - 1) + 1)"): string {
  return formula
    .replaceAll("prod(K)", "K^2")
    .replaceAll("prod(O)", "O^2")
    .replaceAll("C/G", "C")
    .replaceAll(/\bbias\b/g, "1")
    .replaceAll(/\bT\b/g, "2P")
    .replaceAll(/\bE\b/g, extent);
}

/** The last branch of a choice, which is what holds where nothing else is said. */
const plainBranch = (formula: string): string => formula.split(" : ").at(-1) ?? formula;

/** The same without the brackets that round, which is meant for sizes that divide. */
const undivided = (formula: string): string => formula.replace(/(?:floor|ceil)\(/, "(");

/** The mistakes of a layer as formulas, of one kind. */
const mistakesOf = (op: typeof conv, kind: "axis" | "params"): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (op?.mistakes ?? []).flatMap(({ say, [kind]: formula }) => {
      const own = formula ? said(formula, "K") : "";
      // Without the kernel it may be another way to pad, which keeps the size.
      if (!/\bK\b/.test(own) || /[{?]|\b[Ojr]\b/.test(own)) return [];
      return [own, ...(own.startsWith("floor(") ? [undivided(own)] : [])].map((f) => [f, say]);
    }),
  );

/** What the catalogue says of a mistake, by its formula there. */
const sayOf = (op: typeof conv, kind: "params" | "field", formula: string): string =>
  op?.mistakes?.find((m) => m[kind] === formula)?.say ?? "";

const DOUBLED = sayOf(pool, "field", "2*r");

const sizes = conv?.output;
const size = plainBranch((typeof sizes === "object" ? sizes.at(-1) : "") ?? "");
const outputSize = said(size, "K");

/** A square of such a side, for each of the filters. */
const squared = (side: string): string => `(${side})^2*F`;

const params = said(conv?.params ?? "");
const WINDOW = { I: SIZE, K: KERNEL, P: PADDING, S: STRIDE, D: DILATION };
const COUNT = { F: FILTERS, K: { ...KERNEL, letters: /^(?:[Kkfmr]|[Kkf]_?(?:h|w|H|W)|kernel|filter)$/ }, C: CHANNELS };

/** The quantities of convolutions and pooling, as the catalogue of layers has them. */
export const layerQuantities: readonly Quantity[] = [
  {
    name: "the output size of a convolution or pooling window",
    symbol:
      /^(?:[WHNLnOohwDdIi]_?(?:out|o|new|next|2|output)|[WHLNnOohw]′|out|[OoMm]|W_O|H_O|n_(?:H|W)|output_size|out_size)$/,
    words:
      /(?:output|out|feature map|result)[\w\s-]* (?:size|width|height|length|dimension)s?|(?:size|width|height) of the output/i,
    formulas: [outputSize, undivided(outputSize), said(size), undivided(said(size))],
    roles: WINDOW,
    mistakes: { ...mistakesOf(pool, "axis"), ...mistakesOf(conv, "axis") },
  },
  {
    name: "the size of a convolution's output with all its channels",
    words:
      /(?:output|result|volume|feature maps?)(?! ?(?:size|width|height|length|dim|feature))|gives?|yields?|produces?|becomes?|→/i,
    about: /filter|kernel/i,
    unless: /param|weight|cost|FLOP|MAC|multipl|depth-?wise|transpos/i,
    formulas: [outputSize, undivided(outputSize), said(size), undivided(said(size))].map(squared),
    roles: { ...WINDOW, F: FILTERS },
    mistakes: Object.fromEntries(Object.entries(mistakesOf(conv, "axis")).map(([f, say]) => [squared(f), say])),
  },
  {
    name: "the number of parameters of a convolution",
    symbol: /^(?:params|parameters|n_params|N_params|P_(?:conv|total)|#params)$/,
    words:
      /(?:(?:number|count|total)[\w\s]* of )?(?:learnable |trainable )?(?:parameters|params)|weights (?:and|\+|plus) biases/i,
    about: /conv|filter|kernel/i,
    unless:
      /gr[ae]y|(?:single|one|1)[- ]channel|without (?:a )?bias|no bias|bias\s*=\s*False|fully|dense|linear|lstm|gru|attention|batch|depth-?wise|separable|group|pointwise/i,
    formulas: [params],
    roles: COUNT,
    mistakes: mistakesOf(conv, "params"),
  },
  {
    name: "the number of weights of a convolution",
    symbol: /^(?:weights|n_weights|N_weights)$/,
    words: /(?:(?:number|count|total)[\w\s]* of )?weights/i,
    about: /conv|filter|kernel/i,
    unless: /gr[ae]y|(?:single|one|1)[- ]channel|fully|dense|linear|lstm|gru|attention|depth-?wise|separable|group/i,
    formulas: ["F*K^2*C"],
    roles: COUNT,
    mistakes: {
      "F*K^2": sayOf(conv, "params", "F*(prod(K) + bias)"),
      "F*K^2*F": sayOf(conv, "params", "F*(prod(K)*F + 1)"),
      "F*K*C": "the kernel has two sides",
    },
  },
  {
    name: "the receptive field of L convolutions with stride 1",
    symbol: /^(?:RF|R|r|RF_L|R_L|r_L|RF_old|receptive_field)$/,
    words: /receptive field[\w\s]*/i,
    about: /receptive/i,
    unless: /pool|stride\s*(?:of |=\s*)?[2-9]|dilat|\b(?:one|a single|first|each|per|every|1) (?:conv\w*|layer)/i,
    formulas: ["1 + L*(K - 1)"],
    roles: {
      L: { letters: /^[Lnlm]$/, words: /layers|convolutions|depth/i },
      K: { ...KERNEL, letters: /^[Kkf]$/ },
    },
    mistakes: {
      "L*K": "K counted where K − 1 belongs: windows of neighbouring layers overlap",
      K: "only one layer's window counted: what the layers before see belongs to it",
      "L*(K - 1)": "the first cell left out",
      "K^L": "multiplied; each layer adds K − 1",
    },
  },
  {
    name: "the receptive field behind a 2×2 pooling with stride 2",
    symbol: /^(?:RF|R|r|RF_new|R_new|RF_pool|RF′|R′)$/,
    words: /receptive field[\w\s]*/i,
    about: /receptive[\s\S]*pool|pool[\s\S]*receptive|RF[\s\S]*pool|pool[\s\S]*RF/i,
    unless: /dilat|3\s*(?:×|x|\\times)\s*3 pool/i,
    formulas: ["K + (K - 1)*(L - 1) + 1", "R + 1"],
    roles: {
      L: { letters: /^[Lnlm]$/, words: /layers|convolutions|depth/i },
      K: { ...KERNEL, letters: /^[Kkf]$/ },
      R: { letters: /^(?:RF_(?:old|L|conv)|R_(?:old|L)|r_(?:old|L)|RF|R|r)$/ },
    },
    mistakes: {
      "2*(K + (K - 1)*(L - 1))": DOUBLED,
      "2*R": DOUBLED,
      "K + (K - 1)*(L - 1)": "pooling left out: its window counts, too",
    },
  },
  {
    name: "the number of learned parameters of batch norm",
    words: /batch[- ]?norm[^.;]*/i,
    behind: /^[\s$)\\]*(?:train|learn)\w* param/i,
    unless: /running|moving|statistic|conv|total|keras|of which/i,
    formulas: ["2*C"],
    roles: { C: { letters: /^[CcFdnNDK]$/ } },
    mistakes: { "4*C": "the running statistics counted, which are not learned" },
  },
];
