import { turned } from "../../core/tensor/convolution.js";
import type { Tensor } from "../../core/tensor/tensor.js";
import type { Slip } from "../../protocol.js";
import { drawnSum, type Summation } from "./drawnPass.js";

/** What to say to who keeps one share of several. */
export const OVERLAPS_ADD = "Where windows overlap, their shares add up.";

/** The mistakes that people make with a sum, each with the numbers that it gives. */
export function slipsOf(summation: Summation, weight: Tensor | undefined): readonly Slip[] {
  const { kind, sum, sides, bias, divide, divisors, counts, isLargest, sizes } = summation;
  const slip = (text: string, change: { readonly [K in keyof Summation]?: Summation[K] | undefined }): Slip => ({
    text,
    values: drawnSum({ ...summation, ...change } as Summation).texts,
  });
  const found = [
    bias && slip("The bias is forgotten.", { bias: undefined }),
    weight &&
      sum !== "weight" &&
      slip(
        kind === "forward"
          ? "That is with the kernel turned by 180°; a framework slides it as it stands."
          : "That is with the kernel the wrong way round: going back turns it by 180°.",
        { sides: { ...sides, weight: turned(weight).data } },
      ),
    divide && slip("That is the sum; an average divides it.", { divide: undefined }),
    divide && slip("That divides by the whole window; here fewer numbers count.", { divide: () => sizes.weight }),
    divisors &&
      slip("Each window shares its gradient: divide it by the numbers of the window.", { divisors: undefined }),
    counts && slip("A maximum sends the gradient to the largest number only.", { counts: undefined }),
    isLargest && slip("That is the sum; this layer keeps the largest number.", { isLargest: false }),
    sum === "seen" && slip(OVERLAPS_ADD, { isLast: true }),
  ];
  return found.filter((each) => typeof each === "object");
}
