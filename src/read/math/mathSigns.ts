import type { MathOperator } from "../../core/math/expression.js";

/** The bracket that closes what another one opens. */
export const CLOSING: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "⦃": "⦄",
  "⌊": "⌋",
  "⌈": "⌉",
  "⟨": "⟩",
};

/** The signs between factors. */
export const PRODUCTS: Readonly<Record<string, MathOperator>> = {
  "·": "*",
  "×": "*",
  "*": "*",
  "/": "/",
  "÷": "/",
  "⊙": "⊙",
  "⋆": "⋆",
};

/** Names by which texts call the functions of the field. */
export const ALIASES: Readonly<Record<string, string>> = {
  log: "log",
  relu: "relu",
  ReLU: "relu",
  sigmoid: "sigmoid",
  lg: "log10",
  arctanh: "atanh",
};
