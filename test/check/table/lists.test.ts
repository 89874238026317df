import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTables } from "../../../src/check/tables.js";
import type { TableLanguage } from "../../../src/read/document/readTables.js";
import { pick, randomFrom } from "../../random.js";
import { fixture } from "./check.js";
import type { Stack, StackLayer } from "./renderTable.js";

const stacks: readonly Stack[] = readFileSync("test/oracle/tables.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** A line of a list; numbers in ‹ › are claims that may be changed. */
type Style = (stack: Stack, random: () => number) => readonly string[] | undefined;

const last = (shape: readonly number[]): readonly number[] => [...shape.slice(1), shape[0] ?? 1];
const claimed = (shape: readonly number[], cross: string): string => shape.map((n) => `‹${n}›`).join(cross);

/** `Conv1  3x3, 1->8 ch, pad=1, stride=1 -> 28x28x8  (80 w)`. */
const arrows: Style = ({ axes, input, layers }, random) => {
  if (axes !== 2) return undefined;
  const arrow = pick(random, ["->", "→", "=>"]);
  const unit = pick(random, ["w", "params", "weights"]);
  const bullet = pick(random, ["", "- ", "  ", "* "]);
  let flowing = input;
  const named = new Map<string, number>();
  const lines = layers.map(({ layer, args, output, params }) => {
    const number = (named.get(layer) ?? 0) + 1;
    named.set(layer, number);
    const channels = flowing[0];
    flowing = output;
    const { kernel_size: k, stride, padding, out_channels, in_features, out_features } = args;
    const name =
      {
        Conv2d: `Conv${number}  ${k}x${k}, ${channels}->${out_channels} ch, pad=${padding}, stride=${stride}, ReLU`,
        MaxPool2d: `MaxPool${number}  ${k}x${k}, stride ${stride}`,
        AvgPool2d: `AvgPool  ${k}x${k}, stride ${stride}`,
        BatchNorm2d: "BatchNorm",
        Linear: `FC${number} ${in_features}->${out_features}`,
        GlobalAvgPool: "Global average pooling",
      }[layer] ?? layer;
    const count = params > 0 ? `  (‹${params}› ${unit})` : "";
    return `${bullet}${name} ${arrow} ${claimed(output.length > 1 ? last(output) : output, "x")}${count}`;
  });
  return [`${bullet}Input ${arrow} ${last(input).join("x")}`, ...lines];
};

/** `1. Conv2d(1, 8, kernel_size=3, padding=1) → [8, 28, 28], params: 80`. */
const calls: Style = ({ input, layers }, random) => {
  const mark = pick(random, ["", "`", "**"]);
  const lines = layers.map(({ layer, args, output, params }, i) => {
    const said = Object.entries(args).map(([name, value]) => `${name}=${value}`);
    const call = layer === "GlobalAvgPool" ? "Global average pooling" : `nn.${layer}(${said.join(", ")})`;
    const count = params > 0 ? `, params: ‹${params.toLocaleString("en-US")}›` : "";
    return `${i + 2}. ${mark}${call}${mark} → [${claimed(output, ", ")}]${count}`;
  });
  return [`1. Input → [${input.join(", ")}]`, ...lines];
};

/** `CONV3-64: [224x224x64]  memory: 224*224*64=3.2M  weights: (3*3*3)*64 = 1,728`. */
const listing: Style = ({ axes, input, layers }, random) => {
  const isCourse = ({ layer, args }: StackLayer): boolean =>
    layer === "Conv2d"
      ? args.stride === 1 && 2 * (args.padding ?? 0) + 1 === args.kernel_size
      : layer === "MaxPool2d"
        ? args.kernel_size === args.stride
        : layer === "Linear";
  const all = layers.filter((l) => l.layer !== "Flatten" && l.layer !== "ReLU");
  const cut = all.findIndex((l) => !isCourse(l));
  const kept = cut < 0 ? all : all.slice(0, cut);
  if (axes !== 2 || kept.length < 2 || kept[0]?.layer !== "Conv2d") return undefined;
  const isUp = random() < 0.5;
  const short = (n: number): string => {
    const [unit, letter] = n >= 1e6 ? [1e6, "M"] : [1e3, "K"];
    const digits = n / unit < 10 ? 1 : 0;
    const cut = Math.floor((n / unit) * 10 ** digits) / 10 ** digits;
    return n < 1000 ? String(n) : `${isUp ? (n / unit).toFixed(digits) : cut.toFixed(digits)}${letter}`;
  };
  let flowing = input;
  const lines = kept.map(({ layer, args, output }) => {
    const [channels = 1, k, f] = [flowing[0], args.kernel_size, args.out_channels ?? args.out_features];
    const factors = layer === "Linear" ? flowing : [k, k, channels];
    const weights =
      layer === "MaxPool2d"
        ? "0"
        : `${layer === "Linear" ? factors.join("*") : `(${factors.join("*")})`}*${f} = ‹${(factors.reduce<number>((a, b) => a * (b ?? 1), 1) * (f ?? 1)).toLocaleString("en-US")}›`;
    const name = layer === "Conv2d" ? `CONV${k}-${f}` : layer === "MaxPool2d" ? `POOL${k}` : "FC";
    const shape = layer === "Linear" ? [1, 1, `‹${output[0]}›`].join("x") : claimed(last(output), "x");
    const size =
      layer === "Linear" ? `‹${output[0]}›` : `${last(output).join("*")}=${short(output.reduce((a, b) => a * b, 1))}`;
    flowing = output;
    return `${name}: [${shape}]  memory:  ${size}   weights: ${weights}`;
  });
  return [
    `INPUT: [${last(input).join("x")}]        memory:  ${last(input).join("*")}=${short(input.reduce((a, b) => a * b, 1))}   weights: 0`,
    ...lines,
  ];
};

/** The same in a table: the shape stands behind the layer, in its cell. */
const tabled: Style = (stack, random) => {
  const lines = listing(stack, random);
  return (
    lines &&
    [["Layer", "Memory", "Weights"], ...lines.map((line) => line.split(/ +(?:memory|weights): +/))].map((cells) =>
      cells.join(" ¦ "),
    )
  );
};

/** The rows of a table, in Markdown or in LaTeX. */
const drawn = (lines: readonly string[], isLatex: boolean): readonly string[] =>
  isLatex
    ? ["\\begin{tabular}{lrr}", ...lines.map((line) => `${line.replaceAll("¦", "&")} \\\\`), "\\end{tabular}"]
    : lines.flatMap((line, i) => [`| ${line.replaceAll("¦", "|")} |`, ...(i === 0 ? ["|---|---|---|"] : [])]);

/** A list as people paste it, with the places of its claims. */
function paste(
  lines: readonly string[],
  n: number,
  isTable: boolean,
): { text: string; language: TableLanguage; claims: { from: number; to: number }[] } {
  const [before, after, language] = (
    [
      ["# Net\n\n```\n", "\n```\n", "markdown"],
      ["The layers:\n\n", "\n\nThat is all.\n", "plaintext"],
      ["\\begin{verbatim}\n", "\n\\end{verbatim}\n", "latex"],
      ["Some text.\n\n", "\n\n## More\n", "markdown"],
    ] as const
  )[isTable ? 2 + (n % 2) : n % 4] as readonly [string, string, TableLanguage];
  let text = isTable ? "" : before;
  const claims: { from: number; to: number }[] = [];
  for (const piece of (isTable ? drawn(lines, language === "latex") : lines).join("\n").split(/(?=[‹›])/)) {
    if (piece.startsWith("‹")) claims.push({ from: text.length, to: text.length + piece.length - 1 });
    text += piece.replace(/[‹›]/, "");
  }
  return { text: isTable ? `${text}\n` : text + after, language, claims };
}

for (const [name, style] of Object.entries({ arrows, calls, listing, tabled })) {
  test(`true lists of layers (${name}) give no finding, and one number changed is one error at that number`, () => {
    let [lists, changed, caught, cells, open] = [0, 0, 0, 0, 0];
    for (const [i, stack] of stacks.entries()) {
      if (name !== "listing" && name !== "tabled" && i % 3 !== 0) continue;
      const random = randomFrom(70001 + 7 * i);
      const lines = style(stack, random);
      if (!lines) continue;
      const { text, language, claims } = paste(lines, i, name === "tabled");
      const [check, ...more] = checkTables(text, language, { reveal: "answer" });
      assert.deepEqual(
        [...(check?.findings ?? []), ...more.flatMap((t) => t.findings)].map((f) => f.message),
        [],
        text,
      );
      if (!check) continue;
      lists++;
      cells += check.cells.length;
      open += check.counts.notUnderstood;
      const claim = pick(random, claims);
      const value = Number(text.slice(claim.from, claim.to).replaceAll(",", ""));
      const wrong = value + pick(random, [1, 2, 10, value]);
      const other = text.slice(0, claim.from) + wrong + text.slice(claim.to);
      const found = checkTables(other, language, { reveal: "answer" }).flatMap((t) => t.findings);
      const told = `${value} → ${wrong}\n${other}\n${JSON.stringify(found.map((f) => f.message))}`;
      assert.ok(
        found.every((f) => f.span.from <= claim.from + 1 && claim.from <= f.span.to),
        told,
      );
      changed++;
      if (found.length === 1) caught++;
      else if (process.env.SHOW) console.log(told);
    }
    if (process.env.SHOW) console.log({ name, lists, changed, caught, cells, open });
    assert.ok(lists > 15, `${lists} lists`);
    assert.ok(open <= 0.05 * cells, `${open} of ${cells} cells not understood`);
    assert.ok(caught >= 0.95 * changed, `${caught} of ${changed} caught`);
  });
}

test("lists and drawn tables of other things get no word", () => {
  const others = fixture("otherLists.md");
  for (const language of ["markdown", "plaintext"] as const)
    assert.deepEqual(
      checkTables(others, language, { reveal: "answer" }).map((t) => `${t.title} ${t.span.from}`),
      [],
    );
});

const NUMBER_WORDS: Readonly<Record<number, string>> = {
  2: "two",
  3: "three",
  4: "four",
  6: "six",
  8: "eight",
  10: "ten",
};

test("A sentence of an input, filters and what comes out is right as PyTorch has it, and wrong with another size", () => {
  const random = randomFrom(23);
  const found = { right: 0, wrong: 0, all: 0, changed: 0 };
  for (const { axes, input, layers } of stacks) {
    if (axes !== 2) continue;
    let flowing = input;
    for (const { layer, args, output } of layers) {
      const own = flowing;
      flowing = output;
      if (layer !== "Conv2d") continue;
      const {
        kernel_size: k,
        stride = 1,
        padding = 0,
        out_channels: filters,
      } = args as Readonly<Record<string, number>>;
      if (k === undefined || filters === undefined) continue;
      const cross = pick(random, ["×", "x"]);
      const [size, depth] = [last(own).join(cross), own[0]];
      const count = random() < 0.5 ? (NUMBER_WORDS[filters] ?? `${filters}`) : `${filters}`;
      const kernel = [k, k, ...(random() < 0.4 ? [depth] : [])].join(cross);
      const kernels = pick(random, [`${count} ${kernel} filters`, `${filters} filters of size ${kernel}`]);
      const padded = padding === 0 ? pick(random, ["no padding", "padding 0"]) : `padding ${padding}`;
      const slid = stride === 1 && random() < 0.5 ? "" : `, stride ${stride}`;
      const before = pick(random, [`Input: ${size}, `, `A ${size} input, `, `input ${size}, `, `A ${size} image, `]);
      const arrow = pick(random, [" → ", " -> "]);
      const text = (shape: readonly number[]): string =>
        `# Sizes\n\nBefore.\n\n${before}${kernels}, ${padded}${slid}${arrow}${shape.join(cross)}${pick(random, ["", "."])}\n`;
      const verdicts = (of: string): string[] =>
        checkTables(of, "markdown", { reveal: "answer" }).flatMap(({ cells }) => cells.map((c) => c.verdict));
      const right = text(last(output));
      assert.ok(!verdicts(right).includes("wrong"), right);
      found.all++;
      if (verdicts(right).includes("right")) found.right++;
      const [h = 1, w = 1, c = 1] = last(output);
      // The + 1 forgotten, one side padded alone, the stride forgotten: what people really write.
      const other = pick(random, [
        [h - 1, w - 1, c],
        [h - Math.ceil(padding / stride), w - Math.ceil(padding / stride), c],
        [(own[1] ?? 1) + 2 * padding - k + 1, (own[2] ?? 1) + 2 * padding - k + 1, c],
      ]);
      if (other.join() === last(output).join()) continue;
      found.changed++;
      if (verdicts(text(other)).includes("wrong")) found.wrong++;
    }
  }
  assert.ok(
    found.all > 200 && found.right >= found.all * 0.9 && found.wrong >= found.changed * 0.9,
    JSON.stringify(found),
  );
});
