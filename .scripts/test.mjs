import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "node:test";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./install.mjs";

const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
const started = performance.now();
const failures = [];
let passed = 0;

function fail(name, text) {
  failures.push(name);
  console.log(`✗ ${name}\n${text.trimEnd().replace(/^(?=.)/gm, "    ")}\n`);
}

function testFiles() {
  const files = readdirSync(join(root, "test"), { recursive: true })
    .map((file) => `test/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => positionals.every((text) => file.includes(text)))
    .sort();
  const isE2e = (file) => file.startsWith("test/e2e/");
  return {
    unit: values.only === "e2e" ? [] : files.filter((file) => !isE2e(file)),
    e2e: values.only === "unit" ? [] : files.filter(isE2e),
  };
}

/** A tool of node_modules that passes as one test if it ends with 0. */
function tool(name, script, ...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("close", (code) => {
      if (code === 0) {
        passed++;
        console.log(`✓ ${name}`);
      } else {
        fail(name, output || `ended with ${code}`);
      }
      resolve();
    });
  });
}

function describe(error) {
  const cause = error?.cause ?? error;
  if (typeof cause !== "object" || cause === null) return String(cause);
  const text = cause.stack?.includes(cause.message) ? cause.stack : `${cause.message}\n${cause.stack ?? ""}`;
  const frames = text.split("\n").filter((line) => !/^\s+at .*(node:internal|node:async_hooks|node:test)/.test(line));
  return frames.join("\n").replaceAll(`file://${root}/`, "").replaceAll(`${root}/`, "");
}

/** Runs the programs of one bundle, each in its own process, and prints a line for each file and every failure in full. */
async function runTests(programs, { concurrency, timeout }) {
  if (Object.keys(programs).length === 0) return;
  const names = new Map(Object.entries(programs).map(([name, file]) => [file, `${name}.ts`]));
  const passedIn = new Map();
  const took = new Map();
  const tested = new Set();
  const path = [];
  const events = run({ files: Object.values(programs), concurrency, timeout });
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") process.stdout.write(data.message);
    if (type === "test:start") path.splice(data.nesting, path.length, data.name);
    if (type !== "test:pass" && type !== "test:fail") continue;
    // A place in a TypeScript file, or the program itself if that failed as a whole.
    const file = names.get(data.file) ?? relative(root, data.file ?? data.name);
    const isFile = names.has(data.name);
    if (data.nesting === 0) took.set(file, (took.get(file) ?? 0) + data.details.duration_ms);
    // A file that tests nothing is reported by itself only, as a success.
    if (!isFile || type === "test:fail") tested.add(file);
    const name = `${file}: ${isFile ? "the file" : [...path.slice(0, data.nesting), data.name].join(" › ")}`;
    if (type === "test:fail") {
      // A suite fails because of its tests, which are told of themselves.
      if (data.details.error?.failureType !== "subtestsFailed") fail(name, describe(data.details.error));
    } else if (data.skip !== undefined) {
      fail(name, "is skipped: a test that does not run does not count.");
    } else if (isFile) {
      // A file's own success only repeats that of its tests.
    } else if (data.details.type !== "suite") {
      passedIn.set(file, (passedIn.get(file) ?? 0) + 1);
      passed++;
    }
  }
  for (const file of names.values()) {
    if (!tested.has(file) && file !== "test/e2e/all.ts") fail(file, "has no test.");
  }
  for (const [file, count] of passedIn) console.log(`✓ ${file} (${count}), ${(took.get(file) / 1000).toFixed(1)} s`);
}

/** Bundles the programs together, or one by one if one of them cannot be: that one fails, the others run. */
async function bundleAll(sources) {
  try {
    return await bundle(sources);
  } catch (error) {
    const names = Object.keys(sources);
    if (names.length === 1) {
      fail(`${names[0]}.ts`, String(error));
      return {};
    }
    const alone = names.map((name) => bundleAll({ [name]: sources[name] }));
    return Object.assign({}, ...(await Promise.all(alone)));
  }
}

ensureInstalled();
const { build } = await import("./build.mjs");
const { bundle, importing } = await import("./bundle.mjs");
const { unit, e2e } = testFiles();
let incomplete = "";

const built = await build().catch((error) => fail("build", String(error)));
if (positionals.length === 0 && values.only === undefined) {
  await Promise.all([
    tool("types", "typescript/bin/tsc"),
    tool("lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
  ]);
  await tool("unused code", "knip/bin/knip.js");
} else if (unit.length + e2e.length === 0) {
  incomplete = `No test file has ${positionals.map((text) => JSON.stringify(text)).join(" and ")} in its path.`;
}
// Failures are told in the lines of the TypeScript files.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --enable-source-maps`;
const sources = Object.fromEntries(unit.map((file) => [file.replace(/\.ts$/, ""), importing([file])]));
if (unit.length > 0) await runTests(await bundleAll(sources), { concurrency: true, timeout: 120_000 });
if (e2e.length > 0) {
  const { findBrowser } = await import("./browser.mjs");
  if (!built) {
    incomplete = "The extension could not be built, so the end-to-end tests did not run.";
  } else if (await findBrowser()) {
    // One program, so that all files share one server and one browser.
    await runTests(await bundleAll({ "test/e2e/all": importing([...e2e, "test/e2e/close.ts"]) }), {
      concurrency: 1,
      timeout: 900_000,
    });
  } else {
    incomplete =
      "No browser was found, so the end-to-end tests did not run: install Chrome, Chromium or Edge, or set CHROME_PATH.";
  }
}

console.log(`\n${((performance.now() - started) / 1000).toFixed(1)} s`);
for (const name of failures) console.log(`✗ ${name}`);
if (incomplete) console.log(incomplete);
process.exitCode = failures.length > 0 || incomplete || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failures.length} failed`);
