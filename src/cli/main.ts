import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { check } from "./check.js";
import { answerCompute } from "./compute.js";
import { answerLayer } from "./layers.js";
import { type Ending, UsageError } from "./options.js";
import { summary } from "./summary.js";
import { table } from "./table.js";

const USAGE = `usage: dimsum check PATH…  [--format text|json|sarif] [--claims] [--reveal answer|hint|verdict]
       dimsum summary FILE  [--model 'ResNet18()'] [--input 1x3x32x32] [--format table|json] [--explain]
       dimsum table FILE  [--model 'ResNet18()'] [--input 1x3x32x32] [--format markdown|latex|csv]
       dimsum layers        JSON lines from standard input, each answered on standard output
       dimsum compute       likewise

check      checks files and folders (.py .ipynb .md .tex .txt); exit 0: nothing wrong, 1: something is, 2: could not run
summary    a model, layer by layer; several inputs: --input 1x3x128x128,1x5; --explain lists what is unknown, and why
table      a model as a CNN table
layers     output shape and parameters of single layers
compute    the numbers of single layers, forward and backward: layer, args, input, weight, bias, gradOutput in;
           output, gradInput, gradWeight, gradBias, or error out
--help     this text
--version  Dimsum's version`;

/** Answers each line of standard input by one of standard output, in order, whatever it holds. */
async function answerLines(answerOf: (asked: unknown) => unknown, notJson: unknown): Promise<Ending> {
  let exit: 0 | 2 = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    let asked: unknown;
    try {
      asked = JSON.parse(line);
    } catch {
      exit = 2;
      asked = undefined;
    }
    const answer = asked === undefined ? notJson : answerOf(asked);
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
      await new Promise((go) => process.stdout.once("drain", go));
  }
  return { exit };
}

async function run(args: readonly string[]): Promise<Ending> {
  const [asked, ...rest] = args;
  const command = asked !== undefined && rest.includes("--help") ? "--help" : asked;
  switch (command) {
    case "check":
      return check(rest);
    case "summary":
      return summary(rest);
    case "table":
      return table(rest);
    case "layers":
      return answerLines(answerLayer, { unknown: "This line is not JSON." });
    case "compute":
      return answerLines(answerCompute, { error: "This line is not JSON; give one object a line." });
    case "--version":
      process.stdout.write(`${JSON.parse(readFileSync(`${__dirname}/../package.json`, "utf8")).version}\n`);
      return { exit: 0 };
    case "--help":
    case "help":
      process.stdout.write(`${USAGE}\n`);
      return { exit: 0 };
    default:
      throw new UsageError(command === undefined ? "Say what to do." : `There is no command ${command}.`);
  }
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads the output has had enough.
  if (error.code === "EPIPE") process.exit(0);
});

run(process.argv.slice(2)).then(
  ({ exit }) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    process.exitCode = 2;
    if (error instanceof UsageError) process.stderr.write(`dimsum: ${error.message}\n${USAGE}\n`);
    else process.stderr.write(`dimsum: ${error instanceof Error ? error.message : String(error)}\n`);
  },
);
