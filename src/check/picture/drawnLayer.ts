import type { Arguments } from "../../core/tensor/arguments.js";
import type { Axis } from "../../core/tensor/axis.js";
import { type TransposedConvolution, transposedConvolution } from "../../core/tensor/transposedConvolution.js";
import { windowAxes } from "../../core/tensor/windowAxes.js";
import { isWindowLayer, type WindowLayer, windowLayer } from "../../core/tensor/windowLayer.js";

/** A layer that the panel draws by its windows; a transposed one has an output padding. */
export type DrawnLayer = WindowLayer & Partial<Pick<TransposedConvolution, "outputPadding">>;

/** Whether a layer of this name has windows to draw. */
export const hasWindows = (name: string): boolean => isWindowLayer(name) || name.startsWith("ConvTranspose");

/** The layer of a PyTorch call, or the sentence that says which argument does not fit. */
export function drawnLayer(name: string, args: Arguments): DrawnLayer | string {
  const back = transposedConvolution(name, args);
  if (typeof back !== "object") return back ?? windowLayer(name, args);
  return { ...back, operation: "convolution", divisor: 1 };
}

/** The axes of a layer over an input of these sizes. */
export const axesOver = (layer: DrawnLayer, sizes: readonly number[]): readonly Axis[] =>
  windowAxes(layer.outputPadding ? (layer as TransposedConvolution & WindowLayer) : layer, sizes);
