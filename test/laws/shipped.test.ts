import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "@vscode/vsce";
import { build } from "esbuild";

const KB = 1024;

for (const [bundle, limit, ...files] of [
  ["extension.js", 900 * KB, "extension.js"],
  ["extension.web.js", 900 * KB, "extension.web.js"],
  ["panel, with its styles,", 250 * KB, "panel.js", "panel.css"],
] as const) {
  test(`The bundle ${bundle} is at most ${limit / KB} KB.`, () => {
    const size = files.reduce((sum, file) => sum + statSync(`dist/${file}`).size, 0);
    assert.ok(size <= limit, `${files.join(" and ")}: ${(size / KB).toFixed(1)} KB.`);
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
