import type { Amount, NetworkPicture } from "../../src/protocol.js";
import type { Box } from "./visibleBoxes.js";

/** What is said of a box. */
export interface BoxFacts {
  readonly name: string;
  readonly what: string;
  readonly shape: string;
  readonly params: Amount;
  readonly memory: Amount;
  /** The step that is chosen with it: the last one of a group gives its output. */
  readonly node: number;
  readonly problem?: string;
}

/** The facts of a box; those of a group are of all that is in it. */
export function factsOf(picture: NetworkPicture, { group, nodes }: Box): BoxFacts {
  const { nodes: steps, groups } = picture;
  const last = nodes.at(-1) ?? 0;
  const node = steps[last];
  const all = nodes.flatMap((at) => steps[at] ?? []);
  const problem = all.find((n) => n.problem !== undefined)?.problem;
  const own = group === undefined ? undefined : groups[group];
  return {
    name: own?.name ?? node?.name ?? "",
    what: own?.what ?? node?.what ?? "",
    shape: node?.shape ?? "",
    params:
      all.length === 1
        ? (node?.params ?? NONE)
        : sum(
            all.map((n) => n.params),
            counted,
          ),
    memory:
      all.length === 1
        ? (node?.memory ?? NONE)
        : sum(
            all.map((n) => n.memory),
            bytes,
          ),
    node: last,
    ...(problem !== undefined && { problem }),
  };
}

const NONE: Amount = { text: "0", value: 0 };

function sum(amounts: readonly Amount[], print: (value: number) => string): Amount {
  if (amounts.some((a) => a.value === undefined)) return { text: "unknown" };
  const value = amounts.reduce((all, a) => all + (a.value ?? 0), 0);
  const ending = amounts.some((a) => a.text.endsWith(" a sample")) ? " a sample" : "";
  return { text: `${print(value)}${ending}`, value };
}

const counted = (value: number): string => value.toLocaleString("en-US");

/** Bytes in the unit that suits them: a KiB is 1,024 of them. */
function bytes(value: number): string {
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), 4);
  const scaled = value / 1024 ** step;
  return `${step === 0 ? value : scaled.toFixed(scaled < 10 ? 2 : 1)} ${["bytes", "KiB", "MiB", "GiB", "TiB"][step]}`;
}
