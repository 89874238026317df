import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { listFiles } from "@vscode/vsce";
import { build } from "esbuild";
import { buildShortened } from "../../.scripts/build.mjs";
import { named } from "../../.scripts/named.mjs";
import { sayAll } from "./sayAll.js";

const KB = 1024;

for (const [bundle, limit] of [
  ["extension.js", 900 * KB],
  ["extension.web.js", 900 * KB],
  ["panel.js", 250 * KB],
] as const) {
  test(`The bundle ${bundle} is at most ${limit / KB} KB.`, () => {
    const { size } = statSync(`dist/${bundle}`);
    assert.ok(size <= limit, `dist/${bundle} has ${(size / KB).toFixed(1)} KB.`);
  });
}

test("The panel draws, the host knows: the panel's bundle has no engine in it.", async () => {
  const { metafile } = await build({
    entryPoints: ["webview/main.ts"],
    bundle: true,
    write: false,
    metafile: true,
    outdir: "dist",
    logLevel: "error",
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.includes("webview/main.ts"));
  assert.deepEqual(
    inputs.filter((path) => !/^(?:webview\/|node_modules\/|src\/protocol\.ts$)/.test(path)),
    [],
  );
});

test("The package holds the bundles, the pictures and samples, and its papers, and nothing else.", async () => {
  const files = (await listFiles({ cwd: ".", packageManager: 0 })).map((path) => path.replaceAll("\\", "/"));
  const wanted = ["package.json", "README.md", "CHANGELOG.md", "LICENSE"].concat(
    ["extension.js", "extension.web.js", "panel.js", "cli.js"].map((bundle) => `dist/${bundle}`),
  );
  assert.deepEqual(
    wanted.filter((path) => !files.includes(path)),
    [],
    "what is missing",
  );
  assert.ok(
    files.some((path) => path.startsWith("media/samples/")),
    "the samples are missing",
  );
  assert.deepEqual(
    files.filter((path) => !wanted.includes(path) && !path.startsWith("media/") && path !== "dist/panel.css"),
    [],
    "what is too much",
  );
});

test("npm run package makes the .vsix.", () => {
  const folder = mkdtempSync(join(tmpdir(), "dimsum-"));
  const path = join(folder, "dimsum.vsix");
  const { status, stderr } = spawnSync(process.execPath, [".scripts/package.mjs", "--built", "--out", path], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.ok(statSync(path).size > 100 * KB);
  rmSync(folder, { recursive: true });
});

test("What package.json points to is shipped.", async () => {
  const { main, browser, bin, icon } = JSON.parse(readFileSync("package.json", "utf8"));
  const files = (await listFiles({ cwd: ".", packageManager: 0 })).map((path) => path.replaceAll("\\", "/"));
  for (const path of [main, browser, bin.dimsum, icon]) {
    if (path !== undefined) assert.ok(files.includes(path.replace(/^\.\//, "")), path);
  }
});

test("No bundle has a source map.", () => {
  for (const bundle of ["extension.js", "extension.web.js", "panel.js", "cli.js"]) {
    assert.doesNotMatch(readFileSync(`dist/${bundle}`, "utf8"), /[#@] sourceMappingURL=/, bundle);
  }
});

test("Short names change nothing that is said of a file.", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dimsum-"));
  const shortened = join(folder, "cli.cjs");
  await buildShortened(shortened);
  const said = (cli: string, ...args: string[]): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
    return stdout + stderr;
  };
  const checked = said("dist/cli.js", "check", "--format", "json", "test/fixtures");
  assert.ok(checked.length > 1000);
  assert.equal(said(shortened, "check", "--format", "json", "test/fixtures"), checked);
  const claims = said("dist/cli.js", "check", "--claims", "--format", "json", "test/fixtures", "media/samples");
  assert.equal(said(shortened, "check", "--claims", "--format", "json", "test/fixtures", "media/samples"), claims);
  for (const name of readdirSync("test/fixtures/zoo")
    .filter((f) => f.endsWith(".py"))
    .slice(0, 8)) {
    const path = join("test/fixtures/zoo", name);
    const summary = said("dist/cli.js", "summary", path);
    assert.ok(summary.length > 20, name);
    assert.equal(said(shortened, "summary", path), summary, name);
  }
  rmSync(folder, { recursive: true });
});

test("Short names change nothing that is said of a file while it is typed.", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dimsum-"));
  const path = join(folder, "sayAll.cjs");
  await buildShortened(path, "test/laws/sayAll.ts");
  const shortened = createRequire(path)(path) as { readonly sayAll: typeof sayAll };
  const files = readdirSync("test/fixtures", { recursive: true, encoding: "utf8" }).filter((n) => n.endsWith(".py"));
  assert.ok(files.length > 100);
  for (const file of files.map((name) => join("test/fixtures", name)))
    assert.deepEqual(shortened.sayAll(file), sayAll(file));
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
    answer(JSON.stringify([all, all.map(x => typeof x === "function" ? String(x()) : x), one]));`;
  const run = (code: string): string => {
    let said = "";
    runInNewContext(code, { answer: (text: string) => (said = text) });
    return said;
  };
  const shorter = await named(program);
  assert.ok((shorter.match(/a long text/g)?.length ?? 0) < 9, shorter);
  assert.ok((run(program).match(/a long text/g)?.length ?? 0) > 20);
  assert.equal(run(shorter), run(program));
});
