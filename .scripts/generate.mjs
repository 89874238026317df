import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./install.mjs";

// The test that finds generated text stale can write it anew, so that there is one program for both.
const { status } = spawnSync(process.execPath, [join(root, ".scripts/test.mjs"), "--only", "unit", "laws/generated"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, DIMSUM_GENERATE: "1" },
});
process.exitCode = status ?? 1;
