import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellCheck, checkTables } from "../../../src/check/tables.js";
import { pick, randomFrom } from "../../random.js";

const cellsOf = (text: string): readonly CellCheck[] =>
  checkTables(text, "markdown", { reveal: "answer" }).flatMap((t) => t.cells);

const verdictsOf = (text: string, verdict: CellCheck["verdict"]): readonly string[] =>
  cellsOf(text)
    .filter((c) => c.verdict === verdict)
    .map((c) => c.text);

/** The size that a window makes of a side, by the formula of the lecture. */
const sizeOf = (side: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((side + 2 * padding - kernel) / stride) + 1;

/** A layer with an input of its own. */
interface Exercise {
  readonly isPool: boolean;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly filters: number;
}

function exerciseFrom(random: () => number, isPool: boolean): Exercise {
  const height = pick(random, [7, 14, 16, 28, 32, 48, 64, 100, 227]);
  const kernel = isPool ? pick(random, [2, 3]) : pick(random, [1, 3, 5, 7]);
  const channels = pick(random, [1, 3, 6, 16, 32]);
  return {
    isPool,
    height,
    width: random() < 0.8 ? height : height + pick(random, [2, 4, 12]),
    channels,
    kernel,
    stride: isPool ? pick(random, [2, kernel]) : pick(random, [1, 1, 2, 3]),
    padding: isPool
      ? 0
      : pick(
          random,
          [0, 0, 1, 2, 3].filter((p) => 2 * p <= kernel),
        ),
    filters: isPool ? channels : pick(random, [4, 6, 8, 10, 16, 64]),
  };
}

/** Says an exercise; `input` and `output` are its sizes, the channels last. */
type Form = (e: Exercise, input: string, output: string, n: number) => string;

const words = ({ isPool, kernel: k, stride, padding, filters }: Exercise): string =>
  isPool
    ? `${k}x${k} max pooling, stride ${stride}`
    : `conv ${k}x${k}, ${filters} filters, stride ${stride}, padding ${padding}`;
const letter = (n: number): string => "abcdefgh"[n] ?? "h";

const FORMS: Readonly<Record<string, Form>> = {
  "input in front": (e, input, output, n) => `${letter(n)}) ${input}, ${words(e)} -> ${output}`,
  "input behind a colon": (e, input, output) => `- ${words(e)}: ${input} → ${output}`,
  "input before an arrow": (e, input, output, n) => `${n + 1}. ${input} → ${words(e)} → ${output}`,
  "input in words": (e, input, output, n) =>
    `(${["i", "ii", "iii", "iv", "v", "vi"][n]}) Input ${input}, ${words(e)} → ${output}`,
  "input within": (e, input, output) => `- ${words(e)} on a ${input} image → ${output}`,
};

/** The same as calls of PyTorch, with the channels first. */
function callOf({ isPool, channels, kernel, stride, padding, filters }: Exercise): string {
  if (isPool) return `nn.MaxPool2d(${kernel}, stride=${stride})`;
  return `nn.Conv2d(${channels}, ${filters}, ${kernel}, stride=${stride}, padding=${padding})`;
}

test("exercises that each state their own input are right by the floor formula, and one size changed is found in its row", () => {
  for (const [name, form] of [...Object.entries(FORMS), ["calls", undefined] as const]) {
    const random = randomFrom(311 + name.length);
    const tally = { right: 0, cells: 0, changed: 0, caught: 0 };
    for (let list = 0; list < 60; list++) {
      const count = 3 + Math.floor(random() * 4);
      const exercises = Array.from({ length: count }, (_, n) => exerciseFrom(random, n > 0 && random() < 0.4));
      const cross = pick(random, ["x", "×", " x "]);
      const outputOf = (e: Exercise): readonly number[] => [
        sizeOf(e.height, e.kernel, e.stride, e.padding),
        sizeOf(e.width, e.kernel, e.stride, e.padding),
        e.filters,
      ];
      const lines = (outputs: readonly (readonly number[])[]): readonly string[] =>
        exercises.map((e, n) => {
          const [h = 1, w = 1, c = 1] = outputs[n] ?? [];
          return form
            ? form(e, [e.height, e.width, e.channels].join(cross), [h, w, c].join(cross), n)
            : `- \`${callOf(e)}\`: (${e.channels}, ${e.height}, ${e.width}) → (${c}, ${h}, ${w})`;
        });
      const textOf = (rows: readonly string[]): string => `# Sizes\n\nCompute:\n\n${rows.join("\n")}\n`;
      const outputs = exercises.map(outputOf);
      const right = lines(outputs);
      const cells = cellsOf(textOf(right));
      assert.deepEqual(
        cells.filter((c) => c.verdict === "wrong").map((c) => c.reason),
        [],
        textOf(right),
      );
      tally.cells += count;
      const sizes = outputs.map((o) => (form ? o.join(cross) : `(${o[2]}, ${o[0]}, ${o[1]})`));
      tally.right += cells.filter((c) => c.verdict === "right" && sizes.includes(c.text)).length;
      const at = Math.floor(random() * count);
      const axis = Math.floor(random() * 3);
      const by = pick(random, [1, 2, 3]);
      const changed = lines(outputs.map((o, n) => (n === at ? o.map((s, i) => (i === axis ? s + by : s)) : o)));
      const text = textOf(changed);
      const start = text.indexOf(changed[at] ?? "");
      const found = checkTables(text, "markdown", { reveal: "answer" }).flatMap((t) => t.findings);
      const isThere = found.some((f) => f.span.from >= start && f.span.to <= start + (changed[at] ?? "").length);
      assert.ok(found.length === 0 || (isThere && found.length === 1), `${changed[at]}\n${text}`);
      tally.changed++;
      if (isThere) tally.caught++;
      else if (process.env.SHOW) console.log(changed[at], "was", right[at]);
    }
    if (process.env.SHOW) console.log(name, tally);
    assert.ok(tally.right >= 0.95 * tally.cells, `${name} ${JSON.stringify(tally)}`);
    assert.ok(tally.caught >= 0.9 * tally.changed, `${name} ${JSON.stringify(tally)}`);
  }
});

test("height and width alone in a list are right where they fit, whatever the channels, and wrong where they do not", () => {
  const random = randomFrom(77);
  const tally = { all: 0, right: 0, caught: 0 };
  for (let n = 0; n < 60; n++) {
    const side = pick(random, [12, 20, 28, 36, 64]);
    const [k, stride, padding] = [pick(random, [3, 5]), pick(random, [1, 2]), pick(random, [0, 1])];
    const first = sizeOf(side, k, stride, padding);
    const last = sizeOf(first, 2, 2, 0);
    const text = (out: number): string =>
      [
        `Input: ${side}×${side}×3`,
        ...(n % 2 === 0 ? [""] : []),
        `- ${k}×${k} convolution, 8 filters, stride ${stride}, padding ${padding} → ${out}×${out}`,
        `- 2×2 max pooling, stride 2 → ${last}×${last}`,
        `- 1×1 convolution, 4 filters, stride 1, padding 0 → ${last}×${last}×4`,
      ].join("\n");
    assert.deepEqual(verdictsOf(text(first), "wrong"), [], text(first));
    tally.all++;
    if (verdictsOf(text(first), "right").includes(`${first}×${first}`)) tally.right++;
    const wrong = first + 5;
    if (verdictsOf(text(wrong), "wrong").join() === `${wrong}×${wrong}`) tally.caught++;
  }
  assert.ok(tally.right === tally.all && tally.caught >= 0.9 * tally.all, JSON.stringify(tally));
});

test("lettered exercises each begin from the given input, and bullets whose channels cannot follow begin anew", () => {
  const given = [
    "a) one 3×3 filter, stride 1, no padding → 34×34×1",
    "b) two 3×3×3 filters, padding 3, stride 2 → 20×20×2",
  ];
  const texts = [
    ["Input: 36×36×3", "", ...given],
    ["The input is a 36×36×3 image.", "", ...given],
    given,
    ["Input: 36×36×3", "", ...given.map((l) => l.replace(/^./, "-").replace(")", ""))],
    ["- `nn.Conv2d(3, 16, 3)` → (16, 30, 30)", "- `nn.Conv2d(1, 6, 5)` → (6, 24, 24)"],
    ["- `nn.Linear(400, 120)` → 120", "- `nn.Linear(10, 5)` → 5", "- `nn.Linear(20, 3)` → 3"],
    [
      "Input 32x32x3, 5x5 filters, 10 of them, stride 1, pad 2 -> 32x32x10",
      "(b) 2x2 max pooling, stride 2: 32x32 -> 16x16",
    ],
  ];
  for (const lines of texts) assert.deepEqual(verdictsOf(lines.join("\n"), "wrong"), [], lines.join("\n"));
  const wrong = ["Input: 36×36×3", "", ...given, "c) four 5×5×3 filters, padding 2, stride 1 → 35×36×4"].join("\n");
  assert.deepEqual(verdictsOf(wrong, "wrong"), ["35×36×4"]);
  assert.deepEqual(verdictsOf(wrong, "right"), ["34×34×1", "20×20×2"]);
});

test("a number of parameters behind an arrow is a count, and the number before it what comes in or out", () => {
  const random = randomFrom(5);
  for (let n = 0; n < 40; n++) {
    const [features, hidden, classes] = [pick(random, [400, 784, 1568]), pick(random, [32, 84, 128]), 10];
    const [first, second] = [hidden * (features + 1), classes * (hidden + 1)];
    const unit = pick(random, ["params", "parameters", "trainable parameters"]);
    const text = (count: number): string =>
      [
        `Input -> ${features}`,
        ...(n % 2 === 0
          ? [`Dense(${hidden}) -> ${count} ${unit}`, `Dense(${classes}) → ${second} ${unit}`]
          : [`fc1: ${features} -> ${hidden} -> ${count} ${unit}`, `fc2: ${hidden} -> ${classes} -> ${second} ${unit}`]),
      ].join("\n");
    assert.deepEqual(verdictsOf(text(first), "wrong"), [], text(first));
    assert.ok(verdictsOf(text(first), "right").includes(`${first}`), text(first));
    assert.deepEqual(verdictsOf(text(first - 1), "wrong"), [`${first - 1}`], text(first - 1));
  }
  const others = [
    "- Flatten → 5·5·16 = 400",
    "- Linear 400 → 120",
    "- FC: 120 → 84",
    "- Dense 10 → 84·10 + 10 = 850 params",
  ];
  assert.deepEqual(verdictsOf(others.join("\n"), "wrong"), []);
});

test("LeNet's names are no strides and paddings, whatever the language of the words behind them", () => {
  const words = [
    ["conv", "pooling", "FC"],
    ["卷积", "(平均池化)", "全连接"],
    ["Faltung", "avg pool", "dense"],
  ] as const;
  for (const [conv, pool, dense] of words) {
    const side = [28, 14, 10, 5];
    const table = (channels: number): string =>
      [
        "| Layer | Output | Params |",
        "|---|---|---|",
        "| Input | 32×32×1 | 0 |",
        `| C1 ${conv} 6@5×5 | ${side[0]}×${side[0]}×6 | ${6 * 26} |`,
        `| S2 ${pool} 2×2 | ${side[1]}×${side[1]}×6 | 0 |`,
        `| C3 ${conv} 16@5×5 | ${side[2]}×${side[2]}×16 | ${16 * (25 * 6 + 1)} |`,
        `| S4 ${pool} 2×2 | ${side[3]}×${side[3]}×${channels} | 0 |`,
        `| C5 ${conv} 120@5×5 | 1×1×120 | ${120 * (25 * 16 + 1)} |`,
        `| F6 ${dense} 84 | 84 | ${84 * 121} |`,
      ].join("\n");
    assert.deepEqual(verdictsOf(table(16), "wrong"), []);
    assert.deepEqual(verdictsOf(table(16), "not understood"), []);
    assert.deepEqual(verdictsOf(table(6), "wrong"), ["5×5×6"]);
  }
});
