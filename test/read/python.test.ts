import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { printSizes } from "../../src/core/layer/explain.js";
import { followPython } from "../../src/read/python/models.js";

const FOLDER = "test/fixtures/python";

/** `#   ^^^^ error: Linear/in-features` under the line that it is about, or the shape of what stands there. */
interface Caret {
  readonly from: number;
  readonly to: number;
  readonly expected: string;
}

function caretsOf(text: string): Caret[] {
  const carets: Caret[] = [];
  let above = 0;
  let start = 0;
  for (const line of text.split("\n")) {
    const found = /^(\s*#\s*)(\^+)\s+(.+)$/.exec(line);
    if (found?.[1] && found[2] && found[3]) {
      const from = above + found[1].length;
      carets.push({ from, to: from + found[2].length, expected: found[3].trim() });
    } else above = start;
    start += line.length + 1;
  }
  return carets;
}

for (const name of readdirSync(FOLDER)) {
  test(`${name}: every caret is met, and nothing is found without one`, () => {
    const text = readFileSync(`${FOLDER}/${name}`, "utf8");
    const carets = caretsOf(text);
    const isFinding = (c: Caret): boolean => /^(error|warning|information): /.test(c.expected);
    const shown = (c: Caret): string => `${text.slice(0, c.from).split("\n").length} ${text.slice(c.from, c.to)}`;
    const { findings } = analyzePython(text, "answer");
    assert.deepEqual(
      findings.map((f) => `${f.severity}: ${f.code} at ${shown({ ...f.span, expected: "" })}`).sort(),
      carets
        .filter(isFinding)
        .map((c) => `${c.expected} at ${shown(c)}`)
        .sort(),
      findings.map((f) => f.message).join("\n"),
    );
    const { trace } = followPython(text);
    for (const caret of carets) {
      if (isFinding(caret)) continue;
      const shapes = trace.of(caret).map((v) => (v.kind === "tensor" && v.shape ? printSizes(v.shape) : v.kind));
      assert.deepEqual(shapes, caret.expected.split(" | "), shown(caret));
    }
  });
}
