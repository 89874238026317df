import { readFileSync } from "node:fs";
import { analyze } from "../../src/check/analyze.js";
import { answerLayer } from "../../src/cli/layers.js";

/** A file of 1,000 lines: the same model, many times over, under other names. */
function longFile(): string {
  const one = readFileSync("media/samples/lenet.py", "utf8");
  const copies: string[] = [];
  for (let i = 0; copies.join("\n").split("\n").length < 1000; i++) copies.push(one.replaceAll("LeNet", `LeNet${i}`));
  return copies.join("\n");
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const text = longFile();
const lines = text.split("\n").length;
const cold = time(() => analyze(text, "python", "answer"));
const warm = median(Array.from({ length: 15 }, (_, i) => time(() => analyze(`${text}\n# ${i}`, "python", "answer"))));
const analysis = analyze(text, "python", "answer");
const hovers = Array.from({ length: 400 }, (_, i) => time(() => analysis.hover(Math.floor((text.length * i) / 400))));
const slowest = Math.max(...hovers);
console.log(`  analysis of ${lines} lines: first ${cold.toFixed(1)} ms, then ${warm.toFixed(1)} ms`);
console.log(`  a hover in it: median ${median(hovers).toFixed(3)} ms, slowest ${slowest.toFixed(2)} ms`);
console.log(`  a hover is ${(warm / median(hovers)).toFixed(0)} times faster than the analysis that it reads`);

const configurations = readFileSync("test/oracle/layers.jsonl", "utf8").trim().split("\n");
const took = Math.min(
  ...Array.from({ length: 5 }, () =>
    time(() => configurations.map((line) => JSON.stringify(answerLayer(JSON.parse(line))))),
  ),
);
const parsed = Math.min(
  ...Array.from({ length: 5 }, () => time(() => configurations.map((line) => JSON.stringify(JSON.parse(line))))),
);
console.log(
  `  layers: ${Math.round((configurations.length / took) * 1000)} configurations a second, ${(took / parsed).toFixed(1)} times what reading and writing their JSON takes`,
);
