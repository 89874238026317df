import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { workspaceAround } from "../../../src/cli/workspace.js";
import type { NetworkPicture } from "../../../src/protocol.js";
import { drawn } from "./drawn.js";

/** The graph that torch.fx has of a model. */
interface Graph {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  readonly steps: readonly (readonly [string, readonly number[]])[];
  readonly output: readonly number[];
}

const graphsIn = (file: string): readonly Graph[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The same of a picture: layers, sums, products and joins, each with the steps that it takes from. */
function graphOf({ nodes, edges }: NetworkPicture): Pick<Graph, "steps" | "output"> {
  const steps: (readonly [string, readonly number[]])[] = [];
  const of: (readonly number[])[] = [];
  let output: readonly number[] = [];
  for (const [at, node] of nodes.entries()) {
    const into = edges.filter((e) => e.to === at);
    const before = [...new Set(into.flatMap((e) => of[e.from] ?? []))].sort((a, b) => a - b);
    const joins = node.role === "operation" && into.filter((e) => of[e.from]?.length).length > 1 && JOINING[node.name];
    if (node.role === "input") of[at] = [-1];
    else if (node.role === "output") output = before;
    else if (node.role === "layer" || joins) {
      of[at] = [steps.length];
      steps.push([joins || node.name, before]);
    } else of[at] = before;
  }
  return { steps, output };
}

const JOINING: Readonly<Record<string, string>> = {
  "+": "+",
  add: "+",
  add_: "+",
  "*": "*",
  mul: "*",
  cat: "cat",
  concat: "cat",
};

/** A graph with its steps in any order: those of a generator are taken when they are asked for. */
function unordered({ steps, output }: Pick<Graph, "steps" | "output">, known: Map<string, number>): readonly string[] {
  const numbers = new Map([[-1, -1]]);
  const texts = steps.map(([name, before], at) => {
    const from = before.map((step) => numbers.get(step)).sort();
    const text = `${name} of ${from.join(", ")}`;
    numbers.set(at, known.get(text) ?? known.set(text, known.size).size - 1);
    return text;
  });
  return [...texts, `output of ${output.map((step) => numbers.get(step)).sort()}`].sort();
}

function holdTo(graph: Pick<Graph, "steps" | "output">, picture: NetworkPicture): void {
  const known = new Map<string, number>();
  assert.deepEqual(unordered(graphOf(picture), known), unordered(graph, known));
}

for (const { file, expr, input, ...graph } of graphsIn("test/oracle/networkEdges.jsonl"))
  test(`${file}: the steps of ${expr} take from those that torch.fx says`, () => {
    holdTo(graph, drawn(readFileSync(file, "utf8"), expr, [input]));
  });

/** Where torchvision's source is: where one is told, or where Debian's package puts it. */
const root = process.env.TORCHVISION ?? "/usr/lib/python3/dist-packages/torchvision";
const isHere = existsSync(`${root}/version.py`) && readFileSync(`${root}/version.py`, "utf8").includes("0.14.1");

// Its source is not ours to keep: without it there is nothing to compare.
for (const { file, expr, input, ...graph } of isHere ? graphsIn("test/oracle/torchvisionEdges.jsonl") : [])
  test(`torchvision's ${expr}: its steps take from those that torch.fx says`, () => {
    const path = `${root}/${file}`;
    holdTo(graph, drawn(readFileSync(path, "utf8"), expr, [input], workspaceAround(path)));
  });
