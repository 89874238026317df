import { type Chain, chainsOf } from "../../read/math/chains.js";
import { formulasIn } from "../../read/math/formulas.js";
import { latexTokens } from "../../read/math/latexTokens.js";
import { type Macros, readMacros } from "../../read/math/macros.js";
import { typedFormulas } from "../../read/math/typedFormulas.js";
import type { Claim, Finding, Reveal, Span } from "../finding.js";
import { decideStep, type StepAnswer } from "./decideStep.js";
import { Definitions } from "./definitions.js";
import { sayRight, sayWrong } from "./sayStep.js";

/** A step of a derivation, and what is said of it. */
export interface StepClaim extends Claim {
  readonly answer: StepAnswer;
}

/** The derivations of a document, checked. */
export interface DerivationCheck {
  readonly claims: readonly StepClaim[];
  readonly findings: readonly Finding[];
}

/** Chains of one document that are checked. */
const MAX_CHAINS = 20_000;

/** Checks every equation of a document, apart from what stands in `elsewhere`. It never throws. */
export function checkDerivations(
  text: string,
  language: "markdown" | "latex" | "plaintext",
  reveal: Reveal,
  elsewhere: readonly Span[] = [],
): DerivationCheck {
  const claims: StepClaim[] = [];
  const findings: Finding[] = [];
  const known = new Definitions();
  const headings = headingsIn(text, language);
  let section = 0;
  for (const chain of chainsIn(text, language, elsewhere)) {
    while (section < headings.length && (headings[section] ?? Infinity) <= chain.from) {
      section++;
      known.clear();
    }
    const isDefinition = known.isDefinition(chain);
    for (let at = isDefinition ? 1 : 0; at < chain.relations.length; at++) {
      const [left, right] = [chain.links[at], chain.links[at + 1]];
      if (!left || !right) continue;
      const answer = decideStep(chain, at, known);
      const span = { from: left.from, to: right.to };
      const written = text.slice(span.from, span.to);
      const isWrong = answer.verdict === "wrong";
      const reason = isWrong
        ? sayWrong(answer, reveal)
        : answer.verdict === "not understood"
          ? "It is not understood what this step says."
          : sayRight(answer);
      claims.push({ span, text: written, verdict: answer.verdict, reason, answer });
      if (isWrong)
        findings.push({
          span: { from: right.from, to: right.to },
          severity: "error",
          code: "derivation/step",
          message: reason,
        });
    }
    known.learn(chain);
  }
  return { claims, findings };
}

/** The chains of a document in their order. */
function chainsIn(
  text: string,
  language: "markdown" | "latex" | "plaintext",
  elsewhere: readonly Span[],
): readonly Chain[] {
  const macros: Macros = readMacros(text);
  const { formulas, rest } =
    language === "plaintext" ? { formulas: [], rest: [{ from: 0, to: text.length }] } : formulasIn(text, language);
  const isFree = ({ from, to }: Span): boolean => !elsewhere.some((s) => from < s.to && s.from < to);
  const found: Chain[] = [];
  for (const formula of formulas.filter(isFree)) {
    const tokens = latexTokens(text, formula, macros);
    if (tokens) found.push(...chainsOf(tokens, true));
  }
  if (language !== "latex")
    for (const stretch of rest)
      for (const tokens of typedFormulas(text, stretch)) found.push(...chainsOf(tokens, false).filter(isFree));
  return found.sort((a, b) => a.from - b.from).slice(0, MAX_CHAINS);
}

/** Where the sections of a document begin: a letter means something new in each. */
function headingsIn(text: string, language: "markdown" | "latex" | "plaintext"): readonly number[] {
  const heading =
    language === "latex"
      ? /\\(?:chapter|section|subsection|subsubsection|paragraph|begin\{(?:exercise|problem|question|solution)\})/g
      : /^#{1,6} .*$/gm;
  return language === "plaintext" ? [] : [...text.matchAll(heading)].map((m) => m.index);
}
