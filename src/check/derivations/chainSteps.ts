import type { MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { isKnownFunction } from "../../core/math/spelledOut.js";
import { type Chain, type Link, readLink, readPlainly } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Given } from "../quantities/given.js";
import { convolutionStep } from "./convolutionStep.js";
import { decideAgain, misfitIn } from "./decideMatrices.js";
import { decideStep } from "./decideStep.js";
import type { Definitions } from "./definitions.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";
import { UNCLEAR_UNITS, unclearReason } from "./unclearReason.js";
import { unitStep } from "./units.js";

/** A link as it stands. */
const readKnown = (link: Link, { isLatex }: Chain, known: Definitions): MathExpr | undefined =>
  readLink(
    link,
    plainReading(
      isLatex,
      (name) => isKnownFunction(known.formulas, name),
      (name) => known.derivedBy(name),
    ),
  );

/** A link in plain signs; as its tokens, where it is not read. */
function printLink(link: Link, chain: Chain, known: Definitions): string {
  const e = readKnown(link, chain, known);
  return e ? printMath(e) : link.tokens.map((t) => t.text).join(" ");
}

/** An answer, with the reason where nothing is said. */
function withReason(answer: StepAnswer, left: Link, right: Link, chain: Chain, known: Definitions): StepAnswer {
  if (answer.verdict !== "not understood") return answer;
  const isKnown = (name: string): boolean => known.values.has(name) || known.formulas.letters.has(name);
  const [a, b] = [left, right].map((link) => readKnown(link, chain, known));
  return { ...answer, unclear: unclearReason(a, b, isKnown) };
}

/** What stands around a chain; `given` only where it may be a convolution. */
interface Around {
  readonly text: string;
  readonly given: Given | undefined;
}

/** The steps of a chain that claim something, with what is said of them. */
export function* stepsOf(chain: Chain, known: Definitions, { text, given }: Around): Generator<KeptStep> {
  const isDefinition = known.isDefinition(chain);
  const [first] = chain.links;
  const of = first ? printLink(first, chain, known) : "";
  for (let at = 0; at < chain.relations.length; at++) {
    const [left, right] = [chain.links[at], chain.links[at + 1]];
    // What is drawn from a distribution claims nothing.
    if (!left || !right || chain.relations[at] === "∼") continue;
    const step = {
      span: { from: left.from, to: right.to },
      plain: `${at > 0 ? printLink(left, chain, known) : of} ${chain.relations[at]} ${printLink(right, chain, known)}`,
      of,
    };
    const slid = given && convolutionStep(chain, at, known, given);
    const plainly = slid?.verdict === "wrong" && at > 0 ? decideStep(chain, at, known) : undefined;
    if (slid && plainly?.verdict !== "right") {
      yield { answer: withReason({ ...slid, as: "convolution" }, left, right, chain, known), ...step };
      continue;
    }
    const withUnit = at > 0 || !isDefinition ? unitStep(chain, at, known, text) : undefined;
    if (withUnit) {
      const isClear = withUnit.verdict !== "not understood";
      yield { answer: isClear ? withUnit : { ...withUnit, unclear: UNCLEAR_UNITS }, ...step };
      continue;
    }
    // `C = F = 10` defines both, also where they had other values.
    if (at > 0 && isDefinition && (known.isNew(left, chain) || known.isAssigned(chain))) continue;
    if (at > 0 || !isDefinition) {
      yield { answer: withReason(decideStep(chain, at, known), left, right, chain, known), ...step };
      continue;
    }
    // What defines a letter claims nothing, but its matrices have to fit.
    const formula = readPlainly(right, chain.isLatex);
    const misfit = formula && misfitIn(formula, known.shapes);
    const own = formula && known.formulaOf(chain);
    const again = own ? decideAgain(own, formula, known.shapes) : undefined;
    if (misfit) yield { answer: { verdict: "wrong", misfit, how: "matrices" }, ...step };
    else if (again) yield { answer: { ...again, at: { from: right.from, to: right.to } }, ...step };
  }
}
