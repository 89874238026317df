import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

const bundled = build({
  entryPoints: { panel: "webview/main.ts" },
  bundle: true,
  minify: true,
  write: false,
  outdir: "dist",
  metafile: true,
  format: "iife",
  logLevel: "silent",
});

test("The panel draws, the host knows: its bundle has no engine in it", async () => {
  const { metafile } = await bundled;
  const ours = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules"));
  assert.ok(ours.length > 10);
  assert.deepEqual(
    ours.filter((file) => !file.startsWith("webview/") && file !== "src/protocol.ts"),
    [],
  );
  const packages = Object.keys(metafile.inputs).filter((file) => file.includes("node_modules"));
  const foreign = packages.filter(
    (file) =>
      !/node_modules\/(@microsoft\/fast-|@vscode\/webview-ui-toolkit|tslib|exenv-es6|tabbable|gifenc)/.test(file),
  );
  assert.deepEqual(foreign, []);
});

test("The panel draws, the host knows: pictures come whole and intents go back", () => {
  for (const file of ["src/protocol.ts", ...filesUnder("src/protocol")]) {
    const protocol = readFileSync(file, "utf8");
    assert.doesNotMatch(protocol, /^export (const|function|class|let|enum|\*|\{)/m, `${file} has types only`);
  }
  for (const file of filesUnder("webview")) {
    const text = readFileSync(file, "utf8");
    const values = text.match(/^import (?!type )[^;]*?from "(\.\.\/)+src\/[^"]*"/gm) ?? [];
    assert.deepEqual(values, [], `${file} imports types of the host only`);
  }
});

test("The scenes know no page: they are functions from a picture to marks", () => {
  for (const file of filesUnder("webview/scenes")) {
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(
      text,
      /\b(?:document|window|globalThis)\.[a-z]|\b(?:HTML|SVG)\w*Element|setTimeout|Math\.random|\bDate\b/,
      file,
    );
    assert.doesNotMatch(text, /from "\.\.\/(?!\.\.\/src\/protocol)/, file);
  }
});

test("The toolkit has one importer, so that it can be replaced", () => {
  const importers = filesUnder("webview").filter((file) =>
    readFileSync(file, "utf8").includes("@vscode/webview-ui-toolkit"),
  );
  assert.deepEqual(importers, [join("webview", "controls.ts")]);
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : path.endsWith(".ts") ? [path] : [];
  });
}
