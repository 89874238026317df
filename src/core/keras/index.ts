import { add } from "../dims/dim.js";
import type { Applied } from "../layer/apply.js";
import type { Op, Size } from "../layer/op.js";
import { attention } from "./attention.js";
import { conv } from "./conv.js";
import { convLstm } from "./convLstm.js";
import { convTranspose } from "./convTranspose.js";
import { dense } from "./dense.js";
import { depthwiseConv } from "./depthwiseConv.js";
import { embedding } from "./embedding.js";
import { flatten } from "./flatten.js";
import { merge } from "./merge.js";
import { normalization } from "./normalization.js";
import { padding } from "./padding.js";
import { pooling } from "./pooling.js";
import { prelu } from "./prelu.js";
import { recurrent } from "./recurrent.js";
import { reshape } from "./reshape.js";
import { resizing } from "./resizing.js";
import { sameShape } from "./sameShape.js";

/** Every layer of keras.layers that takes tensors to tensors; wrappers are made around them. */
export const kerasOps: readonly Op[] = [
  ...dense,
  ...conv,
  ...convTranspose,
  ...depthwiseConv,
  ...pooling,
  ...flatten,
  ...reshape,
  ...padding,
  ...embedding,
  ...recurrent,
  ...convLstm,
  ...normalization,
  ...prelu,
  ...attention,
  ...merge,
  ...resizing,
  ...sameShape,
];

const byName = new Map(kerasOps.map((op) => [op.name, op]));

/** Keras's second names for its layers. */
const standardName = (name: string): string =>
  name
    .replace(/^(Separable)?Convolution(?=\dD)/, "$1Conv")
    .replace(/Pool(?=\dD)/, "Pooling")
    .replace("AvgPooling", "AveragePooling");

const pools = (prefix: string): readonly string[] =>
  ["Max", "Avg"].flatMap((kind) => [1, 2, 3].map((n) => `${prefix}${kind}Pool${n}D`));

/** The second names that Keras itself has. */
export const kerasSecondNames: readonly string[] = [
  ...pools(""),
  ...pools("Global"),
  ...["", "Separable"].flatMap((kind) => [1, 2, 3].map((n) => `${kind}Convolution${n}D`)),
].filter((name) => byName.has(standardName(name)));

/** The layer of that name in keras.layers, also by its second name. */
export const kerasOpNamed = (name: string): Op | undefined => byName.get(name) ?? byName.get(standardName(name));

/** Whether a layer is one of Keras's. */
export const isKerasOp = (op: Op): boolean => op.keras !== undefined && op.torch === undefined;

/** What a summary counts as a layer's parameters: Keras counts what is not trained, too. */
export function allParameters(op: Op, { params, buffers }: Pick<Applied, "params" | "buffers">): Size {
  if (!isKerasOp(op)) return params;
  return params === undefined || buffers === undefined ? undefined : add(params, buffers);
}
