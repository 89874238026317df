import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Dim, dimSymbol } from "../../src/core/dims/dim.js";
import { canView, contiguousStrides } from "../../src/core/operations/strides.js";

/** Where in memory the numbers lie, one after another as the sizes stand. */
function addresses(shape: readonly number[], strides: readonly number[]): number[] {
  let all = [0];
  for (const [i, size] of shape.entries())
    all = all.flatMap((at) => Array.from({ length: size }, (_, k) => at + k * (strides[i] ?? 0)));
  return all;
}

/** Whether some strides put the same numbers, in the same order, under other sizes. */
function isViewable(all: readonly number[], sizes: readonly number[]): boolean {
  const steps = sizes.map((_, i) => sizes.slice(i + 1).reduce((a, b) => a * b, 1));
  const strides = steps.map((step, i) => ((sizes[i] ?? 1) > 1 ? (all[step] ?? 0) - (all[0] ?? 0) : 0));
  return addresses(sizes, strides).every((at, i) => at + (all[0] ?? 0) === all[i]);
}

const factors = (total: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }).map((wanted) => {
    let rest = total;
    const found: number[] = [];
    for (const w of wanted)
      if (rest % w === 0) {
        found.push(w);
        rest /= w;
      }
    return [...found, rest];
  });

const turned = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      factors(shape.reduce((a, b) => a * b, 1)),
    ),
  );

test("view fits exactly where strides for the other sizes exist, and with symbols nothing is said that numbers deny", () => {
  let refused = 0;
  let known = 0;
  fc.assert(
    fc.property(turned, fc.boolean(), ([sizes, order, asked], isSymbolic) => {
      const strides = contiguousStrides(sizes) as readonly number[];
      const shape = order.map((i) => sizes[i] as number);
      const own = order.map((i) => strides[i] as number);
      const truth = isViewable(addresses(shape, own), asked);
      assert.equal(canView(shape, own, asked), truth, `${shape} by ${own} as ${asked}`);
      refused += truth ? 0 : 1;
      if (!isSymbolic) return;
      // A batch is the size that nobody knows.
      const batch = dimSymbol("N");
      const named = sizes.map((n, i): Dim => (i === 0 ? batch : n));
      const steps = contiguousStrides(named) as readonly Dim[];
      const said = canView(
        order.map((i) => named[i] as Dim),
        order.map((i) => steps[i] as Dim),
        asked.map((n, i): Dim => (i === 0 && n === sizes[0] ? batch : n)),
      );
      if (said !== undefined) assert.equal(said, truth, `${shape} by ${own} as ${asked}`);
      known += said === undefined ? 0 : 1;
    }),
    { numRuns: 6000, seed: 4 },
  );
  assert.ok(refused > 500 && known > 100, `${refused} refused, ${known} known with symbols`);
});
