import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { importsOf, type Source, sourcesIn } from "./sources.js";

/** Which part of the program may import which, and of which parts only the types. */
const floors: readonly {
  readonly part: string;
  readonly may: readonly string[];
  readonly typesOf?: readonly string[];
}[] = [
  { part: "src/core/", may: [] },
  { part: "src/read/", may: ["src/core/"] },
  { part: "src/check/", may: ["src/core/", "src/read/", "src/protocol.ts"] },
  { part: "src/protocol.ts", may: [], typesOf: ["src/core/", "src/protocol/"] },
  { part: "src/protocol/", may: [], typesOf: ["src/core/", "src/protocol/"] },
  { part: "src/host/", may: ["src/core/", "src/read/", "src/check/", "src/protocol.ts"] },
  { part: "src/cli/", may: ["src/core/", "src/read/", "src/check/", "src/protocol.ts"] },
  { part: "src/extension.ts", may: ["src/core/", "src/read/", "src/check/", "src/protocol.ts", "src/host/"] },
  { part: "webview/", may: ["src/protocol.ts"] },
];

/** The packages that are imported in one place only. */
const homes: readonly { readonly module: RegExp; readonly in: readonly string[] }[] = [
  { module: /^vscode$/, in: ["src/host/", "src/extension.ts"] },
  { module: /^node:/, in: ["src/cli/"] },
  { module: /^mathjs($|\/)/, in: ["src/core/expr/"] },
  { module: /^@lezer\/python$/, in: ["src/read/python/"] },
  { module: /^@vscode\/webview-ui-toolkit$/, in: ["webview/"] },
];

const isIn = (path: string, parts: readonly string[]) => parts.some((part) => path === part || path.startsWith(part));

/** What a file imports against the tables, as sentences. */
function breaches(source: Source): string[] {
  const floor = floors.find(({ part }) => isIn(source.path, [part]));
  if (!floor) return [`${source.path} stands on no floor.`];
  return importsOf(source).flatMap(({ module, typesOnly, place }) => {
    if (module.startsWith(".")) {
      const target = posix.join(posix.dirname(source.path), module).replace(/(\.js)?$/, ".ts");
      const allowed = isIn(target, [floor.part, ...floor.may]) || (typesOnly && isIn(target, floor.typesOf ?? []));
      return allowed ? [] : [`${place} imports ${target}.`];
    }
    const home = homes.find((each) => each.module.test(module));
    return !home || isIn(source.path, home.in) ? [] : [`${place} imports ${module}.`];
  });
}

test("Floors face down: a folder imports only from the folders that the table allows.", () => {
  const sources = sourcesIn("src", "webview");
  assert.ok(sources.length > 10);
  assert.deepEqual(sources.flatMap(breaches), []);
});

test("An import that faces up is found, and its nearest allowed neighbour is not.", () => {
  const found = (path: string, text: string) => breaches({ path, text }).length;
  const cases: readonly [path: string, against: string, allowed: string][] = [
    ["src/core/dims/dim.ts", 'import { a } from "../../read/a.js";', 'import { a } from "../expr/a.js";'],
    ["src/core/network.ts", 'import type { a } from "../protocol.js";', 'import type { a } from "./ops/op.js";'],
    ["src/read/python/parse.ts", 'export { a } from "../../check/a.js";', 'export { a } from "../../core/a.js";'],
    ["src/read/document/a.ts", 'import { parser } from "@lezer/python";', 'import { parser } from "@lezer/markdown";'],
    ["src/check/a.ts", 'const a = await import("../host/a.js");', 'const a = await import("../read/a.js");'],
    ["src/check/hover.ts", 'import type { Hover } from "vscode";', 'import type { a } from "../protocol.js";'],
    ["src/check/table.ts", 'import { parse } from "mathjs/number";', 'import { parse } from "../core/expr/read.js";'],
    ["src/protocol.ts", 'import { a } from "./core/a.js";', 'import { type a, type b } from "./core/a.js";'],
    ["src/host/hover.ts", 'import { readFile } from "node:fs";', 'import { Hover } from "vscode";'],
    ["src/cli/main.ts", 'import { a } from "../host/a.js";', 'import { readFile } from "node:fs";'],
    [
      "webview/scenes/a.ts",
      'import type { a } from "../../src/core/a.js";',
      'import type { a } from "../../src/protocol.js";',
    ],
  ];
  for (const [path, against, allowed] of cases) {
    assert.equal(found(path, against), 1, `${path}: ${against}`);
    assert.equal(found(path, allowed), 0, `${path}: ${allowed}`);
  }
  assert.equal(found("src/tools.ts", ""), 1, "a file beside the floors");
});
