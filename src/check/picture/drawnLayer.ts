import type { Arguments } from "../../core/tensor/arguments.js";
import { type Axis, extent } from "../../core/tensor/axis.js";
import { type TransposedConvolution, transposedConvolution } from "../../core/tensor/transposedConvolution.js";
import { windowAxes } from "../../core/tensor/windowAxes.js";
import { isWindowLayer, type WindowLayer, windowLayer } from "../../core/tensor/windowLayer.js";
import type { Pads } from "./layerCall.js";
import type { Size } from "./sample.js";

/** A layer that the panel draws by its windows; a transposed one has an output padding, and an average may be that of powers. */
export type DrawnLayer = WindowLayer &
  Partial<Pick<TransposedConvolution, "outputPadding">> & { readonly power?: number };

/** The largest exponent of a p-norm whose powers can be read. */
const MOST = 6;

/** Whether a layer of this name has windows to draw. */
export const hasWindows = (name: string): boolean => isWindowLayer(name) || /^ConvTranspose|^LPPool[123]d$/.test(name);

/** The layer of a PyTorch call, or the sentence that says which argument does not fit. */
export function drawnLayer(name: string, args: Arguments): DrawnLayer | string {
  if (name.startsWith("LP")) {
    const layer = windowLayer(name.replace("LP", "Avg"), args);
    const power = Number(args.norm_type);
    if (!(power > 0 && power <= MOST)) return `norm_type is ${args.norm_type} here; up to ${MOST} it can be drawn.`;
    return typeof layer === "string" ? layer : { ...layer, power };
  }
  const back = transposedConvolution(name, args);
  if (typeof back !== "object") return back ?? windowLayer(name, args);
  return { ...back, operation: "convolution", divisor: 1 };
}

/** A layer with the padding that Keras's word asks for over an input of these sizes, or as it is without a word; a size that is not known is
 * taken for a whole number of strides. */
export function paddedBy(word: Pads | undefined, layer: DrawnLayer, sizes: readonly Size[]): DrawnLayer {
  if (word === undefined) return layer;
  const reach = layer.slides.map(({ kernel, dilation }) => extent(kernel, dilation));
  const slides = layer.slides.map((slide, axis) => {
    const [own, { stride }] = [reach[axis] as number, slide];
    const size = (layer.outputPadding ? undefined : sizes[axis]) ?? stride * own;
    const total =
      word === "valid"
        ? 0
        : word === "causal"
          ? own - 1
          : Math.max((Math.ceil(size / stride) - 1) * stride + own - size, 0);
    const before = word === "causal" ? total : Math.floor(total / 2);
    return { ...slide, before, after: total - before };
  });
  if (!layer.outputPadding) return { ...layer, slides };
  // An input of I gives I strides, and where nothing is padded at least what the last window covers.
  const outputPadding = slides.map(({ stride, before, after }, axis) => {
    const own = reach[axis] as number;
    return Math.max(stride - own + before + after, 0);
  });
  return { ...layer, slides, outputPadding };
}

/** The axes of a layer over an input of these sizes. */
export const axesOver = (layer: DrawnLayer, sizes: readonly number[]): readonly Axis[] =>
  windowAxes(layer.outputPadding ? (layer as TransposedConvolution & WindowLayer) : layer, sizes);
