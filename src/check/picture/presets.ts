import { type Tensor, tensorBy } from "../../core/tensor/tensor.js";

/** A kernel of three rows, over one denominator. */
export interface Preset {
  readonly rows: readonly (readonly number[])[];
  readonly per: number;
}

/** Kernels that a reader can choose by name, over one denominator. */
export const KERNEL_PRESETS: Readonly<Record<string, Preset>> = {
  "horizontal edges": {
    rows: [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
    per: 1,
  },
  "vertical edges": {
    rows: [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
    per: 1,
  },
  outline: {
    rows: [
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ],
    per: 1,
  },
  sharpen: {
    rows: [
      [0, -1, 0],
      [-1, 5, -1],
      [0, -1, 0],
    ],
    per: 1,
  },
  blur: {
    rows: [
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ],
    per: 16,
  },
  identity: {
    rows: [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
    per: 1,
  },
};

/** A kernel by its name. */
export const presetNamed = (name: string): Preset | undefined =>
  Object.hasOwn(KERNEL_PRESETS, name) ? KERNEL_PRESETS[name] : undefined;

/** A weight [F, C, …kernel] over a denominator, whose every kernel is a preset, cut or laid in its middle. */
export function laid(preset: Preset, shape: readonly number[], per: number): Tensor {
  const kernel = shape.slice(2);
  const [tall, wide] = [kernel.at(-2) ?? 1, kernel.at(-1) ?? 1];
  const taps = kernel.reduce((a, b) => a * b, 1);
  return tensorBy(shape, (index) => {
    const place = index % taps;
    const slice = Math.floor(place / (tall * wide));
    if (slice !== Math.floor((taps / (tall * wide) - 1) / 2)) return 0;
    const row = Math.floor((place % (tall * wide)) / wide) - Math.floor((tall - 3) / 2);
    const col = (place % wide) - Math.floor((wide - 3) / 2);
    return ((preset.rows[kernel.length === 1 ? 1 : row]?.[col] ?? 0) * per) / preset.per;
  });
}
