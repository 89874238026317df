import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildShortened } from "../../.scripts/build.mjs";
import { sayAll } from "./sayAll.js";

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
