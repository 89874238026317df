import { type Tensor, tensorBy } from "./tensor.js";

/** The linear layer y = x Wᵀ + b along the last axis: input […, in], weight [out, in], bias [out]. */
export function linear(input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const outputs = weight.shape[0] as number;
  const inputs = weight.shape[1] as number;
  return tensorBy([...input.shape.slice(0, -1), outputs], (index) => {
    const unit = index % outputs;
    const row = Math.floor(index / outputs);
    let sum = bias ? (bias.data[unit] as number) : 0;
    for (let feature = 0; feature < inputs; feature++) {
      sum += (input.data[row * inputs + feature] as number) * (weight.data[unit * inputs + feature] as number);
    }
    return sum;
  });
}
