import { analyze } from "../../src/check/analyze.js";
import { StepCache } from "../../src/check/derivations/stepCache.js";
import { statementsIn } from "../../src/read/math/statements.js";
import { randomClaim } from "../check/derivations/randomDerivations.js";
import { randomFrom } from "../random.js";

/** A LaTeX file of 2,000 lines with a formula in every third. */
function longFile(): string {
  const random = randomFrom(3);
  const lines: string[] = [];
  while (lines.length < 2000) {
    if (lines.length % 40 === 0) lines.push("\\section{Part}");
    lines.push("Some words in front of the formula, as students write them.", `$${randomClaim(random).latex}$`, "");
  }
  return lines.join("\n");
}

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

const text = longFile();
const middle = text.indexOf("\n", text.length / 2);
const edited = (i: number): string => `${text.slice(0, middle)} $${i} + 1 = ${i + 1}$${text.slice(middle)}`;
const cold = time(() => analyze(text, "latex", "answer"));
const afresh = median(Array.from({ length: 20 }, (_, i) => time(() => analyze(edited(i), "latex", "answer"))));
const steps = new StepCache();
const typed = median(
  Array.from({ length: 40 }, (_, i) => time(() => analyze(edited(i), "latex", "answer", { steps }))),
);
const read = median(Array.from({ length: 20 }, (_, i) => time(() => statementsIn(edited(i), "latex"))));
const claims = analyze(text, "latex", "answer").claims.length;
console.log(
  `  ${text.split("\n").length} lines of LaTeX, ${claims} steps: first ${cold.toFixed(0)} ms, then ${afresh.toFixed(1)} ms`,
);
console.log(
  `  after a keystroke ${typed.toFixed(1)} ms, ${(afresh / typed).toFixed(1)} times faster; reading alone ${read.toFixed(1)} ms`,
);
