import type { MathExpr } from "../../core/math/expression.js";
import { correlated } from "../../core/math/slide.js";
import type { Made } from "../../core/math/upstream.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import type { Token } from "../../read/math/token.js";
import type { Given } from "../quantities/given.js";
import type { StepAnswer } from "./stepAnswer.js";

/** The mistake of who forgets to turn the kernel on the way back. */
export const NOT_TURNED = "the kernel is not turned by 180°, as it has to be on the way back";

/** The letter by which an expression is a gradient: of `∂L/∂x`, and of `dx` where that is read as a product. */
export function derivedLetter(e: MathExpr | undefined): string | undefined {
  if (e?.kind === "derivative") return e.by;
  if (e?.kind === "symbol" && /^d\p{L}[_\d]*$/u.test(e.name)) return e.name.slice(1);
  const isProduct =
    e?.kind === "binary" && e.left.kind === "symbol" && e.left.name === "d" && e.right.kind === "symbol";
  return isProduct ? (e.right as { readonly name: string }).name : undefined;
}

/** What a letter is in a layer that slides w over x: `x`, `w`, or `d` for the gradient behind it. */
function roleOf(e: MathExpr): string {
  const by = derivedLetter(e);
  if (by !== undefined) return /^[yz]$/i.test(by) ? "d" : "";
  // η X ⋆ dY
  const last = e.kind === "binary" && e.op === "*" ? e.right : e;
  return last.kind === "symbol" ? last.name.toLowerCase() : "";
}

/** Words that say that a layer turns its kernel, so that its gradients are others. */
export const TURNS_KERNEL = /(?:true|proper|mathematical) convolution|flipped (?:kernel|filter) in the forward/i;

/** Words after which a kernel that is not turned on the way back may be right: the layer may have turned it before. */
export const MAY_TURN = new RegExp(`${TURNS_KERNEL.source}|flipp`, "i");

/** What is said of a step by the gradient of the weights as one matrix slid over another: `dW = X ⋆ dY`. */
export function starGradient(by: string, e: MathExpr, given: Given): StepAnswer | undefined {
  if (e.kind !== "binary" || e.implicit || MAY_TURN.test(given.context)) return undefined;
  const said = `${by.toLowerCase()}=${roleOf(e.left)}${e.op}${roleOf(e.right)}`;
  return said === "w=x⋆d" ? { verdict: "right", how: "quantity", quantity: gradientBy(by) } : undefined;
}

const gradientBy = (by: string): { readonly name: string; readonly say: string } => ({
  name: `the gradient by ${by} of a layer that slides a kernel over its input`,
  say: "",
});

/** The gradient behind a layer: `∂L/∂Y`, `∇_Y L`, `dY`. */
const BEHIND = /[dt]?frac\{[∂d]\w\}\{[∂d][yYzZ]\}|∇_\{?[yYzZ]\}?[A-Zℒ]?|(?<![a-zA-Z])d[yYzZ](?![a-z])/g;

/** The same with noughts around: `pad(dY, k−1)`, `dY^{pad}`. */
const PADDED = /(?:zero)?pad(?:ded)?(?:_\{?([^{}()]+)\}?)?\(D(?:,([^()]+))?\)|D[_^]\{?(?:zero)?pad(?:ded)?\}?/gi;

/** A kernel that is turned: `rot180(w)`, `flip(W)`, `W^{rot}`. */
const TURNED =
  /(?:rot(?:ate)?|flip|rev(?:erse)?|turn)\w*(?:_\{?\w+\}?|\^\{[^}]*\})*\([wWkKhHfF](?:,[^()]*)?\)|[wWkKhHfF][_^]\{?(?:rot|flip|rev|turn)\w*(?:\^?circ|°)?\}?/gi;

/** `full_conv(…, …)`, `conv_full(…, …)`. */
const FULL_CALL = /^(?:full\\?_?(?:conv|corr)\w*|(?:conv|corr)\w*?(?:\\?_\{?)?full\}?)\(([DP]),([RK])\)$/i;

/** As many noughts as a kernel that overlaps in one place leaves over: `k − 1`. */
const ONE_LESS = /^\(?[a-zA-Z](?:_\{?\w+\}?)?-1\)?$|^\d$/;

/**
 * What is said of the gradient by a layer's input that is given as its kernel slid over the padded gradient behind it:
 * `dX = pad(dY, k−1) ⋆ rot180(w)`, `dX = dY *_{full} w`. Undefined for anything else, and where the kernel may be turned or not.
 */
export function paddedGradient(by: string, tokens: readonly Token[], given: Given): StepAnswer | undefined {
  if (!/^[xX]$/.test(by) || TURNS_KERNEL.test(given.context)) return undefined;
  let isPadded = /\bfull\b|padded/i.test(given.paragraph);
  let isOther = false;
  const plain = tokens
    .map((t) => t.text)
    .join("")
    .replace(BEHIND, "D")
    .replace(PADDED, (_, below?: string, argument?: string) => {
      isPadded = true;
      isOther ||= !ONE_LESS.test(below ?? argument ?? "1");
      return "P";
    })
    .replace(TURNED, "R")
    .replace(/(?<![a-zA-Z])[wWkKhH](?![a-zA-Z])/g, "K")
    .replace(/([*⋆∗⊛])[_^]\{?full\}?/i, (_, star: string) => {
      isPadded = true;
      return star;
    })
    .replace(FULL_CALL, (_, image: string, kernel: string) => {
      isPadded = true;
      return `${image}*${kernel}`;
    });
  const [, image = "", star = "", kernel = ""] = /^([DPRK])([*⋆∗⊛])([DPRK])$/.exec(plain) ?? [];
  const kinds = [image, kernel].map((k) => (/[DP]/.test(k) ? "image" : "kernel"));
  if (star === "" || kinds[0] === kinds[1] || !isPadded || isOther) return undefined;
  const isTurned = [image, kernel].includes("R");
  const quantity = gradientBy(by);
  if (isTurned && star !== "⋆")
    return {
      verdict: "right",
      how: "quantity",
      quantity: { ...quantity, say: "where the convolution is that of deep learning, which does not turn its kernel" },
    };
  if (isTurned) return { verdict: "right", how: "quantity", quantity };
  if (MAY_TURN.test(given.context)) return undefined;
  if (star !== "⋆") return { verdict: "right", how: "quantity", quantity };
  return /correlat[^.]{0,60}(?:⋆|\\star)|(?:⋆|\\star)[^.]{0,60}correlat/i.test(given.context)
    ? { verdict: "wrong", how: "matrices", mistake: NOT_TURNED }
    : undefined;
}

type Values = ReadonlyMap<string, MathValue>;

/** A letter as the document has given its matrix: `X` for x, whose gradient is said to be `dX`. */
export function inKnownCase(name: string, values: Values): string {
  const other = /^\p{Lu}/u.test(name) ? name.toLowerCase() : name.toUpperCase();
  const value = values.has(name) || name.length > 1 ? undefined : values.get(other);
  return value !== undefined && isMatrix(value) ? other : name;
}

/** Whether a matrix is what comes back to the input of a layer that slides a kernel over it, where the kernel is not turned. */
export function isUnturned(by: string, is: MathValue, values: Values, made: Made): boolean {
  for (const [out, e] of made) {
    if (e.kind !== "binary" || e.op !== "⋆" || e.left.kind !== "symbol" || e.left.name !== by) continue;
    const [g, w] = [values.get(`∂${out}`), e.right.kind === "symbol" ? values.get(e.right.name) : undefined];
    const back = g !== undefined && w !== undefined && isMatrix(w) ? correlated(g, w, w.rows.length - 1) : undefined;
    if (back !== undefined && isSameValue(back, is)) return true;
  }
  return false;
}
