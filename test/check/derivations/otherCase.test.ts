import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

/** What is said to be wrong in a document, in which ⏎ is a line's end. */
const wrongIn = (text: string): readonly string[] =>
  analyze(text.replaceAll("⏎", "\n"), "markdown", "answer").claims.flatMap((c) =>
    c.verdict === "wrong" ? [c.text] : [],
  );

/** All of it is right: the letters have other values than those that were given last, which the words say or the solution does. */
const OTHER_CASES: readonly string[] = [
  "1. For $x=3$ we get $x^2=9$.⏎⏎2. Find the minimum of $f(x)=x^2-4x$. $f'(x)=2x-4=0$, so $x=2$.",
  "At $x=3$ the value of $f(x)=x^2-4x$ is $-3$. The minimum: $f'(x)=2x-4=0$, hence $x=2$.",
  String.raw`We start at $w=5$. The optimum satisfies $\frac{dL}{dw}=2w-4=0$, i.e. $w=2$.`,
  String.raw`We start at $w=3$. The gradient of $L=(w-1)^2$ is $2(w-1)=4$. The optimum satisfies $\frac{dL}{dw}=2(w-1)=0$, i.e. $w=1$.`,
  String.raw`1. $\log_2x=5\iff x=32$.⏎⏎2. Saddle: $f(x,y)=x^2-y^2$, $f_x=2x=0$, $f_y=-2y=0$, so $(0,0)$.`,
  String.raw`1. $a\approx1.17$.⏎⏎2. Minimise $h(a)=a^2+(1-a)^2$: $h'(a)=4a-2=0$, $a=\frac12$.`,
  String.raw`$f(x)=x\ln x$, $f'(x)=\ln x+1=0$, $x=1/e\approx0.368$. $f(x)=x-\ln x$, $f'(x)=1-\frac1x=0$, $x=1$.`,
  "**Exercise 1.** For $x=3$ we get $x^2=9$.⏎⏎**Exercise 2.** $f(x)=x^2-4x$. $f'(x)=2x-4=0$, so $x=2$.",
  "For $w=2$: $L'(w)=2(w-1)=2$. Finally $L'(w)=2(w-1)=0$ for $w=1$.",
  String.raw`a) $z=2$: $\sigma(z)=0.881$.⏎⏎b) $\sigma(z)=\frac{1}{1+e^{-z}}=0.5$ for $z=0$.`,
  "1. $x=3$.⏎⏎2. $f(x)=2x+1=7$ at $x=3$, and $f(x)=2x+1=9$ at $x=4$, $g(x)=x^2=4$ for $x=2$.",
  "1. At $x=3$: $x^2=9$.⏎⏎2. $f(x)=x^2-4x=5$ for $x=5$ and $x=-1$.",
  "a) Let $x=2$. Then $y=x^2=4$.⏎⏎b) Find $x$ such that $y=x^2=9$.",
  "a) Let $x=2$. Then $y=x^2=4$. If $x$ were $3$, $y=x^2=9$.",
  "a) Let $x=2$. Then $y=x^2=4$. Doubling $x$ gives $y=x^2=16$.",
  String.raw`a) Ridge with $\lambda=0.1$.⏎⏎b) Eigenvalues: $\det(A-\lambda I)=\lambda^2-5\lambda+6=0$, so $\lambda\in\{2,3\}$.`,
  String.raw`a) Ridge with $\lambda=0.1$.⏎⏎b) Eigenvalues of $A$: $\chi(\lambda)=(\lambda-2)(\lambda-4)=0$, so $\lambda_1=2$, $\lambda_2=4$.`,
  String.raw`a) Ridge with $\lambda=0.1$.⏎⏎b) Poisson: $\ell'(\lambda)=-3+\frac{6}{\lambda}=0$, $\hat\lambda=2$.`,
  String.raw`1. $n=5$.⏎⏎2. Then $\frac{227-11}{s}+1=n=55$ gives $s=4$.`,
  String.raw`1. $\mu=2$, $\sigma=1$: $\frac{x-\mu}{\sigma}=3$ at $x=5$.⏎⏎2. $z=\frac{x-\mu}{\sigma}=1.5$ for $x=5,\mu=2,\sigma=2$.`,
  String.raw`a) For $n=10$ there are $\frac{n(n-1)}{2}=45$ pairs.⏎⏎b) $N=\frac{n(n-1)}{2}=10$ for $n=5$.`,
  "ResNet-20 has $n=3$: $6n+2=20$. For ResNet-110, $d=6n+2=110$, hence $n=18$.",
  String.raw`With stride $s=1$ we have $o=\frac{32-3+2}{s}+1=32$. With stride 2 we have $o=\lfloor\frac{32-3+2}{s}\rfloor+1=16$.`,
  "For $L=2$ layers: $r=1+2L=5$. Three layers: $r=1+2L=7$. Ten layers: $r=1+2L=21$.",
  String.raw`Let $t=1$: $\eta_t=\frac{0.1}{t}=0.1$. After ten steps $\eta_t=\frac{0.1}{t}=0.01$.`,
  String.raw`Epoch $t=30$: $\eta=0.1\cdot0.95^t=0.0215$. Epoch 60: $\eta=0.1\cdot0.95^t=0.0046$.`,
  "- $h=8$: $d_k=512/h=64$⏎- $h=16$: $d_k=512/h=32$⏎- single head: $d_k=512/h=512$",
  "With $w=2$, $b=1$ the first sample $x=1$ gives $y=wx+b=3$. The sample with value 2 gives $y=wx+b=5$.",
  "$x=3$, $y=x^2=9$. Solve $y=x^2=16$ for $x$.",
  "For $a=1$: $p=a+1=2$. Suppose $p=a+1=5$. Then $a=4$.",
  "$x=3$. The constraint is $g(x)=x^2=16$.",
  "1. $q=0.5$.⏎⏎2. $p=1-q=0.3$, i.e. $q=0.7$.",
  "1. For $x=3$ we get $x^2=9$.⏎⏎## Exercise 2⏎⏎$f(x)=x^2-4x$. $f(x)=x^2-4x=-4$ at the minimum $x=2$.",
  "Exercise 1. For $x=3$ we get $y=x^2=9$.⏎⏎Exercise 2. The second one has $y=x^2=25$.",
];

test("An equation that is solved, and one of another case, is not judged by the values that its letters had before", () => {
  for (const text of OTHER_CASES) assert.deepEqual(wrongIn(text), [], text);
});

/** Formulas of two letters as they are written, with what comes out. */
const FORMULAS: readonly (readonly [string, (n: number, m: number) => number])[] = [
  ["nm + m", (n, m) => n * m + m],
  ["7n - m", (n, m) => 7 * n - m],
  ["n^2 + m^2", (n, m) => n ** 2 + m ** 2],
  ["m(n + 3)", (n, m) => m * (n + 3)],
];

test("What comes out of the values that were given is judged, whatever steps and sizes the words count", () => {
  const random = randomFrom(19);
  const number = (): number => 8 + Math.floor(random() * 18);
  for (let run = 0; run < 80; run++) {
    const [n, m] = [number(), number()];
    const lead = pick(random, [
      `Let $n=${n}$ and $m=${m}$. Then `,
      `With $n=${n}$, $m=${m}$ we have `,
      `Given: $n = ${n}$, $m = ${m}$.⏎⏎Step 1: `,
      `There are $n=${n}$ inputs and $m=${m}$ outputs. The layer has `,
      `The ${n} inputs and ${m} outputs are $n=${n}$ and $m=${m}$. With ${n} inputs `,
    ]);
    const [formula, of] = pick(random, FORMULAS);
    const equation = (value: number): string => `${formula} = ${value}`;
    const right = `${lead}$p = ${equation(of(n, m))}$.`;
    assert.deepEqual(wrongIn(right), []);
    assert.deepEqual(wrongIn(`${lead}$p = ${equation(of(n, m) + 1)}$.`), [equation(of(n, m) + 1)], lead);
    const other = n + 1 + Math.floor(random() * 5);
    const again = `$p = ${equation(of(other, m))}$`;
    assert.deepEqual(wrongIn(`${right} With ${other} inputs ${again}.`), []);
    assert.deepEqual(wrongIn(`${right} Then ${again} for $n = ${other}$.`), []);
    assert.deepEqual(wrongIn(`${right}⏎⏎Find $n$ such that ${again}.`), []);
  }
});

test("A calculation that goes on with a sign from what stands before it claims nothing by itself", () => {
  for (const text of [
    "1920×1080 = 2,073,600 ≈ 2 MP; ·3 = 6.2 MB.",
    "224·224·3 = 150,528 values ·4 B = 602,112 B ≈ 0.6 MB; ·32 = 19.3 MB",
    "Then ·4 = 1.2 MB.",
    "2 h; + 30 min = 150 min",
  ])
    assert.deepEqual(wrongIn(text), [], text);
  assert.deepEqual(wrongIn("- 3·4 = 13"), ["3·4 = 13"]);
});

test("A second derivative is that of the first, where only that is given", () => {
  for (const text of [
    String.raw`We minimise $f(w)=\frac12 w^2$ with $f'(w) = w$. Start: $w_0=1$. Newton: $w_0-\frac{f'(w_0)}{f''(w_0)}=1-\frac11$.`,
    String.raw`We minimise $f(w)=\frac12 w^2$ with $f'(w) = w$. Start: $w_0=1$. $w_1=w_0-\frac{f'(w_0)}{f''(w_0)}=1-\frac11=0$.`,
    String.raw`$f'(w) = w$. Start: $w_0=1$. $w_1=w_0-\frac{f'(w_0)}{f''(w_0)}=1-\frac11=0$.`,
    String.raw`$L(w) = w^2$. Start: $w_0=1$. $w_1=w_0-\frac{L'(w_0)}{L''(w_0)}=1-\frac22=0$.`,
    "$f'(w) = w^3$. Then $f''(w) = 3w^2$ and $f'''(w) = 6w$.",
  ])
    assert.deepEqual(wrongIn(text), [], text);
  assert.deepEqual(wrongIn("$f'(w) = w^3$. Then $f''(w) = 2w^2$."), ["f''(w) = 2w^2"]);
  assert.deepEqual(wrongIn("$f(w) = w^3$. Then $f''(w) = 3w$."), ["f''(w) = 3w"]);
});

test("Numbers of two parts, shapes in square brackets and intervals are not calculated with", () => {
  for (const text of [
    String.raw`The time is $1\frac{3}{4} = \frac{7}{4}$ hours. As a mixed number: $\frac{7}{4} = 1\frac{3}{4}$. So $1\tfrac12 = 1.5$.`,
    String.raw`$[32\times 10] + [10] = [32\times 10]$ with broadcasting.`,
    String.raw`The shapes are $(32, 10) + (10) = (32, 10)$. The dimensions agree: $[3\times 4]\,[4\times 1] + [3 \times 1] = [3\times 1]$.`,
    "Interval arithmetic: $[1,2]-[3,4]=[-3,-1]$.",
  ])
    assert.deepEqual(wrongIn(text), [], text);
  assert.equal(wrongIn(String.raw`$2 \cdot \frac{3}{4} = \frac{7}{4}$`).length, 1);
});
