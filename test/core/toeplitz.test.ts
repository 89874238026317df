import assert from "node:assert/strict";
import { test } from "node:test";
import type { Correlation } from "../../src/core/tensor/correlation.js";
import { correlationOf } from "../../src/core/tensor/correlation.js";
import { im2col } from "../../src/core/tensor/im2col.js";
import { elements } from "../../src/core/tensor/tensor.js";
import { entriesOf, toeplitz, weightsIn } from "../../src/core/tensor/toeplitz.js";
import { transposedAxes, transposedConvolution } from "../../src/core/tensor/transposedConvolution.js";
import { axesOf, windowLayer } from "../../src/core/tensor/windowLayer.js";
import { type Case, cases } from "./gradientAnswers.js";

/** The convolutions of the sweep, and the transposed ones, with what meets in them. */
const convolutions = cases.flatMap((each) => {
  const correlation = correlationIn(each);
  return correlation ? [{ ...each, correlation, transposed: each.name.startsWith("ConvT") }] : [];
});

function correlationIn({ name, args, numbers: { input, weight } }: Case): Correlation | undefined {
  if (!weight || !name.startsWith("Conv")) return undefined;
  const layer = transposedConvolution(name, args) ?? windowLayer(name, args);
  if (typeof layer === "string") assert.fail(layer);
  const sizes = input.shape.slice(-layer.rank);
  const axes = "outputPadding" in layer ? transposedAxes(layer, sizes) : axesOf(layer, sizes);
  return correlationOf(weight.shape, layer.groups, axes, elements(input.shape.slice(0, -layer.rank - 1)));
}

/** The product of a matrix and a vector, or of the matrix's transpose and a vector. */
function times(matrix: Float64Array, columns: number, x: Float64Array, isTransposed: boolean): number[] {
  const product = new Array<number>(isTransposed ? columns : matrix.length / columns).fill(0);
  matrix.forEach((value, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    product[isTransposed ? column : row]! += value * (x[isTransposed ? row : column] as number);
  });
  return product;
}

test("A convolution's matrix times its input is its output, and the transpose times the gradient is the input's.", () => {
  assert.ok(convolutions.length > 250, `${convolutions.length} convolutions`);
  for (const { text, correlation, transposed, numbers, gradOutput, output, gradients } of convolutions) {
    const matrix = toeplitz(correlation);
    const dense = matrix && numbers.weight && entriesOf(matrix, numbers.weight);
    if (!dense) assert.fail(text);
    const { data } = numbers.input;
    const bare = times(dense.data, matrix.columns, data, transposed);
    const rank = numbers.weight ? numbers.weight.shape.length - 2 : 1;
    const cells = elements(output.shape.slice(-rank));
    const biases = numbers.bias?.data;
    const found = bare.map(
      (sum, at) => sum + (biases ? (biases[Math.floor(at / cells) % biases.length] as number) : 0),
    );
    assert.deepEqual(found.map(plain), [...output.data].map(plain), text);
    const back = times(dense.data, matrix.columns, gradOutput.data, !transposed);
    assert.deepEqual(back.map(plain), [...gradients.input.data].map(plain), text);
  }
});

test("Every entry of the matrix is the sum of the weights that stand in it.", () => {
  let several = 0;
  for (const { text, correlation, numbers } of convolutions.slice(0, 120)) {
    const matrix = toeplitz(correlation);
    const dense = matrix && numbers.weight && entriesOf(matrix, numbers.weight);
    if (!dense) assert.fail(text);
    dense.data.forEach((value, at) => {
      const places = weightsIn(matrix, Math.floor(at / matrix.columns), at % matrix.columns);
      if (places.length > 1) several++;
      assert.equal(
        plain(places.reduce((sum, place) => sum + (numbers.weight?.data[place] as number), 0)),
        plain(value),
        text,
      );
    });
  }
  assert.ok(several > 20, "Padding that copies the input puts several weights in one place.");
});

test("The weight as a matrix times the matrix of windows is the output.", () => {
  let checked = 0;
  for (const { text, correlation, transposed, numbers, output } of convolutions) {
    const { rows: batch, groups, filters, depth, taps } = correlation;
    const windows = im2col(correlation);
    if (!windows) assert.fail(text);
    assert.deepEqual([windows.rows, windows.columns], [groups * depth * taps, correlation.reads.length], text);
    if (transposed || batch > 1) continue;
    const height = depth * taps;
    output.data.forEach((value, at) => {
      const [filter, column] = [Math.floor(at / windows.columns), at % windows.columns];
      const first = Math.floor((filter * groups) / filters) * height;
      let sum = numbers.bias?.data[filter] ?? 0;
      for (let row = 0; row < height; row++) {
        const from = windows.source[(first + row) * windows.columns + column] as number;
        const x = from < 0 ? 0 : (numbers.input.data[from] as number);
        sum += x * (numbers.weight?.data[filter * height + row] as number);
      }
      assert.equal(plain(sum), plain(value), text);
    });
    checked++;
  }
  assert.ok(checked > 120, `${checked} convolutions`);
});

test("A matrix of too many entries is not listed.", () => {
  const axis = { size: 4000, before: 0, after: 0, kernel: 1, windows: [] };
  const windows = Array.from({ length: 4000 }, () => [{ tap: 0, at: 0, from: 0 }]);
  const large = correlationOf([60, 60, 1], 1, [{ ...axis, windows }]);
  assert.equal(toeplitz(large), undefined);
  assert.notEqual(im2col(large), undefined);
});

/** A number without the sign of zero. */
const plain = (value: number): number => value + 0;
