import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { sourcesIn } from "./sources.js";

test("The top level of the repository holds what it always holds.", () => {
  const fixed = ["package.json", "package-lock.json", "tsconfig.json", "src", "webview", "media", "test"].concat(
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"],
    // What installing and building leave behind; git does not keep it.
    ["node_modules", "dist"],
  );
  assert.deepEqual(
    readdirSync(".").filter((name) => !fixed.includes(name) && !name.startsWith(".") && !name.endsWith(".vsix")),
    [],
  );
});

test("No file of the program has more than 300 lines.", () => {
  assert.deepEqual(
    sourcesIn("src", "webview")
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > 300),
    [],
  );
});

test("No file or folder of the program is named after nothing in particular.", () => {
  const vague = /(?:^|[a-z])(?:util|utils|helper|helpers|manager|service|common|misc)(?:$|[A-Z.])/i;
  assert.match("src/core/dimHelpers.ts".split("/").at(-1)!, vague);
  assert.deepEqual(
    sourcesIn("src", "webview")
      .map(({ path }) => path)
      .filter((path) => path.split("/").some((name) => vague.test(name))),
    [],
  );
});
