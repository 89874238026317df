import { symbolAt } from "../../core/math/compound.js";
import { freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { isCompound, type Link, readLink } from "../../read/math/chains.js";
import type { Statement } from "../../read/math/statements.js";
import type { Token } from "../../read/math/token.js";
import { plainReading, type Reading } from "../../read/math/tokenStream.js";
import type { Given } from "../quantities/given.js";
import { decideGiven, formulaIn, mayMean } from "../quantities/recognise.js";
import { decideGrowth, growthIn } from "./decideGrowth.js";
import type { KeptStep } from "./stepCache.js";

/** A statement that may give a formula for a quantity of the field. */
type Giving = Extract<Statement, { kind: "chain" | "expression" }>;

/** Tokens of a name. */
const MAX_NAME = 16;

/** The name that a link is: a letter with what belongs to it, letters that make a word (`RF_{new}`), `Var(dw)`, `‖ΔW‖`, `∂L/∂x`. */
function nameOf(link: Link, reading: Reading): string | undefined {
  const e = readLink(link, reading);
  if (e?.kind === "symbol") return e.name;
  if (e?.kind === "derivative") return e.of.kind === "symbol" ? `∂${e.of.name}/∂${e.by}` : undefined;
  if (link.tokens.length > MAX_NAME || link.tokens.some((t) => t.kind === "command" || /^[-+*/=]$/.test(t.text)))
    return undefined;
  return link.tokens.map((t) => t.text.replace(/[{}]/g, "").replace("'", "′")).join("");
}

/** A link in which the letters of a word, one right behind the other, are one name: `RF` is no product. */
function withWord(link: Link, word: string | undefined): Link {
  if (word === undefined) return link;
  const tokens: Token[] = [];
  for (const t of link.tokens) {
    const last = tokens.at(-1);
    if (last && last.to === t.from && last.kind === "word" && last.text + t.text === word)
      tokens.splice(-1, 1, { ...last, text: word, to: t.to });
    else tokens.push(t);
  }
  return { ...link, tokens };
}

/** A formula with names in the place of the gradients and the variances in it. */
const withNames = (e: MathExpr): MathExpr =>
  replaced(e, (part) => {
    if (part.kind === "derivative" && part.of.kind === "symbol") return symbolAt(`∂${part.of.name}/∂${part.by}`, part);
    return part.kind === "call" && part.name === "Var" ? symbolAt(printMath(part), part) : undefined;
  });

/** Whether a statement may give a formula for a quantity: by its name, or by the words before it. */
export function mayGive(statement: Giving, given: Given): boolean {
  if (statement.kind === "expression") return mayMean(given);
  const [left] = statement.chain.links;
  if (!left || left.tokens.length > MAX_NAME || !/^(?:=|:=|≈|≜|≤)$/.test(statement.chain.relations[0] ?? ""))
    return false;
  if (isCompound(left, /^[-+·×]$/)) return false;
  const name = nameOf(left, readingOf(statement.chain.isLatex));
  return name !== undefined && mayMean(given.named(name));
}

const readingOf = (isLatex: boolean): Reading =>
  plainReading(
    isLatex,
    (name) => /^[ΘO]$/.test(name),
    () => "L",
  );

/** What is said of how a quantity is said to grow: `std(dw) = Θ(n)`. */
function grownStep(
  { sign, of }: NonNullable<ReturnType<typeof growthIn>>,
  given: Given,
  span: KeptStep["span"],
  plain: string,
): KeptStep | undefined {
  const [letter, ...more] = freeSymbols(of);
  const formula = letter === undefined || more.length > 0 ? undefined : formulaIn(letter, given);
  const answer = formula && decideGrowth(formula, sign, of);
  return answer && answer.verdict !== "not understood" ? { span, plain, answer: { ...answer, at: span } } : undefined;
}

/** What is said of a formula that a statement gives for a quantity; undefined where it gives none that is clear. */
export function quantityStep(statement: Giving, given: Given): KeptStep | undefined {
  const isChain = statement.kind === "chain";
  const reading = readingOf(isChain ? statement.chain.isLatex : statement.isLatex);
  const [left, link] = isChain ? statement.chain.links : [undefined, statement.link];
  if (!link) return undefined;
  const name = left && nameOf(left, reading);
  const whole = name === undefined ? given : given.named(name);
  const written = readLink(withWord(link, /^[A-Z]{2}/.exec(name ?? "")?.[0]), reading);
  const e = written && withNames(written);
  // A letter or number alone is given for something only by name.
  if (!isChain && (e?.kind === "symbol" || e?.kind === "number")) return undefined;
  const growth = e && growthIn(e);
  if (growth && left) return grownStep(growth, whole, { from: left.from, to: link.to }, `${name} = ${printMath(e)}`);
  const found = e && decideGiven(e, whole);
  if (!e || !found) return undefined;
  const { quantity, answer } = found;
  const span = { from: left?.from ?? link.from, to: link.to };
  const plain = `${name ? `${name} = ` : ""}${printMath(e)}`;
  if (answer.verdict === "right")
    return {
      span,
      plain,
      answer: { verdict: "right", how: "quantity", quantity: { name: quantity.name, say: answer.convention ?? "" } },
    };
  // `F K² C plus F biases` is not all of it.
  if (/^[\s$)\\]*(?:plus|and|\+|weights)\b/i.test(given.behind)) return undefined;
  const { right, mistake, repair, counterexample } = answer;
  return {
    span,
    plain,
    answer: {
      verdict: "wrong",
      how: "quantity",
      at: { from: link.from, to: link.to },
      quantity: { name: quantity.name, say: mistake ?? "", right: printMath(right) },
      ...(repair ? { repair } : {}),
      ...(counterexample ? { counterexample } : {}),
    },
  };
}
