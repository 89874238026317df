import { type Chain, readLink } from "../../read/math/chains.js";
import { type DocumentLanguage, statementsIn } from "../../read/math/statements.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Claim, Finding, Reveal, Span } from "../finding.js";
import { decideStep, misfitIn, type StepAnswer } from "./decideStep.js";
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

/** Checks every equation of a document, apart from what stands in `elsewhere`. It never throws. */
export function checkDerivations(
  text: string,
  language: DocumentLanguage,
  reveal: Reveal,
  elsewhere: readonly Span[] = [],
): DerivationCheck {
  const claims: StepClaim[] = [];
  const known = new Definitions();
  for (const statement of statementsIn(text, language, elsewhere)) {
    if (statement.kind === "heading") known.enter(statement.level);
    else if (statement.kind === "declaration") known.declare(statement.declaration);
    else {
      for (const { answer, span } of stepsOf(statement.chain, known)) {
        const reason = sayAnswer(answer, text, reveal);
        claims.push({ span, text: text.slice(span.from, span.to), verdict: answer.verdict, reason, answer });
      }
      known.learn(statement.chain);
    }
  }
  const wrong = claims.filter((c) => c.verdict === "wrong");
  return { claims, findings: wrong.map(findingOf) };
}

/** The steps of a chain that claim something, with what is said of them. */
function* stepsOf(chain: Chain, known: Definitions): Generator<{ readonly answer: StepAnswer; readonly span: Span }> {
  for (let at = 0; at < chain.relations.length; at++) {
    const [left, right] = [chain.links[at], chain.links[at + 1]];
    if (!left || !right) continue;
    const span = { from: left.from, to: right.to };
    if (at > 0 || !known.isDefinition(chain)) {
      yield { answer: decideStep(chain, at, known), span };
      continue;
    }
    // What defines a letter claims nothing, but its matrices have to fit.
    const formula = readLink(right, plainReading(chain.isLatex));
    const misfit = formula && misfitIn(formula, known.shapes);
    if (misfit) yield { answer: { verdict: "wrong", misfit, how: "matrices" }, span };
  }
}

function sayAnswer(answer: StepAnswer, text: string, reveal: Reveal): string {
  if (answer.verdict === "wrong") return sayWrong(answer, text, reveal);
  return answer.verdict === "not understood" ? "It is not understood what this step says." : sayRight(answer);
}

/** A wrong step as a finding, at its right side or at what does not fit in it. */
function findingOf({ span, reason, answer }: StepClaim): Finding {
  const place = answer.misfit ? { from: answer.misfit.left.from, to: answer.misfit.right.to } : (answer.at ?? span);
  return { span: place, severity: "error", code: "derivation/step", message: reason };
}
