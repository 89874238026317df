/** Numbers in row-major order with their sizes; the product of `shape` is the length of `data`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** A tensor as nested lists, the outermost axis first. */
export type Nested = number | readonly Nested[];

/** The number of elements of a shape; 1 for a scalar's empty shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A tensor filled by a function of the element's place in row-major order. */
export function tensorBy(shape: readonly number[], value: (index: number) => number): Tensor {
  const data = new Float64Array(elements(shape));
  for (let index = 0; index < data.length; index++) data[index] = value(index);
  return { shape, data };
}

/** A tensor of zeros. */
export function zeros(shape: readonly number[]): Tensor {
  return { shape, data: new Float64Array(elements(shape)) };
}

/** A tensor from nested lists of one length per axis. */
export function tensorOf(nested: Nested): Tensor {
  const shape: number[] = [];
  for (let level = nested; typeof level !== "number"; level = level[0] ?? 0) shape.push(level.length);
  const flat: number[] = [];
  const collect = (part: Nested): void => {
    if (typeof part === "number") flat.push(part);
    else part.forEach(collect);
  };
  collect(nested);
  return { shape, data: Float64Array.from(flat) };
}

/** The nested lists of a tensor, the outermost axis first. */
export function nestedOf(tensor: Tensor): Nested {
  const build = (axis: number, start: number): Nested => {
    const size = tensor.shape[axis];
    if (size === undefined) return tensor.data[start] as number;
    const stride = elements(tensor.shape.slice(axis + 1));
    return Array.from({ length: size }, (_, index) => build(axis + 1, start + index * stride));
  };
  return build(0, 0);
}

/** The same numbers under another shape with as many elements. */
export function reshaped(tensor: Tensor, shape: readonly number[]): Tensor {
  return { shape, data: tensor.data };
}
