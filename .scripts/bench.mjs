import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { bundle, importing } from "./bundle.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, "test/bench"))
  .filter((file) => file.endsWith(".ts") && wanted.every((text) => file.includes(text)))
  .map((file) => `test/bench/${file}`);
const programs = await bundle(Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ""), importing([file])])));
for (const [name, program] of Object.entries(programs)) {
  console.log(`${name}.ts`);
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", program], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
