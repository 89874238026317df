import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { summarize } from "../../src/check/summary.js";
import { workspaceAround } from "../../src/cli/workspace.js";

const root = process.env.TORCHVISION ?? "/usr/lib/python3/dist-packages/torchvision";
const models: readonly { readonly file: string; readonly expr: string; readonly input: readonly number[] }[] =
  readFileSync("test/oracle/torchvisionModels.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

function seconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

if (!existsSync(root)) console.log("  torchvision's source is not installed here");
else {
  const own = seconds(() => {
    for (const { file, expr, input } of models)
      summarize(readFileSync(`${root}/${file}`, "utf8"), expr, [input], workspaceAround(`${root}/${file}`));
  });
  const heap = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`  the ${models.length} models of torchvision, summarized: ${own.toFixed(1)} s, ${heap} MB in use then`);
  try {
    const theirs = seconds(() =>
      execFileSync("/usr/bin/python3", ["test/oracle/torchvisionModels.py"], {
        stdio: ["ignore", "ignore", "ignore"],
        maxBuffer: 2 ** 28,
      }),
    );
    console.log(
      `  PyTorch builds them and runs each once in ${theirs.toFixed(1)} s: ${(theirs / own).toFixed(1)} times as long`,
    );
  } catch {
    console.log("  PyTorch is not installed here: nothing to compare with");
  }
}
