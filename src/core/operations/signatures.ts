/** A call as a function of torch and as a method: `cumsum(input, dim)` is `torch.cumsum(input, dim)` and `Tensor.cumsum(dim)`. */
export const asBoth = (call: string): readonly string[] => [`torch.${call}`, asMethod(call)];

/** The same as a method alone. */
export const asMethod = (call: string): string => `Tensor.${call.replace(/\(input(?:, )?/, "(")}`;
