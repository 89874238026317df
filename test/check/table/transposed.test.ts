import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findings, onlyTable, tableOf } from "./check.js";

/** PyTorch's answer for one transposed convolution. */
interface Answer {
  readonly layer: string;
  readonly args: Readonly<Record<string, number | readonly number[] | boolean>>;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly params: number;
}

const answers = readFileSync("test/oracle/layers.jsonl", "utf8")
  .trim()
  .split("\n")
  .filter((line) => line.includes('"ConvTranspose2d"'))
  .map((line): Answer => JSON.parse(line))
  .filter(({ args, output }) => output && args.groups !== 0 && Object.values(args).every((v) => typeof v === "number"));

const last = ([c, ...axes]: readonly number[]): string => [...axes, c].join("×");

test("A transposed convolution in a table is PyTorch's, as a call and in words, and another size or count is wrong", () => {
  let compared = 0;
  for (const {
    args,
    input: [, ...input],
    output: [, ...output],
    params,
  } of answers) {
    const {
      in_channels: from,
      out_channels: to,
      kernel_size: k,
      stride: s = 1,
      padding: p = 0,
      output_padding: r = 0,
    } = args;
    if (args.dilation !== undefined && args.dilation !== 1) continue;
    if (args.groups !== undefined && args.groups !== 1) continue;
    const said = Object.entries(args).map(([name, value]) => `${name}=${value}`);
    const forms = [
      `nn.ConvTranspose2d(${said.join(", ")})`,
      `ConvTranspose ${k}×${k}, ${to} filters, stride ${s}, padding ${p}, output padding ${r}`,
      `Deconv ${k}x${k}, ${to}, s=${s}, p=${p}, output_padding=${r}`,
      `Transposed conv: ${to} filters of ${k}×${k}, stride ${s}, pad ${p}${r ? `, out pad ${r}` : ""}`,
    ];
    for (const form of forms) {
      const table = (shape: readonly number[], count: number): string =>
        tableOf(
          "Layer; Output; Parameters",
          `Input; ${last(input)}; 0`,
          `Conv 1×1, ${from}; ${last(input)}; ${Number(from) * (Number(from) + 1)}`,
          `${form}; ${last(shape)}; ${count}`,
          `ReLU; ${last(shape)}; 0`,
          `Flatten; ${shape.reduce((a, b) => a * b, 1)}; 0`,
          `FC; 10; ${10 * (shape.reduce((a, b) => a * b, 1) + 1)}`,
        );
      const right = table(output, params);
      assert.deepEqual(findings(right, onlyTable(right)), [], right);
      const [c = 1, h = 1, w = 1] = output;
      const wrongCount = table(output, params + Number(to) + 1);
      assert.equal(findings(wrongCount, onlyTable(wrongCount)).length, 1, wrongCount);
      const wrongSize = table([c, h + 1, w + 1], params);
      assert.equal(findings(wrongSize, onlyTable(wrongSize)).length, 1, wrongSize);
      compared++;
    }
  }
  assert.ok(compared >= 80, `${compared}`);
});
