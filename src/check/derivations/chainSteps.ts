import { printMath } from "../../core/math/printMath.js";
import { isKnownFunction } from "../../core/math/spelledOut.js";
import { type Chain, type Link, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Given } from "../quantities/given.js";
import { convolutionStep } from "./convolutionStep.js";
import { decideAgain, misfitIn } from "./decideMatrices.js";
import { decideStep } from "./decideStep.js";
import type { Definitions } from "./definitions.js";
import type { KeptStep } from "./stepCache.js";
import { unitStep } from "./units.js";

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
      yield { answer: { ...slid, as: "convolution" }, ...step };
      continue;
    }
    const withUnit = at > 0 || !isDefinition ? unitStep(chain, at, known, text) : undefined;
    if (withUnit) {
      yield { answer: withUnit, ...step };
      continue;
    }
    // `C = F = 10` defines both.
    if (at > 0 && isDefinition && known.isNew(left, chain)) continue;
    if (at > 0 || !isDefinition) {
      yield { answer: decideStep(chain, at, known), ...step };
      continue;
    }
    // What defines a letter claims nothing, but its matrices have to fit.
    const formula = readLink(right, plainReading(chain.isLatex));
    const misfit = formula && misfitIn(formula, known.shapes);
    const own = formula && known.formulaOf(chain);
    const again = own ? decideAgain(own, formula, known.shapes) : undefined;
    if (misfit) yield { answer: { verdict: "wrong", misfit, how: "matrices" }, ...step };
    else if (again) yield { answer: { ...again, at: { from: right.from, to: right.to } }, ...step };
  }
}
