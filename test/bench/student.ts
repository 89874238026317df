import { readFileSync } from "node:fs";
import { parser } from "@lezer/python";
import { analyze } from "../../src/check/analyze.js";
import { PythonReader } from "../../src/read/python/pythonReader.js";

const text = readFileSync("test/bench/course_project.py", "utf8");
const ROUNDS = 60;

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/** The time that something takes with the file after each of many edits, in ms. */
const times = (run: (text: string, i: number) => unknown): readonly number[] =>
  Array.from({ length: ROUNDS }, (_, i) => i).map((i) => time(() => run(`${text}\n# ${i}`, i)));

const [first = Number.NaN, ...afresh] = times((edited) => analyze(edited, "python", "answer"));
const grammar = median(times((edited) => parser.parse(edited)));
const reader = new PythonReader();
const middle = text.indexOf("class ResidualBlock");
const typed = times((_, i) => {
  const edited = `${text.slice(0, middle)}# ${i}\n${text.slice(middle)}`;
  return analyze(edited, "python", "answer", { reader });
});
const read = median(times((_, i) => reader.read(`${text.slice(0, middle)}# ${ROUNDS + i}\n${text.slice(middle)}`)));
const lines = text.split("\n").length;
const say = (ms: number): string => `${ms.toFixed(1)} ms (${(ms / grammar).toFixed(1)} times the grammar's)`;
console.log(`  the grammar alone reads ${lines} lines in ${grammar.toFixed(1)} ms`);
console.log(
  `  from text to findings: first ${first.toFixed(0)} ms, then ${say(median(afresh))}, at best ${say(Math.min(...afresh))}`,
);
console.log(
  `  after a keystroke: ${say(median(typed))}, at best ${say(Math.min(...typed))}; reading alone ${read.toFixed(2)} ms`,
);
