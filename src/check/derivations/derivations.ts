import { withPlainMath } from "../../read/math/plainText.js";
import { type DocumentLanguage, type Statement, statementsIn } from "../../read/math/statements.js";
import type { Claim, Finding, Reveal, Span } from "../finding.js";
import { blockCounts } from "./blockCounts.js";
import { DocumentWalk } from "./documentWalk.js";
import { gradientWords } from "./gradientWords.js";
import { memorySizes } from "./memorySizes.js";
import { optimizerStates } from "./optimizerStates.js";
import { parametersInWords } from "./parametersInWords.js";
import { sayRight, sayWrong } from "./sayStep.js";
import { sizesInWords } from "./sizesInWords.js";
import type { StepAnswer } from "./stepAnswer.js";
import { type KeptStep, StepCache } from "./stepCache.js";
import { topicOf } from "./topics.js";
import { totalsInWords } from "./totalsInWords.js";

/** What is claimed in sentences. */
const IN_WORDS = [
  blockCounts,
  memorySizes,
  optimizerStates,
  gradientWords,
  parametersInWords,
  sizesInWords,
  totalsInWords,
];

/** A step of a derivation, and what is said of it. */
export interface StepNote extends Claim {
  /** What it says, in one line of plain signs. */
  readonly plain: string;
  /** The heading that it stands under; none at the top of a document. */
  readonly section: string;
  /** What it is about, in the words of a course. */
  readonly topic: string;
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
  source: string,
  language: DocumentLanguage,
  reveal: Reveal,
  elsewhere: readonly Span[] = [],
  cache: StepCache = new StepCache(),
): DerivationCheck {
  const { text, hasPoints } = withPlainMath(source, language);
  const statements = statementsIn(text, language, elsewhere);
  const walk = new DocumentWalk(text, cache, statements);
  const claimOf = (step: KeptStep, own: string, section = ""): StepClaim => {
    const { span, answer, plain } = step;
    const reason = sayAnswer(answer, reveal);
    return {
      span,
      text: own,
      verdict: answer.verdict,
      reason,
      answer,
      plain,
      section,
      topic: step.topic ?? topicOf(step),
    };
  };
  const headings: Extract<Statement, { kind: "heading" }>[] = [];
  const claims = statements.flatMap((statement, i) => {
    if (statement.kind === "heading") headings.push(statement);
    const steps = walk.steps(statement, statements[i + 1]);
    const title = headings.at(-1)?.title;
    return steps.map((step) => claimOf(step, source.slice(step.span.from, step.span.to).replace(/\s+/g, " "), title));
  });
  // A number that its own sum does not give needs no second error.
  const faults = claims.flatMap((c) => (c.verdict === "wrong" ? [c.answer.at ?? c.span] : []));
  const inWords = IN_WORDS.flatMap((stepsIn) => [...stepsIn(text)]).filter(
    ({ span, answer }) =>
      ![...elsewhere, ...(answer.verdict === "wrong" ? faults : [])].some((s) => span.from < s.to && s.from < span.to),
  );
  for (const step of inWords) {
    const heading = headings.findLast(({ at }) => at <= step.span.from);
    claims.push(claimOf(step, step.plain, heading?.title));
  }
  if (inWords.length > 0) claims.sort((a, b) => a.span.from - b.span.from);
  cache.turn();
  const wrong = claims.filter((c) => c.verdict === "wrong");
  // A number with a point is no fix where commas stand before decimals.
  const findings = wrong.map((c) => findingOf(c, reveal, hasPoints));
  return { claims, findings: [...findings, ...undamped(text)] };
}

/** A step of momentum in which nothing fades: `m' = m − α∇L`, `v_{t+1} = v_t − ηg`. */
const UNDAMPED =
  /(?<![\w\\])([mvV])(?:'|′|_\{?t\}?)?(?:'|_\{?t ?\+ ?1\}?)? *(?:&?=|:=|\\leftarrow|←) *(\1(?:_\{?t(?: ?- ?1)?\}?)?) *[-−+] *(?:\\(?:alpha|eta)\b|[αη])/;

function undamped(text: string): readonly Finding[] {
  const found = /momentum/i.test(text) ? UNDAMPED.exec(text) : null;
  if (!found) return [];
  const message = `This is momentum with β = 1: what came before never fades. With a smaller β, write β${found[2]} for ${found[2]}.`;
  const span = { from: found.index, to: found.index + found[0].length };
  return [{ span, severity: "information", code: "derivation/momentum", message }];
}

function sayAnswer(answer: StepAnswer, reveal: Reveal): string {
  if (answer.verdict === "wrong") return sayWrong(answer, reveal);
  if (answer.verdict !== "not understood") return sayRight(answer);
  return answer.unclear ?? "It is not understood what this step says.";
}

/** A wrong step as a finding, at its right side or at what does not fit in it. */
function findingOf({ span, reason, answer }: StepClaim, reveal: Reveal, hasPoints: boolean): Finding {
  const place = answer.misfit ? { from: answer.misfit.left.from, to: answer.misfit.right.to } : (answer.at ?? span);
  const { rightNumber } = answer;
  const isTold = reveal === "answer" && hasPoints && rightNumber !== undefined;
  const fix = isTold && { title: `Set ${rightNumber}`, edits: [{ span: place, text: rightNumber }], preferred: true };
  return {
    span: place,
    severity: "error",
    code: "derivation/step",
    message: reason,
    ...(fix ? { fixes: [fix] } : {}),
  };
}
