import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parsePython } from "../../src/read/python/parse.js";
import { PythonReader } from "../../src/read/python/pythonReader.js";
import { pick, randomFrom } from "../random.js";

const FOLDER = "test/fixtures/zoo";
const PIECES = [
  "(",
  ")",
  "[",
  '"',
  "'''",
  "#",
  "\n",
  "    ",
  "\n\n",
  ":",
  "4.",
  "e3",
  "x",
  " = ",
  "def f():\n  ",
  "\\",
  "}",
  "class A:\n",
];

test("a file that is read again after each of 1,080 edits is what it is when it is read afresh", () => {
  let edits = 0;
  for (const [i, name] of readdirSync(FOLDER).entries()) {
    const random = randomFrom(i + 1);
    const below = (n: number): number => Math.floor(random() * n);
    const reader = new PythonReader();
    const original = readFileSync(`${FOLDER}/${name}`, "utf8");
    let text = original;
    reader.read(text);
    for (let n = 0; n < 40; n++) {
      const at = n % 7 === 0 ? below(5) : below(text.length + 1);
      const piece = pick(random, PIECES);
      const cut = below(4) === 0 ? below(40) : below(2);
      // A text that is broken for good has little left to tell.
      text = n % 10 === 9 ? original : text.slice(0, at) + piece + text.slice(at + cut);
      assert.deepEqual(reader.read(text), parsePython(text), `${name}, edit ${n}`);
      edits++;
    }
  }
  assert.ok(edits >= 1080);
});

test("a statement before an edit is kept, one behind it is moved", () => {
  const reader = new PythonReader();
  const source = readFileSync(`${FOLDER}/resnet_tv.py`, "utf8");
  const before = reader.read(source);
  const at = Math.floor(source.length / 2);
  const line = source.indexOf("\n", at);
  const after = reader.read(`${source.slice(0, line)}  # here${source.slice(line)}`);
  const kept = after.body.filter((s) => before.body.includes(s));
  assert.ok(kept.length >= 5, `${kept.length} kept`);
  assert.ok(kept.every((s) => s.to <= line));
});
