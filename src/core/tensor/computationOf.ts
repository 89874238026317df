import { type Arguments, fitting, Unfit } from "./arguments.js";
import { batchNorm } from "./batchNorm.js";
import type { Computation, Numbers } from "./computation.js";
import { correlationOf } from "./correlation.js";
import { correlationLayer } from "./correlationLayer.js";
import { elementwise } from "./elementwise.js";
import { flattenedShape } from "./flatten.js";
import { linear } from "./linear.js";
import { poolingLayer } from "./poolingLayer.js";
import { powerPooling } from "./powerPooling.js";
import { outputSizes } from "./reads.js";
import { checkAmount, checkAxes, checkParameters, shapeText } from "./shapes.js";
import { elements } from "./tensor.js";
import { type TransposedConvolution, transposedConvolution } from "./transposedConvolution.js";
import { windowAxes } from "./windowAxes.js";
import { isWindowLayer, type WindowLayer, windowLayer } from "./windowLayer.js";

/** The computation of a PyTorch layer on numbers of these shapes, or the sentence that says why there is none. An input has no
 * batch axis or one, but for batch norm, which needs it, and Flatten, which counts its axes as if there were one. */
export function computationOf(name: string, args: Arguments, numbers: Numbers): Computation | string {
  return fitting(() => {
    const { shape } = numbers.input;
    if (elements(shape) < 1) throw new Unfit(`The input ${shapeText(shape)} is empty; give it at least one number.`);
    const computation =
      name === "Linear"
        ? linear(args, numbers)
        : (batchNorm(name, args, numbers) ??
          elementwise(name, args, name === "Flatten" ? flattenedShape(args, shape) : shape) ??
          windowed(name, args, numbers));
    checkAmount("numbers", Math.max(elements(computation.outputShape), elements(shape)));
    checkAmount("multiplications", computation.work);
    return computation;
  });
}

function windowed(name: string, args: Arguments, numbers: Numbers): Computation {
  const back = transposedConvolution(name, args);
  const norm = powerPooling(name, args);
  const layer = back ?? norm ?? (isWindowLayer(name) ? windowLayer(name, args) : `Dimsum does not compute ${name}.`);
  if (typeof layer === "string") throw new Unfit(layer);
  const { shape } = numbers.input;
  const { rank } = layer;
  checkAxes(name, "C", rank, shape, shape.length === rank + 1 || shape.length === rank + 2);
  const leading = shape.slice(0, -rank);
  const axes = windowAxes(layer, shape.slice(-rank));
  if ("p" in layer) return poolingLayer(layer, leading, axes);
  if ("outputPadding" in layer || layer.operation === "convolution") return convolution(layer, numbers, leading, axes);
  return poolingLayer(layer.operation === "max" ? "max" : layer, leading, axes);
}

function convolution(
  layer: WindowLayer | TransposedConvolution,
  numbers: Numbers,
  leading: readonly number[],
  axes: ReturnType<typeof windowAxes>,
): Computation {
  const { channels = 1, filters = 1, groups, slides, bias } = layer;
  const given = leading.at(-1);
  if (given !== channels) throw new Unfit(`in_channels is ${channels}, the input has ${given}; set it to ${given}.`);
  const transposed = "outputPadding" in layer;
  const [first, others] = transposed ? [channels, filters] : [filters, channels];
  const weight = [first, others / groups, ...slides.map(({ kernel }) => kernel)];
  checkParameters(numbers, weight, bias ? filters : undefined);
  const correlation = correlationOf(weight, groups, axes, elements(leading.slice(0, -1)));
  const sizes = transposed ? axes.map((axis) => axis.size) : outputSizes(axes);
  return correlationLayer({ correlation, transposed, outputShape: [...leading.slice(0, -1), filters, ...sizes], bias });
}
