import type { MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import { conditionTokens, isDomainOf } from "../../read/math/domains.js";
import { IS_DOMAIN, IS_FOLLOWED, indexLetter, listBehind } from "../../read/math/domainWords.js";
import { macroLines } from "../../read/math/macros.js";
import { IS_OF_SIZE, type SizeSaid, sizeIn } from "../../read/math/sizes.js";
import type { Statement } from "../../read/math/statements.js";
import { Given } from "../quantities/given.js";
import { decideStatistics } from "../quantities/statisticsShape.js";
import { boundStep } from "./boundStep.js";
import { stepsOf } from "./chainSteps.js";
import { isConcluded } from "./concluded.js";
import { mayConvolve, SAYS_CONVOLUTION } from "./convolutionStep.js";
import { misfitIn } from "./decideMatrices.js";
import { Definitions } from "./definitions.js";
import { derivedNext } from "./derivedNext.js";
import { equivalenceStep } from "./equivalenceStep.js";
import { layerStep } from "./layerStep.js";
import { maskIn } from "./maskWords.js";
import { decideCost, decideSize } from "./matrixClaims.js";
import { isNoClaim } from "./noClaim.js";
import { isOfOtherCase, LettersGiven } from "./otherCase.js";
import { Places } from "./places.js";
import { mayGive, quantityStep } from "./quantityStep.js";
import { RoundedNumbers } from "./roundedNumbers.js";
import { goesOn, saysIndependent, saysMatrices, sigmaIn } from "./sectionWords.js";
import { SequenceClaims } from "./sequenceStep.js";
import { shiftStep } from "./shiftStep.js";
import { slidingMatrix } from "./slidingMatrix.js";
import { UNCLEAR } from "./stepAnswer.js";
import { type KeptStep, type StepCache, stampOf } from "./stepCache.js";
import { topicOf } from "./topics.js";
import { MAY_BE_SOLVED } from "./unclearReason.js";

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** Words between an expression and its cost. */
const IS_ITS_COST = /^[\s$)\\]*(?:as (?:it is )?written |costs?|is|=|:|takes|equals)*[\s$(\\]*$/;

/** Words with which a product is one step of several, each with a cost of its own. */
const ONE_OF_SEVERAL =
  /\b(?:then|again|next|after\w*|second(?:ly)?|another|finally|in total|altogether|together|dann|danach|zusammen)\b/i;

/** Words with which a product is shown as one that cannot be. */
const DENIES =
  /\b(?:not|cannot|never|no|undefined|fails?|wrong|mis\w+|instead|conform\w*|(?:im|il|in)[a-z]*\w+ble|invalid|element\w*|row)\b|n['’]t\b/i;

/** Whether an expression is a product of two letters, and no list of more. */
const isPair = (e: MathExpr): boolean =>
  e.kind === "binary" && [e.left, e.right].every((x) => (x.kind === "transpose" ? x.of : x).kind === "symbol");

/** Goes through a document from its top, keeps what it says of its letters, and decides what it claims. */
export class DocumentWalk {
  private readonly known = new Definitions();
  private readonly headings: Of<"heading">[] = [];
  private readonly macros: string;
  private readonly convolutions: Places;
  private readonly filters: Places;
  private readonly centred: Places;
  private readonly masks: Places;
  private readonly rounded = new RoundedNumbers();
  private sectionStart = 0;
  /** The expression that was read last, which words may say something of. */
  private last: Of<"expression"> | undefined;
  private lastChain: Chain | undefined;
  /** Where the indices end for which the chain before holds. */
  private domainEnd = 0;
  private readonly sequences = new SequenceClaims();
  private readonly letters: LettersGiven;

  constructor(
    private readonly text: string,
    private readonly cache: StepCache,
    statements: readonly Statement[],
  ) {
    this.letters = new LettersGiven(statements);
    this.macros = stampOf(macroLines(text));
    this.convolutions = new Places(text, SAYS_CONVOLUTION);
    this.filters = new Places(text, /convol|filter|response/i);
    this.centred = new Places(text, /mean (?:0|zero)|zero[- ]mean|cent(?:er|re)d|=\s*0\s*\$/i);
    this.masks = new Places(text, /bernoulli/i);
    this.starts = statements.flatMap((s) => (s.kind === "heading" ? [s.at] : []));
    this.known.isIndependent = saysIndependent(text);
    this.known.isOfMatrices = saysMatrices(text);
    this.readSigma(0);
  }

  /** What a statement claims, with what is said of it. */
  steps(statement: Statement, next: Statement | undefined): readonly KeptStep[] {
    switch (statement.kind) {
      case "heading": {
        const { level, at, title } = statement;
        if (!goesOn(title)) {
          this.known.enter(level);
          this.sequences.enter(level);
        }
        while ((this.headings.at(-1)?.level ?? -1) >= level) this.headings.pop();
        this.headings.push(statement);
        this.sectionStart = at;
        this.readSigma(at);
        return [];
      }
      case "declaration":
        return this.declaration(statement);
      case "size":
        return this.size(statement.size);
      case "expression":
        return this.expression(statement);
      case "chain":
        return this.ofSequences(statement.chain, next) ?? this.chain(statement);
    }
  }

  /** Where headings stand, those that are passed left out. */
  private readonly starts: number[];

  /** Sees what σ is from an offset to the next heading. */
  private readSigma(from: number): void {
    const section = this.text.slice(from, this.starts.shift());
    const { isActivation, isSigmoid } = sigmaIn(section);
    this.known.isActivation = isActivation;
    if (isSigmoid) this.known.readSigmoid();
  }

  private given({ from, to }: { readonly from: number; readonly to: number }): Given {
    const path = this.headings.map((h) => h.title).join(" / ");
    return new Given(this.text, from, to, path, this.sectionStart);
  }

  /** `W ∈ ℝ^{m×n}` says something of a letter, and claims something of an expression. */
  private declaration({ declaration }: Of<"declaration">): readonly KeptStep[] {
    const { of, shape, from, to } = declaration;
    if (of.kind === "symbol") {
      this.known.declare(declaration, this.text);
      return [];
    }
    const answer = decideSize(of, shape, this.known.shapes);
    const plain = `${printMath(of)} ∈ ${printMath(shape.rows)} × ${printMath(shape.columns)}`;
    return answer ? [{ answer, span: { from, to }, plain }] : [];
  }

  /** `W is d_out × d_in`, likewise. */
  private size({ of: link, shape, isLatex, from, to }: SizeSaid): readonly KeptStep[] {
    const of = readPlainly(link, isLatex);
    if (!of) return [];
    const isOpen = of.kind === "symbol" && !this.known.shapes.has(of.name);
    if (isOpen || of.kind !== "symbol")
      return this.declaration({ kind: "declaration", at: from, declaration: { of, shape, from, to } });
    const answer = decideSize(of, shape, this.known.shapes);
    return answer?.verdict === "right" ? [{ answer, span: { from, to }, plain: printMath(of) }] : [];
  }

  private expression(statement: Of<"expression">): readonly KeptStep[] {
    const { link, isLatex } = statement;
    const { last } = this;
    this.last = statement;
    const between = last ? this.text.slice(last.link.to, link.from) : "";
    const shape = last && IS_OF_SIZE.test(between) ? sizeIn(link, isLatex) : undefined;
    if (last && shape) return this.size({ of: last.link, shape, isLatex, from: last.link.from, to: link.to });
    if (last && /\bcosts?\b/i.test(between + this.given(last.link).before.slice(-60)) && IS_ITS_COST.test(between)) {
      const [of, cost] = [last.link, link].map((l) => readPlainly(l, isLatex));
      const around = this.given(last.link).before + this.text.slice(link.to, link.to + 60);
      const answer = of && cost && decideCost(of, cost, this.known.shapes, ONE_OF_SEVERAL.test(around));
      if (answer)
        return [
          {
            answer: { ...answer, at: link, as: "cost" },
            span: { from: last.link.from, to: link.to },
            plain: `${printMath(of)}: ${printMath(cost)}`,
          },
        ];
    }
    const given = this.given({ from: statement.at, to: link.to });
    const shapeOf = decideStatistics(link, given);
    if (shapeOf) {
      const { verdict, right, say } = shapeOf;
      const quantity = { name: "the shape of batch norm's mean and variance", say, right };
      return [{ answer: { verdict, how: "quantity", quantity }, span: { from: link.from, to: link.to }, plain: right }];
    }
    const e = readPlainly(link, isLatex);
    const misfit = e && isPair(e) && !DENIES.test(given.paragraph) ? misfitIn(e, this.known.shapes) : undefined;
    if (misfit)
      return [
        {
          answer: { verdict: "wrong", misfit, how: "matrices" },
          span: { from: link.from, to: link.to },
          plain: printMath(e ?? misfit.left),
        },
      ];
    return this.ofQuantity(statement, given);
  }

  /** What a statement gives for a quantity of the field. */
  private ofQuantity(statement: Of<"chain" | "expression">, given: Given): readonly KeptStep[] {
    if (!mayGive(statement, given)) return [];
    const { from, to } = statement.kind === "chain" ? statement.chain : statement.link;
    const key = `${stampOf(given.context)} ${given.before} ${this.text.slice(from, to)}`;
    return this.cache.steps(key, from, () => [quantityStep(statement, given) ?? []].flat());
  }

  /** What a chain claims of sequences and their convolution; undefined where it speaks of none. */
  private ofSequences(chain: Chain, next: Statement | undefined): readonly KeptStep[] | undefined {
    const { text, lastChain } = this;
    if (chain.from < this.domainEnd) {
      this.lastChain = undefined;
      return [];
    }
    if (!/[[*∗]|\\ast\b/.test(text.slice(chain.from, chain.to)) && !this.sequences.hasAny) return undefined;
    const { from, to } = chain;
    const letter = indexLetter(chain);
    const behind = next?.kind === "chain" && IS_DOMAIN.test(text.slice(to, next.chain.from)) ? next.chain : undefined;
    const before = lastChain && IS_FOLLOWED.test(text.slice(lastChain.to, from)) ? lastChain : undefined;
    const [after, ahead] = [behind, before].map((c) => (c && isDomainOf(c, letter) ? c : undefined));
    const list = letter ? listBehind(text, chain, letter) : undefined;
    const around = after ?? (list ? undefined : ahead);
    const found = this.sequences.steps(chain, {
      text,
      since: this.headings[0]?.at ?? 0,
      domain: around ? conditionTokens(around) : list?.tokens,
      domainEnd: after?.to ?? list?.to ?? to,
      values: this.known.values,
      isConvolution: this.filters.isBetween(this.given(chain).contextStart, to),
    });
    if (found) {
      this.lastChain = chain;
      this.domainEnd = after?.to ?? list?.to ?? this.domainEnd;
    }
    return found;
  }

  private chain(statement: Of<"chain">): readonly KeptStep[] {
    const { chain } = statement;
    const { known, text } = this;
    const given = this.given(chain);
    const found: KeptStep[] = [...this.ofQuantity(statement, given)];
    known.isCentred = this.centred.isBetween(given.contextStart, chain.to);
    known.derivedNext = derivedNext(this.lastChain, chain, known, text);
    const isMasked = this.masks.isBetween(given.contextStart, chain.to);
    known.mask = isMasked ? maskIn(given.context) : undefined;
    if (isMasked) known.addNorms(chain, given.context);
    const isSlid = mayConvolve(chain, this.convolutions.isBetween(given.contextStart, chain.to));
    const around = isSlid || isMasked ? stampOf(`${given.context} ${given.before}`) : "";
    const key = `${known.stamp} ${known.isCentred} ${known.isIndependent} ${known.isOfMatrices} ${known.isActivation} ${known.derivedNext} ${this.macros} ${chain.isLatex} ${around} ${text.slice(chain.from, chain.to)}`;
    const unit = text.slice(chain.to, chain.to + 24);
    const steps = this.cache.steps(`${key} ${unit}`, chain.from, () =>
      Array.from(stepsOf(chain, known, { text, given: isSlid ? given : undefined }), (s) => ({
        ...s,
        topic: topicOf(s),
      })),
    );
    const isGiven = found.length > 0;
    const layer = layerStep(chain, known, given);
    const matrix = slidingMatrix(chain, given);
    if (matrix) found.push(matrix);
    const chosen = boundStep(this.lastChain, chain, known.values, text);
    const value = layer?.step ?? chosen ?? shiftStep(chain, known.values, given.since(this.headings.at(-2)?.at));
    if (value) found.push(value);
    for (const step of steps) {
      if (step.span.to === value?.span.to) continue;
      // What is given for a quantity is one claim.
      if (isGiven && step.span.from === chain.from) continue;
      const isOpen =
        step.answer.verdict === "wrong" &&
        (isNoClaim(step, chain, given, text) ||
          (step.answer.mayBeSolved && !isConcluded(step, chain, known.values, text, this.letters)) ||
          isOfOtherCase(step, chain, known.values, text, this.letters) ||
          this.rounded.mayMake(step.answer, text.slice(step.span.from, step.span.to)));
      if (step.answer.verdict === "rounded") this.rounded.keep(text.slice(step.span.from, step.span.to));
      found.push(
        isOpen ? { ...step, answer: step.answer.mayBeSolved ? { ...UNCLEAR, unclear: MAY_BE_SOLVED } : UNCLEAR } : step,
      );
    }
    const equivalent = chain.arrow && this.lastChain ? equivalenceStep(this.lastChain, chain) : undefined;
    if (equivalent) found.push(equivalent);
    known.learn(chain, text);
    this.last = undefined;
    this.lastChain = chain;
    if (layer?.found) known.imply(layer.name, layer.found, value?.answer.verdict === "right");
    return found;
  }
}
