import { printMath } from "../../core/math/printMath.js";
import { isKnownFunction } from "../../core/math/spelledOut.js";
import { type Chain, type Link, readLink } from "../../read/math/chains.js";
import { macroLines } from "../../read/math/macros.js";
import { type DocumentLanguage, statementsIn } from "../../read/math/statements.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Claim, Finding, Reveal, Span } from "../finding.js";
import type { Given } from "../quantities/recognise.js";
import { convolutionStep, mayConvolve } from "./convolutionStep.js";
import { misfitIn } from "./decideMatrices.js";
import { decideStep } from "./decideStep.js";
import { Definitions } from "./definitions.js";
import { givenAt, quantityStep } from "./quantityStep.js";
import { sayRight, sayWrong } from "./sayStep.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";
import { type KeptStep, StepCache, stampOf } from "./stepCache.js";

/** A step of a derivation, and what is said of it. */
export interface StepNote extends Claim {
  /** What it says, in one line of plain signs. */
  readonly plain: string;
  /** The heading that it stands under; none at the top of a document. */
  readonly section: string;
}

/** The same with how it was decided. */
export interface StepClaim extends StepNote {
  readonly answer: StepAnswer;
}

/** The derivations of a document, checked. */
export interface DerivationCheck {
  readonly claims: readonly StepClaim[];
  readonly findings: readonly Finding[];
}

/**
 * Checks every equation of a document, apart from what stands in `elsewhere`. It never throws. `cache` is the one with which the document
 * was checked before.
 */
export function checkDerivations(
  text: string,
  language: DocumentLanguage,
  reveal: Reveal,
  elsewhere: readonly Span[] = [],
  cache: StepCache = new StepCache(),
): DerivationCheck {
  const claims: StepClaim[] = [];
  const known = new Definitions();
  let section = "";
  let sectionStart = 0;
  const headings: { readonly level: number; readonly title: string }[] = [];
  const macros = stampOf(macroLines(text));
  const say = ({ answer, span, plain }: KeptStep): void => {
    const reason = sayAnswer(answer, reveal);
    const own = text.slice(span.from, span.to).replace(/\s+/g, " ");
    claims.push({ span, text: own, verdict: answer.verdict, reason, answer, plain, section });
  };
  for (const statement of statementsIn(text, language, elsewhere)) {
    if (statement.kind === "heading") {
      known.enter(statement.level);
      section = statement.title;
      sectionStart = statement.at;
      while ((headings.at(-1)?.level ?? -1) >= statement.level) headings.pop();
      headings.push(statement);
    } else if (statement.kind === "declaration") known.declare(statement.declaration, text);
    else {
      const { from, to } = statement.kind === "chain" ? statement.chain : statement.link;
      const given = givenAt(text, from, to, headings.map((h) => h.title).join(" / "), sectionStart);
      const ofQuantity = `${stampOf(given.context)} ${given.before} ${text.slice(from, to)}`;
      const quantities = cache.steps(ofQuantity, from, () => [quantityStep(statement, given) ?? []].flat());
      for (const step of quantities) say(step);
      if (statement.kind === "expression") continue;
      const { chain } = statement;
      const isModular = MODULAR.test(paragraphAround(text, statement.at));
      const isSlid = mayConvolve(chain, given);
      const around = isSlid ? stampOf(`${given.context} ${given.before}`) : "";
      const key = `${known.stamp} ${macros} ${chain.isLatex} ${around} ${text.slice(from, to)}`;
      const steps = cache.steps(key, from, () => [...stepsOf(chain, known, isSlid ? given : undefined)]);
      for (const [at, step] of steps.entries()) {
        if (at === 0 && quantities.length > 0 && step.answer.verdict === "not understood") continue;
        // Where numbers are counted round, nine may be two.
        const isOpen = isModular && step.answer.verdict === "wrong";
        say(isOpen ? { ...step, answer: UNCLEAR } : step);
      }
      known.learn(chain, text);
    }
  }
  cache.turn();
  const wrong = claims.filter((c) => c.verdict === "wrong");
  return { claims, findings: wrong.map((c) => findingOf(c, reveal)) };
}

/** Words and signs of arithmetic that goes round. */
const MODULAR = /\bmod(?:ulo)?\b|\\[pb]mod\b|\\equiv\b|≡|\\mathbb\s*\{?[FZ]|\bbinary\b|\bhexadecimal\b/i;

/** The text between the blank lines around an offset. */
function paragraphAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MAX_PARAGRAPH), at);
  const after = text.slice(at, at + MAX_PARAGRAPH);
  const end = after.indexOf("\n\n");
  return before.slice(before.lastIndexOf("\n\n") + 1) + (end < 0 ? after : after.slice(0, end));
}

/** Characters on both sides of an equation that count as its paragraph. */
const MAX_PARAGRAPH = 2000;

/** A link in plain signs; as its tokens, where it is not read. */
function printLink(link: Link, { isLatex }: Chain, known: Definitions): string {
  const e = readLink(
    link,
    plainReading(
      isLatex,
      (name) => isKnownFunction(known.formulas, name),
      (name) => known.derivedBy(name),
    ),
  );
  return e ? printMath(e) : link.tokens.map((t) => t.text).join(" ");
}

/** The steps of a chain that claim something, with what is said of them. */
function* stepsOf(chain: Chain, known: Definitions, given: Given | undefined): Generator<KeptStep> {
  const isDefinition = known.isDefinition(chain);
  for (let at = 0; at < chain.relations.length; at++) {
    const [left, right] = [chain.links[at], chain.links[at + 1]];
    if (!left || !right) continue;
    const span = { from: left.from, to: right.to };
    const plain = `${printLink(left, chain, known)} ${chain.relations[at]} ${printLink(right, chain, known)}`;
    const slid = given && convolutionStep(chain, at, known, given);
    const plainly = slid?.verdict === "wrong" && at > 0 ? decideStep(chain, at, known) : undefined;
    if (slid && plainly?.verdict !== "right") {
      yield { answer: slid, span, plain };
      continue;
    }
    // `C = F = 10` defines both.
    if (at > 0 && isDefinition && known.isNew(left, chain)) continue;
    if (at > 0 || !isDefinition) {
      yield { answer: decideStep(chain, at, known), span, plain };
      continue;
    }
    // What defines a letter claims nothing, but its matrices have to fit.
    const formula = readLink(right, plainReading(chain.isLatex));
    const misfit = formula && misfitIn(formula, known.shapes);
    if (misfit) yield { answer: { verdict: "wrong", misfit, how: "matrices" }, span, plain };
  }
}

function sayAnswer(answer: StepAnswer, reveal: Reveal): string {
  if (answer.verdict === "wrong") return sayWrong(answer, reveal);
  return answer.verdict === "not understood" ? "It is not understood what this step says." : sayRight(answer);
}

/** A wrong step as a finding, at its right side or at what does not fit in it. */
function findingOf({ span, reason, answer }: StepClaim, reveal: Reveal): Finding {
  const place = answer.misfit ? { from: answer.misfit.left.from, to: answer.misfit.right.to } : (answer.at ?? span);
  const { rightNumber } = answer;
  const isTold = reveal === "answer" && rightNumber !== undefined;
  const fix = isTold && { title: `Set ${rightNumber}`, edits: [{ span: place, text: rightNumber }], preferred: true };
  return {
    span: place,
    severity: "error",
    code: "derivation/step",
    message: reason,
    ...(fix ? { fixes: [fix] } : {}),
  };
}
