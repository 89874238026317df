import { kindOf, tensorShape } from "./operands.js";
import { inOrder, type NumberKind, type Operation, type Result, tensor } from "./operation.js";
import { asBoth, asMethod } from "./signatures.js";

/** What replaces each number by a function of it: the names, and the kind of numbers that come out. */
const TABLE: readonly {
  readonly names: string;
  readonly summary: (name: string) => string;
  readonly gives: "same" | NumberKind;
}[] = [
  {
    names: "abs absolute neg negative positive sign sgn ceil floor round trunc fix square clone detach conj nan_to_num",
    summary: (name) => `Applies ${name} to each number; the shape stays.`,
    gives: "same",
  },
  {
    names:
      "acos arccos acosh arccosh asin arcsin asinh arcsinh atan arctan atanh arctanh cos cosh sin sinc sinh tan exp exp2 expm1 log log10 log1p log2 sqrt rsqrt reciprocal erf erfc erfinv digamma lgamma i0 deg2rad rad2deg frac angle bernoulli",
    summary: (name) => `Applies ${name} to each number; the shape stays.`,
    gives: "float",
  },
  {
    names: "isfinite isinf isnan isneginf isposinf isreal logical_not signbit",
    summary: (name) => `Says ${name} of each number, as a mask of the same shape.`,
    gives: "bool",
  },
];

/** Methods that hand the same numbers on, in another place or of another type. */
const CASTS: Readonly<Record<string, NumberKind | "same" | "unknown">> = {
  cuda: "same",
  cpu: "same",
  requires_grad_: "same",
  detach_: "same",
  float: "float",
  double: "float",
  half: "float",
  bfloat16: "float",
  int: "int",
  long: "int",
  short: "int",
  bool: "bool",
  byte: "unknown",
  char: "int",
};

/** What hands the numbers on in a type that is an argument. */
const CONVERSIONS = ["Tensor.to(*args)", "Tensor.type(dtype=None)", "Tensor.type_as(other)"];

/** In place, with other numbers. */
const FILLS =
  "zero_() fill_(value) normal_(mean=0, std=1) uniform_(from=0, to=1) bernoulli_(p=0.5) exponential_(lambd=1) random_(*range) log_normal_(mean=1, std=2) cauchy_(median=0, sigma=1) geometric_(p)";

/** Functions that PyTorch has in torch.special, too, or only there. */
const SPECIAL =
  "digamma entr erf erfc erfcx erfinv exp2 expit expm1 gammaln i0 i0e i1 i1e log1p log_ndtr logit ndtr ndtri psi sinc".split(
    " ",
  );

/** With numbers beside the tensor that are no part of its shape. */
const WITH_NUMBERS: Readonly<Record<string, string>> = {
  logit: "logit(input, eps=None)",
  mvlgamma: "mvlgamma(input, p)",
  polygamma: "polygamma(n, input)",
  renorm: "renorm(input, p, dim, maxnorm)",
  matrix_exp: "matrix_exp(input)",
};

const same = (input: Parameters<typeof tensorShape>[0], gives: NumberKind | "same" | "unknown"): Result => {
  const kind = kindOf(input);
  // Whole numbers and truths become floats where the function has no whole results.
  return tensor(tensorShape(input), gives === "same" ? kind : gives === "unknown" ? undefined : gives);
};

const unary = (
  name: string,
  summary: string,
  gives: NumberKind | "same" | "unknown",
  calls: readonly string[],
): Operation => ({
  name,
  summary,
  calls,
  isLocal: true,
  infer: ({ input }) => same(input, gives),
  examples: [
    { call: calls[0] ?? "", given: { input: tensor([2, 3]), n: 1, p: 1, dim: 0, maxnorm: 1, value: 0 }, gives: [2, 3] },
  ],
});

/** One number in, one number out. */
export const elementwise: readonly Operation[] = [
  {
    name: "contiguous",
    summary: "Puts the numbers into memory in the order of the sizes, where they are not; the shape stays.",
    calls: ["Tensor.contiguous()"],
    isLocal: true,
    infer: ({ input }) => inOrder(tensorShape(input), kindOf(input)),
    examples: [{ call: "x.contiguous()", given: { input: tensor([2, 3]) }, gives: [2, 3] }],
  },
  ...TABLE.flatMap(({ names, summary, gives }) =>
    names.split(" ").map((name) => unary(name, summary(name), gives, asBoth(`${name}(input)`))),
  ),
  ...["bitwise_not", "hardshrink"].map((name) =>
    unary(
      name,
      `Applies ${name} to each number; the shape stays.`,
      "same",
      asBoth(`${name}(input${name === "hardshrink" ? ", lambd=0.5" : ""})`),
    ),
  ),
  unary("poisson", "Draws a number for each rate; the shape stays.", "float", ["torch.poisson(input, generator=None)"]),
  ...SPECIAL.map((name) =>
    unary(`special.${name}`, `Applies ${name} to each number; the shape stays.`, "float", [
      `torch.special.${name}(input${name === "logit" ? ", eps=None" : ""})`,
    ]),
  ),
  ...Object.entries(CASTS).map(([name, gives]) =>
    unary(name, "Hands the same numbers on; the shape stays.", gives, [`Tensor.${name}()`]),
  ),
  ...Object.entries(WITH_NUMBERS).map(([name, call]) =>
    unary(name, `Applies ${name}; the shape stays.`, "same", name === "polygamma" ? [`torch.${call}`] : asBoth(call)),
  ),
  ...FILLS.split(/ (?=\w+_\()/).map((call) =>
    unary(call.split("(")[0] ?? "", "Writes other numbers into the tensor; its shape stays.", "same", [
      asMethod(call.replace("(", "(input, ").replace("input, )", "input)")),
    ]),
  ),
  ...CONVERSIONS.map((call): Operation => {
    const name = call.slice("Tensor.".length).split("(")[0] ?? "";
    return {
      name,
      summary: "Hands the same numbers on, elsewhere or of another type; the shape stays.",
      calls: [call],
      isLocal: true,
      infer: ({ input, args, dtype, other }) => {
        const asked = Array.isArray(args)
          ? args.find((a) => typeof a === "object" && a !== null && "kind" in a)
          : undefined;
        const type = asked ?? dtype ?? other;
        const kind =
          typeof type === "object" &&
          type !== null &&
          "kind" in type &&
          (type.kind === "dtype" || type.kind === "tensor")
            ? type.dtype
            : undefined;
        return tensor(tensorShape(input), kind);
      },
      examples: [{ call, given: { input: tensor([2, 3]), args: [], dtype: null, other: tensor([1]) }, gives: [2, 3] }],
    };
  }),
];
