import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

const formula = (text: string): string => `$${text}$`;

/** What is worked out with a, b and x, and how it is written. */
const EXPRESSIONS: readonly (readonly [written: string, value: (a: number, b: number, x: number) => number])[] = [
  ["ax", (a, _, x) => a * x],
  ["ax+b", (a, b, x) => a * x + b],
  ["a+b+x", (a, b, x) => a + b + x],
  ["a^2+b^2", (a, b) => a * a + b * b],
  ["a(b+x)", (a, b, x) => a * (b + x)],
  ["(a-b)^2", (a, b) => (a - b) ** 2],
  ["2a - 3x", (a, _, x) => 2 * a - 3 * x],
  ["ab - x", (a, b, x) => a * b - x],
];

/** Ways to say that something follows. */
const SAID: readonly ((given: string, step: string) => string)[] = [
  (given, step) => `Let ${given}. Then ${step}.`,
  (given, step) => `Let ${given}. Then we get ${step}.`,
  (given, step) => `With ${given} we obtain ${step}.`,
  (given, step) => `Given ${given}, so ${step}`,
  (given, step) => `Consider ${given}.\n\nTherefore,\n\n$${step}$\n`,
  (given, step) => `The input is ${given}. The output is ${step}.`,
  (given, step) => `Sei ${given}. Dann ist ${step}.`,
  (given, step) => `Soient ${given}. Donc on obtient ${step}.`,
  (given, step) => `${given} $\\Rightarrow$ ${step}`,
];

test("What is said to follow from given numbers is right or wrong.", () => {
  const random = randomFrom(34);
  for (let i = 0; i < 400; i++) {
    const [a, b, x] = [1, 2, 3].map(() => 2 + Math.floor(random() * 40)) as [number, number, number];
    const [written, value] = pick(random, EXPRESSIONS);
    const isRight = random() < 0.5;
    const off = pick(random, [-3, -2, 2, 3, 5]);
    const number = value(a, b, x) + (isRight ? 0 : off);
    // Ones and noughts alone may be a binary number.
    if (/^[01]+$/.test(String(number))) continue;
    const text = pick(random, SAID)(
      [`a=${a}`, `b=${b}`, `x=${x}`].map(formula).join(", "),
      formula(`${written}=${number}`),
    );
    assert.deepEqual(verdicts(text), [isRight ? "right" : "wrong"], text);
  }
});

/** Documents in which a first step does not hold for the numbers before it, and claims nothing of them, or holds by what words say. */
const NOT_WRONG: readonly string[] = [
  "Let $B = 1$ GB and $r = 100$ MB/s. Then $B/r = 10$ s.",
  String.raw`Let $B = 1\,\text{GB}$ and $r = 100\,\text{MB/s}$. Then $B/r = 10$.`,
  "Let $v = 3$ m/s and $t = 2$ h. Then $vt = 21.6$ km.",
  "Let $v = 3$ m/s and $t = 2$ h. Then $vt = 21600$.",
  String.raw`Let $a = 20$ and $b = 5$. Then $b/a = 25\%$.`,
  "Let $a = 20$ and $b = 5$. Then $b/a = 25$ %.",
  "Let $a = 20$ and $b = 5$. Then $b/a = 25$ percent.",
  "Let $N = 60$K and $b = 128$. Then $N/b = 469$.",
  "Let $N = 60$k samples and $b = 128$. So $N/b = 469$ steps.",
  "Let $N = 60000$ and $b = 128$. So $N/b = 469$ steps per epoch.",
  "Let $N = 60000$ and $b = 128$. So $N/b = 468$ full batches.",
  String.raw`Let $N = 60000$ and $b = 128$. Then $\lceil N/b\rceil = 469$.`,
  "Let $w=3$ and $x=2$. After one update $w$ becomes 1.5. Then $wx = 3$.",
  "Let $w=3$ and $x=2$. The second input is 4. Then $wx = 12$.",
  "Let $w=3$ and $x=2$. Dropout doubles what is kept. Then $wx = 12$.",
  "Let $d=2$ and $x=4$. Then $dx = 0.1$ is small.",
  "Let $T=10$, $P=5$, $N=3$. Then $TP = 8$ and $FP = 2$.",
  "Let $l=2$, $r=3$. Then $lr = 0.1$.",
  "Let $x=0.33$. Then $300x = 100$.",
  "Let $p=0.67$ and $n=3$. So $np = 2$.",
  "Let $a=7$ and $b=2$. With integer division we get $a/b = 3$.",
  "In C, let $a=7$ and $b=2$. Then $a/b = 3$.",
  "In Python, $a=7$ and $b=2$ give $a//b = 3$.",
  String.raw`Let $a=7$ and $b=2$. Then $a \bmod b = 1$.`,
  "Let $a=1$ and $b=1$ be bits. Then $a+b = 0$.",
  "Let $a=1$ and $b=1$ be true. Then $a+b = 1$ (OR).",
  "Let $a=5$ and $b=7$ be hours. Then $a+b = 0$ on the clock.",
  "Let $A=1$, $B=2$, $C=3$ as digits. Then $ABC = 123$.",
  "Let $x=3$. Then $2x = 23$ would be wrong; it is 6.",
  "Let $x=3$, $y=4$. One might think that then $x+y=12$.",
  "Let $x=3$, $y=4$. Then $x+y=12$? No, 7.",
  "Let $x=3$, $y=4$. Is then $x+y=7$? Yes.",
  "Let $x=3$, $y=4$. Then $x+y=z=7$.",
  "Let $x=3$, $y=4$. Then the line $x+y=10$ lies beyond it.",
  "Let $x=3$, $y=4$ be a point. So the plane is $x+y=10$.",
  "Let $x=3$, $y=4$ be a point. Hence the constraint $x+y=10$ is violated.",
  "Let $x=3$, $y=4$ be a point. So $x+y=10$ does not hold.",
  "Let $x=3$, $y=4$ be a point. So $x+y=10$ is violated by 3.",
  "Let $x=3$, $y=4$ be a point. Then $x+y=10$ is not satisfied.",
  "Let $x=3$, $y=4$ be a point. Then $x+y=10$ must hold, so it is no solution.",
  "Let $x=3$, $y=4$ be a point. Then $x+y=10$ would need three more.",
  "Let $x=3$ and $y=4$. Now $x+y=10$ if $y=7$.",
  "Let $x=3$ and $y=4$. Then $x+y=10$ for $x=6$.",
  "Let $x=3$ and $y=4$. Then $x+y=10$ when $x$ is 6.",
  "Let $x=3$ and $y=4$. Then $x+y=10$ after $x$ is doubled.",
  "Let $x=3$ and $y=4$. Then $x+y=10$ with $x = 6$.",
  "Let $x=3$ and $y=4$. With bias $b = 3$ then $x+y=10$.",
  "Let $n=3$. Then $2n = 6$ and $2n + 1 = 7$, so $n^2 = 9$.",
  String.raw`Let $n=3$. Then $n! = 6$ and $\binom{n}{2} = 3$.`,
  String.raw`Let $n=3$. Then $2^n = 8$, and $n^2=9$, $\log_2 8 = n$.`,
  String.raw`Let $n=8$. Then $\log n = 3$.`,
  String.raw`Let $n=100$. Then $\log n = 2$.`,
  String.raw`Let $n=8$. Then $\log n = 2.08$ and $\sqrt n = 2.83$.`,
  "Let $K=3$, $P=1$, $S=2$, $W=32$. Then $(W-K+2P)/S+1 = 16$.",
  "Let $K=3$, $P=1$, $S=2$, $W=32$. Then $(W-K+2P)/S+1 = 16.5$, so $16$.",
  String.raw`Let $K=3$, $P=1$, $S=2$, $W=32$. Then $\lfloor(W-K+2P)/S\rfloor+1 = 16$.`,
  String.raw`Let $\mu=3$ and $\sigma=2$. Then $\mu+\sigma = 5$, $\mu \pm \sigma = 1, 5$.`,
  String.raw`Let $z=3$. Then $\sigma(z) = 0.953$.`,
  "Let $z=3$. Then $e^{-z} = 0.05$ and $1/(1+e^{-z}) = 0.953$.",
  String.raw`Let $z=3$. Then $-\ln z = -1.1$.`,
  String.raw`Let $p=0.8$. Then $-\log p = 0.223$ nats or $-\log p = 0.322$ bits.`,
  "Let $x=2$ and $h=0.1$. Then $(x+h)^2 = 4.41$ and $f(x+h) = 4.41$.",
  "Let $f=3$ and $x=2$. Then $f(x) = 9$.",
  "Let $a=2$ and $b=3$. Then $a(b+1) = 8$ and $a(b) = 6$.",
  "Let $y=3$, $x=2$. Then $y' = 5$ and $y'x = 10$.",
  String.raw`Let $m=3$, $n=2$, $A$ an $m \times n$ matrix. Then $mn = 6$.`,
  String.raw`Let $m=3$, $n=2$, $A$ an $m \times n$ matrix. Then $m \times n = 3 \times 2$.`,
  String.raw`Let $x_1=3$ and $x_2=4$. Then $\sum_i x_i = 7$ and $\max_i x_i = 4$.`,
  "Let $x_1=3$ and $x_2=4$. Then $x_1x_2=12$, $x_1+x_2=7$, $x_1/x_2 = 0.75$, $x_1^{x_2} = 81$, $x_{12} = 5$.",
  String.raw`Let $r=0.1$ and $n=12$. Then $(1+r)^n = 3.14$ and $rn = 120\%$.`,
  "Let $b=8$ and $n=4$ (bytes). Then $bn = 32$ B. In bits, $bn = 256$.",
  String.raw`A batch has $b=8$ images of $3$ channels. Then $b \cdot 3 \cdot 32 \cdot 32 = 24576$.`,
  "With $n=5$ and per-sample losses $L=2$, summed we get $nL = 10$ and averaged we get $nL/n = 2$.",
  "The $n=5$ nodes have $k=2$ edges each, so $nk/2 = 5$; as directed edges $nk = 10$.",
  "With $h=8$ heads and $d=64$ we have $hd = 512$; then $h d = 512$.",
  "Let $x=5$ with error $e=0.1$. Then $x + e = 5.1$ and $xe = 0.5$.",
  "Let $x = 3$ m and $y = 4$ cm. Then $x + y = 3.04$ m.",
  String.raw`Let $x = 3\,$m and $y = 4\,$cm. Then $x + y = 304$ cm.`,
  "Let $x = 3$ meters and $y = 4$ centimeters. Then $x + y = 304$.",
  "Let $t = 2$ min and $n = 30$. Then $nt = 1$ h.",
  "Let $t = 2$ min and $n = 30$. Then $nt = 1$ hour.",
  "Let $p = 3$ million and $b = 4$. Then $pb = 12$ million.",
  "Let $p = 3$ million parameters of $b = 4$ bytes. Then $pb = 12$ MB.",
  "Let $p = 3$M and $b = 4$. Then $pb = 12$M.",
  String.raw`Let $p = 3\text{M}$ and $b = 4$. Then $pb = 12$.`,
  "Let $x = 10^{3}$ and $y = 2$. Then $xy = 2k$.",
  "Let $a = 5$ dB and $b = 10$ dB. Then $a + b = 11.2$ dB.",
  "Let $x=2$. Then $3x = 6$ (first case) and $3x = 9$ (second case).",
  "Let $x=2$ in case A and $3$ in case B. Then $3x = 6$ in case A and $3x = 9$ in case B.",
  "$x$ is 2 or 3. Let $x = 2$ first. Then $3x=6$. Otherwise $3x=9$.",
  "Let $x=2$. Then $3x = 6$. Otherwise we get $3x=9$.",
  "Let $x=2$. Then $3x = 6$. For the other sample we get $3x=9$.",
  "Let $x=2$. Then $3x = 6$. In the next step, we get $3x=9$.",
  "Let $x=2$. Then $3x = 6$. Later, then, $3x=9$.",
  "Let $x=2$. Then $3x = 6$. On the test set we get $3x=9$.",
  "Let $x=2$. Then $3x = 6$. At the second node we get $3x=9$.",
  "Let $x=2$. Then $3x = 6$. Adding one to the input gives $3x=9$.",
  "Let $x=2$. Then $3x = 6$. Padding gives $3x=9$.",
  "Let $x=2$ and $y = 5$. Rounding $y$ up to six gives $xy=12$.",
  "Let $x=2$ and $y = 5$. Including the bias gives $xy=13$.",
  "Let $x=2$ and $y = 5$. Ignoring signs, we get $x-y=3$.",
  "Let $x=2$ and $y = 5$. In absolute value we get $x-y=3$.",
  "Let $x=2$ and $y = 5$. Modulo 7 we get $xy=3$.",
  "Let $x=2$ and $y = 5$. Up to a constant we get $xy=13$.",
  "Let $x=2$ and $y = 5$. In floating point we get $x/y=0.4000001$.",
  "Let $x=2$ and $y = 5$. My calculator gives $xy=11$?!",
  "Let $x=2$ and $y = 5$. PyTorch gives $x/y=0.4000000059604645$.",
  "Let $x=2$ and $y = 5$. A friend gets $xy=11$, which is wrong.",
  "Let $x=2$ and $y = 5$. The bot's answer is $xy=13$.",
  "Let $x=2$ and $y = 5$. Truncated, it gives $y/x=2$.",
  "Let $x=2$ and $y = 5$. With floor division it gives $y/x=2$.",
  "Let $x=2$ and $y = 5$. In int it gives $y/x=2$.",
  "Let $x=2$ and $y = 5$. Integer arithmetic then gives $y/x=2$.",
  "Let $A = [[1,2],[3,4]]$ and $x = [1,1]$. Solving $Ax = b$ with $b = [3,7]$ gives $x=[1,1]$.",
  "Let $A = [[1,2],[3,4]]$ and $x = [0,0]$. The system is then $Ax = [3,7]$.",
  "Let $A = [[1,2],[3,4]]$ and $x = [0,0]$. Then $Ax = [3,7]$ is solved by Gauss.",
  "Let $A = [[1,2],[3,4]]$ and $B = [[1,0],[0,1]]$. Then $A * B = [[1,0],[0,4]]$ entry by entry.",
  "Let $A = [[1,2],[3,4]]$ and $B = [[1,0],[0,1]]$. The Hadamard product is $AB = [[1,0],[0,4]]$.",
  "Let $A = [[1,2],[3,4]]$ and $B = [[1,0],[0,1]]$. Elementwise we get $AB = [[1,0],[0,4]]$.",
  "Let $A = [[1,2],[3,4]]$ and $k = [[1,0],[0,1]]$. Convolution gives $A * k = [[5]]$.",
  "Let $A = [[1,2],[3,4]]$ and $k = [[1,0],[0,1]]$. Cross-correlation gives $A * k = 5$.",
  "Let $A = [[1,2],[3,4]]$ and $k = [[1,0],[0,2]]$. Convolution gives $A * k = 6$.",
];

test("An equation of other numbers, of units, or one that is to be solved is not called wrong.", () => {
  for (const text of NOT_WRONG) assert.ok(!verdicts(text).includes("wrong"), text);
});
