import type { Quantity, Role } from "./quantity.js";

const INPUTS: Role = {
  called: "d_in",
  letters: /^(?:d_?(?:in|i|x|0)|n_?(?:in|i|x|0)|fan_in|fan_?in|n|d|N_in|D_in|in|m)$/,
  words: /inputs|fan[- ]in|input (?:dimension|size|features)/i,
};
const OUTPUTS: Role = {
  called: "d_out",
  letters: /^(?:d_?(?:out|o|y|1)|n_?(?:out|o|y|1)|fan_out|N_out|D_out|out)$/,
  words: /outputs|fan[- ]out|output (?:dimension|size|features)/i,
};
const SCALE: Role = { letters: /^c$/ };
const DIMS = { I: INPUTS, O: OUTPUTS };
const SCALED = { ...DIMS, c: SCALE };
const ABOUT = /varian|Xavier|Glorot|Kaiming/i;

const FORWARD = "with c = 1/√d_in";
const OF_OUTPUTS = { "sqrt(O)": FORWARD };
const ORTHOGONAL = ["sqrt(O)", "sqrt(O/I)/abs(c)", "sqrt(O/I)/c"];
const OUTPUTS_COUNTED = "the outputs counted where the inputs belong";
const INPUTS_COUNTED = "the inputs counted where the outputs belong";
const TURNED_OVER = "turned over";
const ROOTLESS = "the root left out";
const SQUARED = "that is the variance; the factor is its square root";
const TERMS = "the sum has m² terms, not m";
const HALVED = "halved; a window of 2×2 shares among its four";

const GLOROT = "sqrt(2/(I + O))";
const KAIMING = "sqrt(2/I)";

/** The quantities of unit scaling: factors that keep the variance, and steps that keep the norm. */
export const scaleQuantities: readonly Quantity[] = [
  {
    name: "the factor that keeps the variance",
    symbol: /^(?:c|σ_w|σ_W|std|gain|c_W)$/,
    words: /(?:scale|scaling|factor|standard deviation|constant|std)\w*/i,
    about: ABOUT,
    formulas: ["1/sqrt(I)", GLOROT, KAIMING],
    conventions: {
      "1/sqrt(I)": "which keeps the forward pass alone",
      [GLOROT]: "in Glorot's convention, between the forward and the backward pass",
      [KAIMING]: "in He's convention, behind a ReLU",
    },
    roles: DIMS,
    mistakes: {
      "1/I": SQUARED,
      "2/(I + O)": SQUARED,
      "1/sqrt(I + O)": "the sum of both sizes needs a 2 above it",
      "sqrt(I)": "turned over: more inputs need smaller weights",
    },
  },
  {
    name: "the variance of the weights",
    symbol: /^(?:σ_w\^2|Var\(W\)|Var\(w\))$/,
    words: /variance of the weights|weight variance/i,
    formulas: ["1/I", "2/(I + O)", "2/I"],
    conventions: {
      "1/I": "which keeps the forward pass alone",
      "2/(I + O)": "in Glorot's convention",
      "2/I": "in He's convention, behind a ReLU",
    },
    roles: DIMS,
  },
  {
    name: "the largest step with signs as an update",
    symbol: /^(?:α|η|α_max|η_max|α_sign)$/,
    words: /(?:learning rate|step(?: size)?|α|η)\w*/i,
    about: /\bsign/i,
    unless: /orthogonal|Muon/i,
    formulas: ["1/(abs(c)*I)", "1/(c*I)", "1/sqrt(I)"],
    conventions: { "1/sqrt(I)": FORWARD },
    roles: SCALED,
    mistakes: { "1/sqrt(O)": OUTPUTS_COUNTED, "1/I^2": ROOTLESS, "sqrt(I)": TURNED_OVER },
  },
  {
    name: "the largest step with an orthogonal update",
    symbol: /^(?:α|η|α_max|η_max|α_orth)$/,
    words: /(?:learning rate|step(?: size)?|α|η)\w*/i,
    about: /orthogonal|orthonormal|Muon/i,
    formulas: ORTHOGONAL,
    conventions: OF_OUTPUTS,
    roles: SCALED,
    mistakes: { "sqrt(I)": INPUTS_COUNTED, "1/sqrt(O)": TURNED_OVER },
  },
  {
    name: "the largest spectral norm of an update that changes the outputs by at most 1",
    symbol: /^(?:‖ΔW‖|\|ΔW\||ΔW_max)$/,
    about: /RMS/i,
    formulas: ORTHOGONAL,
    conventions: OF_OUTPUTS,
    roles: SCALED,
    mistakes: { "sqrt(I)": INPUTS_COUNTED, "sqrt(I/O)/c": TURNED_OVER },
  },
  {
    name: "the norm of a matrix of signs with rank 1",
    symbol: /^‖[\p{L}{}_⊤ᵀ^]+‖(?:_[2F])?$/u,
    about: /rank[- ]?(?:1|one)|sign/i,
    unless: /orthonormal|orthogonal/i,
    formulas: ["sqrt(O*I)"],
    roles: DIMS,
    mistakes: { "O*I": ROOTLESS, "sqrt(O + I)": "added; the norm of u vᵀ is the product of both lengths" },
  },
];

/** A variance that a document writes as one. */
const VARIANCE: Role = { letters: /^(?:Var\(.*\)|σ_?.*\^2)$/ };

/** What happens to the outputs and the gradients of a layer whose weights are random, or signs. */
export const growthQuantities: readonly Quantity[] = [
  {
    name: "the variance of an output",
    symbol: /^Var\([yYz](?:_\w+)?\)$/,
    about: /independen|random|N\s*\(\s*0|\\mathcal|varian/i,
    formulas: ["I*V", "c^2*I*V", "I*U*V", "c^2*I*U*V"],
    roles: { I: INPUTS, O: OUTPUTS, c: SCALE, V: { letters: /^Var\([xX].*\)$/ }, U: VARIANCE },
    mistakes: { "c^2*O*V": OUTPUTS_COUNTED, "O*V": OUTPUTS_COUNTED },
  },
  {
    name: "the norm of an orthogonal update",
    symbol: /^‖[\p{L}{}_⊤ᵀ^]+‖(?:_2)?$/u,
    about: /orthonormal|orthogonali[sz]ed/i,
    formulas: ["1"],
    roles: {},
  },
  {
    name: "the growth of a gradient",
    symbol: /^‖c[\p{L}{}_⊤ᵀ^]+‖(?:_2)?$/u,
    about: /rank[- ]?(?:1|one)|sign/i,
    formulas: ["sqrt(O)", "c*sqrt(O*I)"],
    conventions: OF_OUTPUTS,
    roles: SCALED,
  },
  {
    name: "the factor that undoes the growth of a gradient",
    words: /factor(?: that| which)? (?:undoes|corrects|compensates|cancels)[\w\s'’]*/i,
    about: /gradient|backward/i,
    formulas: ["1/sqrt(O)", "1/(c*sqrt(O*I))", "sqrt((I + O)/(2*I*O))"],
    conventions: { "1/sqrt(O)": FORWARD },
    roles: SCALED,
    mistakes: { "sqrt(O)": TURNED_OVER },
  },
];

const SIGMA: Role = { letters: /^σ(?:_.+)?$/ };
const TERMS_OF_SUM = {
  M: { letters: /^m$/ },
  N: { letters: /^[nN]$/ },
  K: { letters: /^[kK]$/ },
  A: SIGMA,
  B: SIGMA,
};
/** What a pooling layer hands back, and what it gets. */
const HANDED_BACK = /^(?:d[xX][\w{},]*|∂L\/∂[xX][\w{},]*)$/;
const UPSTREAM: Role = { letters: /^(?:d[yY].*|∂L\/∂[yY].*)$/ };

/** The moments of a gradient whose terms are independent, and the gradients of pooling. */
export const gradientQuantities: readonly Quantity[] = [
  {
    name: "the variance of a weight's gradient under independence",
    symbol: /^Var\((?:dw|dW|d?[wW]|∂L\/∂[wW])[\w{},]*\)$/,
    words: /variance of (?:the gradient|dw|dW)/i,
    formulas: ["M^2*A^2*B^2", "(N - K + 1)^2*A^2*B^2"],
    roles: TERMS_OF_SUM,
    mistakes: {
      "M*A^2*B^2": TERMS,
      "(N - K + 1)*A^2*B^2": TERMS,
      "N^2*A^2*B^2": "the sum has as many terms as the output has places",
      "K^2*A^2*B^2": "the sum has as many terms as the output has places, not the kernel",
      "M*A*B": "that is the standard deviation",
      "M^4*A^2*B^2": "variances add up; only standard deviations are multiplied by the root",
    },
  },
  {
    name: "the standard deviation of a weight's gradient under independence",
    symbol: /^(?:std|Std|SD|sd)\((?:dw|dW|∂L\/∂[wW])[\w{},]*\)$/,
    formulas: ["M*A*B", "(N - K + 1)*A*B"],
    roles: TERMS_OF_SUM,
    mistakes: { "M^2*A^2*B^2": "that is the variance" },
  },
  {
    name: "the mean of a weight's gradient under independence",
    symbol: /^E\[(?:d[wW]|∂L\/∂[wW]).*\]$/,
    about: /independen|mean (?:0|zero)|zero[- ]mean/i,
    formulas: ["0"],
    roles: {},
  },
  {
    name: "what average pooling hands back to each input",
    symbol: HANDED_BACK,
    about: /(?:average|avg|mean)[\s\S]*2 ?(?:×|x|\\times) ?2|2 ?(?:×|x|\\times) ?2[\s\S]*(?:average|avg|mean)/i,
    unless: /max|\blayers\b/,
    formulas: ["Y/4"],
    roles: { Y: UPSTREAM },
    mistakes: {
      "Y/2": HALVED,
      Y: "not shared; each of the four gets its part",
      "4*Y": "multiplied; the share is a part",
    },
  },
  {
    name: "what L layers of average pooling hand back to each input",
    symbol: HANDED_BACK,
    about: /(?:average|avg|mean)[\s\S]*\blayers|\blayers[\s\S]*(?:average|avg|mean)/i,
    formulas: ["Y/4^L"],
    roles: { Y: UPSTREAM, L: { letters: /^[LNnl]$/ } },
    mistakes: { "Y/2^L": HALVED, "Y/(4*L)": "added; each layer takes another quarter" },
  },
];
