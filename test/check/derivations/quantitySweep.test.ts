import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "mathjs";
import { analyze } from "../../../src/check/analyze.js";

/** A quantity as documents write it: the sentence with `@` for the formula, right and wrong formulas in LaTeX, and the reference for mathjs. */
interface Written {
  readonly sentences: readonly string[];
  readonly letters: readonly Readonly<Record<string, string>>[];
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly reference: string;
}

const quantities: readonly Written[] = [
  {
    sentences: [
      "A convolution with stride <S> and padding <P> on an input of width <I> with kernel size <K> has the output size $@$.",
      "With input size $<I>$, kernel size $<K>$, padding $<P>$ and stride $<S>$: $$<I>_{out} = @$$",
      "The output size is $@$, where <I> is the input size, <K> the filter size, <P> the padding and <S> the stride.",
    ],
    letters: [
      { I: "W", K: "K", P: "P", S: "S" },
      { I: "H", K: "F", P: "P", S: "S" },
      { I: "n", K: "f", P: "p", S: "s" },
      { I: "N", K: "k", P: "p", S: "s" },
      { I: "i", K: "k", P: "p", S: "s" },
    ],
    right: [
      "\\left\\lfloor \\frac{<I> - <K> + 2<P>}{<S>} \\right\\rfloor + 1",
      "\\lfloor (<I> + 2<P> - <K>)/<S> \\rfloor + 1",
      "\\left\\lfloor \\frac{<I> + 2<P> - <K>}{<S>} + 1 \\right\\rfloor",
      "\\frac{<I> - <K> + 2<P>}{<S>} + 1",
    ],
    wrong: [
      "\\left\\lceil \\frac{<I> - <K> + 2<P>}{<S>} \\right\\rceil + 1",
      "\\left\\lfloor \\frac{<I> - <K> + <P>}{<S>} \\right\\rfloor + 1",
      "\\left\\lfloor \\frac{<I> - <K> + 2<P>}{<S>} \\right\\rfloor",
      "\\left\\lfloor \\frac{<I> + <K> + 2<P>}{<S>} \\right\\rfloor + 1",
      "\\left\\lfloor \\frac{<I> - <K> - 2<P>}{<S>} \\right\\rfloor + 1",
      "\\left\\lfloor \\frac{<I> - <K> + 2<P>}{<S>} \\right\\rfloor - 1",
      "\\left\\lfloor \\frac{<I> - <K> + 2<P>}{<S>} \\right\\rfloor + 2",
    ],
    reference: "floor((<I> - <K> + 2*<P>)/<S>) + 1",
  },
  {
    sentences: [
      "An <I>×<I>×3 input meets $<F>$ filters of size <K>×<K>×3, with stride <S> and padding <P>. The output is $@$.",
      "Let the input be $<I> \\times <I> \\times 3$, with $<F>$ filters of size $<K> \\times <K> \\times 3$, stride $<S>$, padding $<P>$. This gives $@$.",
    ],
    letters: [
      { I: "n", K: "k", P: "P", S: "S", F: "\\ell" },
      { I: "W", K: "K", P: "P", S: "S", F: "F" },
      { I: "n", K: "f", P: "p", S: "s", F: "n_c" },
    ],
    right: [
      "(\\lfloor (<I> + 2<P> - <K>)/<S> \\rfloor + 1)^2 \\times <F>",
      "(\\lfloor \\frac{<I> + 2<P> - <K>}{<S>} \\rfloor + 1) \\times (\\lfloor \\frac{<I> + 2<P> - <K>}{<S>} \\rfloor + 1) \\times <F>",
      "\\left(\\frac{<I> - <K> + 2<P>}{<S>} + 1\\right)^2 <F>",
    ],
    wrong: [
      "(\\lceil (<I> + 2<P> - <K>)/<S> \\rceil + 1)^2 \\times <F>",
      "(\\lfloor (<I> + 2<P> - <K>)/<S> \\rfloor)^2 \\times <F>",
      "(\\lfloor (<I> + <P> - <K>)/<S> \\rfloor + 1)^2 \\times <F>",
    ],
    reference: "(floor((<I> - <K> + 2*<P>)/<S>) + 1)^2*<F>",
  },
  {
    sentences: [
      "A convolution of <F> filters of size <K>×<K> over <C> input channels, with biases, has the number of parameters $@$.",
      "There are $<F>$ filters, $<C>$ input channels and the kernel size is $<K>$. Together with the biases of the convolution, the number of parameters is $@$.",
    ],
    letters: [
      { F: "F", K: "K", C: "C" },
      { F: "n", K: "f", C: "c" },
      { F: "M", K: "k", C: "D" },
    ],
    right: ["<F>(<K>^2 <C> + 1)", "<F> <K>^2 <C> + <F>", "(<K> \\cdot <K> \\cdot <C> + 1) \\cdot <F>"],
    wrong: ["<F>(<K>^2 + 1)", "<F> <K>^2 <C>", "<F> <K>^2 <C> + 1", "<F>(<K> <C> + 1)", "<F>(<K>^2 <C> - 1)"],
    reference: "<F>*(<K>^2*<C> + 1)",
  },
  {
    sentences: [
      "The receptive field of $<L>$ convolutions with kernel size $<K>$ and stride 1 is $@$.",
      "Receptive field of a stack of <L> layers with kernel size <K>: $$RF = @$$",
    ],
    letters: [
      { L: "L", K: "K" },
      { L: "n", K: "k" },
    ],
    right: ["1 + <L>(<K> - 1)", "<K> + (<L> - 1)(<K> - 1)", "<L> <K> - <L> + 1"],
    wrong: ["<L> <K>", "<L>(<K> - 1)", "<K>^{<L>}", "1 + <L>(<K> + 1)", "2 + <L>(<K> - 1)"],
    reference: "1 + <L>*(<K> - 1)",
  },
];

const fill = (text: string, letters: Readonly<Record<string, string>>): string =>
  text.replace(/<(\w)>/g, (_, role: string) => letters[role] ?? role);

/** Every sentence with every formula in every choice of letters. */
function* documents(kind: "right" | "wrong"): Generator<{ text: string; reference: string }> {
  for (const { sentences, letters, reference, ...formulas } of quantities)
    for (const sentence of sentences)
      for (const choice of letters)
        for (const formula of formulas[kind])
          yield {
            text: fill(
              sentence.replace("@", () => formula),
              choice,
            ),
            reference: fill(reference, choice).replaceAll("\\ell", "ℓ"),
          };
}

test("right formulas for sizes, counts and receptive fields are right in all their letters and forms", () => {
  let right = 0;
  let all = 0;
  const missed: string[] = [];
  for (const { text } of documents("right")) {
    const { claims, findings } = analyze(text, "markdown", "answer");
    assert.deepEqual(findings, [], text);
    all++;
    if (claims.some((c) => c.verdict === "right")) right++;
    else missed.push(text);
  }
  assert.ok(all >= 80 && right >= 0.9 * all, `${right} of ${all}:\n${missed.join("\n")}`);
});

test("wrong ones are wrong, with numbers for which the quantity is what is said of it", () => {
  let wrong = 0;
  let all = 0;
  const missed: string[] = [];
  for (const { text, reference } of documents("wrong")) {
    const { findings } = analyze(text, "markdown", "answer");
    all++;
    const [finding] = findings;
    if (!finding) {
      missed.push(text);
      continue;
    }
    wrong++;
    const said = /^For (.+?) this gives (−?[\d.,/]+)(?:…)?, but .*? is (−?[\d.,/]+)/.exec(finding.message);
    assert.ok(said, finding.message);
    const [, where = "", given = "", right = ""] = said;
    const scope = Object.fromEntries(
      where.split(", ").map((w) => {
        const [name = "", value = ""] = w.split(" = ");
        return [name, Number(value)];
      }),
    );
    const number = (t: string): number => Number(evaluate(t.replace("−", "-").replaceAll(",", "")));
    assert.ok(Math.abs(number(right) - Number(evaluate(reference, scope))) < 1e-6, `${text}\n${finding.message}`);
    assert.ok(Math.abs(number(given) - number(right)) > 1e-6, finding.message);
    assert.ok(number(right) > 0, `a window that is larger than its input: ${finding.message}`);
  }
  assert.ok(wrong >= 0.95 * all, `${wrong} of ${all}:\n${missed.join("\n")}`);
});
