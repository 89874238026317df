import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { buildShortened } from "../../.scripts/build.mjs";
import { named } from "../../.scripts/named.mjs";

test("Short names change nothing that is said of a file.", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dimsum-"));
  const shortened = join(folder, "cli.cjs");
  await buildShortened(shortened);
  const said = async (cli: string, ...args: string[]): Promise<string> => {
    const program = spawn(process.execPath, [cli, ...args]);
    const parts: string[] = [];
    for (const stream of [program.stdout, program.stderr])
      stream.setEncoding("utf8").on("data", (part) => parts.push(part));
    await once(program, "close");
    return parts.join("");
  };
  /** Both programs run at the same time: each has a core of its own. */
  const compare = async (least: number, ...args: string[]): Promise<void> => {
    const [own, short] = await Promise.all(["dist/cli.js", shortened].map((cli) => said(cli, ...args)));
    assert.ok((own?.length ?? 0) > least, args.join(" "));
    assert.equal(short, own, args.join(" "));
  };
  await compare(1000, "check", "--format", "json", "test/fixtures");
  await compare(1000, "check", "--claims", "--format", "json", "test/fixtures", "media/samples");
  const models = readdirSync("test/fixtures/zoo").filter((name) => name.endsWith(".py"));
  for (const name of models.slice(0, 8)) await compare(20, "summary", join("test/fixtures/zoo", name));
  rmSync(folder, { recursive: true });
});

test("A text that has a name is the text, wherever it stands.", async () => {
  const program = `"use strict";
    var $ = void 0, text = "typed", one = { "a key": "a long text", text };
    function same(x = void 0, { y = "a long text", "a key": z = void 0 } = one) { return [x === void 0, typeof x === "undefined", y, z]; }
    class Named { "a key" = "a long text"; static ["a long text"] = "a long text"; get "b c"() { return "a long text" } }
    const kind = "a long text", tag = String.raw\`a long text\`, nothing = (undefined => undefined ?? "a long text")(void 0);
    switch (kind) { case "a long text": $ = "a long text"; }
    const all = [same(), new Named()["a key"], Named["a long text"], new Named()["b c"], $, tag, nothing, "a key" in one, "a long text",
      () => { "use strict"; let a; return a === void 0 ? void 0 : "a long text" }, \`a long text\`, \`\${"a long text"}\`, void"a long text"];
    const pattern = /a long text|\\/\\$\\d"'/gi, of = (s) => /^a long text$/.test(s), part = \`a long text\${1}a long text \\n \\\`\${2}a long text\`;
    all.push(["x A LONG TEXT /$3\\"'".match(pattern), pattern.flags, pattern.source, of("a long text"), part]);
    answer(JSON.stringify([all, all.map(x => typeof x === "function" ? String(x()) : x), one]));`;
  const run = (code: string): string => {
    let said = "";
    runInNewContext(code, { answer: (text: string) => (said = text), TextDecoder, Uint8Array });
    return said;
  };
  const shorter = await named(program);
  assert.ok((shorter.match(/a long text/g)?.length ?? 0) < 9, shorter);
  assert.ok((run(program).match(/a long text/g)?.length ?? 0) > 20);
  assert.equal(run(shorter), run(program));
  const long = program.replaceAll("a long text", "a text of so many signs — ünd all kinds 𝛛f them — that it is packed");
  const packed = await named(long, true);
  assert.ok((packed.match(/so many signs/g)?.length ?? 0) < 9, packed);
  assert.equal(run(packed), run(long));
});
