import { slidingAxis } from "../tensor/axis.js";
import { convolve, turned } from "../tensor/convolution.js";
import { nestedOf, type Tensor, tensorOf } from "../tensor/tensor.js";
import { type Scalar, toFloat, whole } from "./scalar.js";
import { isMatrix, type MathValue, type MatrixOfNumbers, sizeOf } from "./value.js";

/** How a kernel slides over an image. */
export interface Sliding {
  readonly stride: number;
  readonly padding: number;
  /** Whether the kernel is turned by 180° first, as the convolution of mathematics has it. */
  readonly isTurned: boolean;
}

const tensor = (m: MatrixOfNumbers): Tensor => tensorOf(m.rows.map((row) => row.map(toFloat)));

/** A number without the noise of floating-point numbers, where it is whole. */
const exact = (x: number): Scalar => (Number.isSafeInteger(x) ? whole(x) : x);

/** What a kernel gives on an image, by rows; along an axis on which both have one entry nothing is padded. Undefined where no window fits. */
export function slide(
  image: MatrixOfNumbers,
  kernel: MatrixOfNumbers,
  { stride, padding, isTurned }: Sliding,
): MatrixOfNumbers | undefined {
  const [size, window] = [sizeOf(image), sizeOf(kernel)];
  const axes = [0, 1].map((i) => {
    const isFlat = size[i] === 1 && window[i] === 1;
    const pad = isFlat ? 0 : padding;
    return slidingAxis({
      size: size[i] ?? 1,
      kernel: window[i] ?? 1,
      stride: isFlat ? 1 : stride,
      before: pad,
      after: pad,
      dilation: 1,
      mode: "zeros",
      ceil: false,
    });
  });
  if (axes.some((a) => a.windows.length === 0)) return undefined;
  const plain = tensor(kernel);
  const weight: Tensor = { shape: [1, 1, ...plain.shape], data: plain.data };
  const input = tensor(image);
  const output = convolve(
    { shape: [1, ...input.shape], data: input.data },
    { weight: isTurned ? turned(weight) : weight, groups: 1 },
    axes,
  );
  const [rows] = nestedOf(output) as readonly (readonly (readonly number[])[])[];
  return rows ? { rows: rows.map((row) => row.map(exact)) } : undefined;
}

/** The cross-correlation of two matrices without padding; undefined for numbers. */
export const correlated = (a: MathValue, b: MathValue, padding = 0, isTurned = false): MathValue | undefined =>
  isMatrix(a) && isMatrix(b) ? slide(a, b, { stride: 1, padding, isTurned }) : undefined;
