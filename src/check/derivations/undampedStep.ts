import { freeSymbols } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { KeptStep } from "./stepCache.js";

/** `m` of `m′` and `m_{t+1}`. */
const baseOf = (name: string): string => name.replace(/′|_.*$/g, "");

/** What is said of a step of momentum in which nothing fades, `m′ = m − α∇L`: it is one with β = 1. */
export function undampedStep({ links, relations, isLatex, from, to }: Chain): KeptStep | undefined {
  const [left, right] = links.map((link) => readLink(link, plainReading(isLatex)));
  if (relations.length !== 1 || left?.kind !== "symbol" || right?.kind !== "binary" || !/^[-+]$/.test(right.op))
    return undefined;
  const before = right.left.kind === "symbol" ? right.left.name : "";
  const name = baseOf(before);
  const isStep = /^[mvV]$/.test(name) && baseOf(left.name) === name && left.name !== before;
  if (!isStep || ![...freeSymbols(right.right)].some((x) => /^[αηγ]/.test(x))) return undefined;
  const remark = `This is momentum with β = 1: what came before never fades. With a smaller β, write β${before} for ${before}.`;
  return {
    span: { from, to },
    plain: `${printMath(left)} = ${printMath(right)}`,
    answer: { verdict: "not understood", remark },
  };
}
