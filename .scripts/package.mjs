import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const options = process.argv.slice(2);
const isBuilt = options[0] === "--built";
if (!isBuilt) await build();
// Everything is bundled, so no dependency goes along.
const vsce = join(root, "node_modules/@vscode/vsce/vsce");
execFileSync(
  process.execPath,
  [
    vsce,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    ...options.slice(isBuilt ? 1 : 0),
  ],
  {
    cwd: root,
    stdio: "inherit",
  },
);
