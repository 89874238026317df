import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
await build();
// Everything is bundled, so no dependency goes along.
const vsce = join(root, "node_modules/@vscode/vsce/vsce");
execFileSync(
  process.execPath,
  [vsce, "package", "--no-dependencies", "--allow-missing-repository", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
  },
);
