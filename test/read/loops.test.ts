import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import { repr } from "../../src/read/python/representation.js";
import { randomFrom } from "../random.js";

/** Whole numbers from 0 to below one, from a seed. */
function randomOf(seed: number): (below: number) => number {
  const random = randomFrom(seed);
  return (below) => Math.floor(random() * below);
}

/** What a program sets to numbers: names, and an attribute of an object. */
const NAMES = ["a", "b", "c", "o.n"] as const;
type State = Record<(typeof NAMES)[number], number> & { items: number[] };

/** How a statement ends. */
type End = "next" | "break" | "continue" | "return" | "raise";

/** A statement as Python writes it, and what it does where `coin` decides what nobody knows. */
interface Step {
  readonly lines: readonly string[];
  readonly run: (state: State, coin: (below: number) => number) => End;
}

/** A loop that nothing ends but a jump; a run that goes round it so often is given up. */
const FOR_EVER = "while True:";
const LONGEST = 30;

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);

/** A random list of statements; `inLoop`: whether it may leave a loop, `inFunction`: whether it may return. */
function block(random: (below: number) => number, depth: number, inLoop: boolean, inFunction: boolean): Step {
  const steps = Array.from({ length: 1 + random(3) }, () => statement(random, depth, inLoop, inFunction));
  return {
    lines: steps.flatMap((s) => s.lines),
    run: (state, coin) => {
      for (const step of steps) {
        const end = step.run(state, coin);
        if (end !== "next") return end;
      }
      return "next";
    },
  };
}

/** A statement that only changes something. */
const step = (line: string, change: (state: State) => void): Step => ({
  lines: [line],
  run: (state) => {
    change(state);
    return "next";
  },
});

/** The statements that leave more than a round. */
const LEAVING: Partial<Record<End, string>> = { return: "return a, b, c, o, items", raise: "raise ValueError" };

/** A round that may leave its loop at its end. */
const withWayOut = (round: Step, end: End): Step => ({
  lines: [...round.lines, "if mystery():", ...indented([LEAVING[end] ?? end])],
  run: (state, coin) => {
    const own = round.run(state, coin);
    return own === "next" && coin(2) ? end : own;
  },
});

/** A random statement. */
function statement(random: (below: number) => number, depth: number, inLoop: boolean, inFunction: boolean): Step {
  const name = NAMES[random(NAMES.length)] ?? "a";
  const other = NAMES[random(NAMES.length)] ?? "b";
  const number = random(3);
  const simple: readonly Step[] = [
    step(`${name} = ${number}`, (state) => {
      state[name] = number;
    }),
    step(`${name} = ${other}`, (state) => {
      state[name] = state[other];
    }),
    step(`${name} += 1`, (state) => {
      state[name]++;
    }),
    step(`items.append(${name})`, (state) => {
      state.items.push(state[name]);
    }),
    step(`items = [${name}]`, (state) => {
      state.items = [state[name]];
    }),
  ];
  const leave: readonly End[] = [
    "raise",
    ...(inLoop ? (["break", "continue"] as const) : []),
    ...(inFunction ? (["return"] as const) : []),
  ];
  const kind = random(depth > 0 ? 10 : 5);
  if (kind < 4) return simple[random(simple.length)] as Step;
  if (kind === 4) {
    const end = leave[random(leave.length)] ?? "raise";
    return { lines: [LEAVING[end] ?? end], run: () => end };
  }
  if (kind < 7) {
    const [one, two] = [block(random, depth - 1, inLoop, inFunction), block(random, depth - 1, inLoop, inFunction)];
    const hasElse = random(2) === 0;
    return {
      lines: ["if mystery():", ...indented(one.lines), ...(hasElse ? ["else:", ...indented(two.lines)] : [])],
      run: (state, coin) => (coin(2) ? one.run(state, coin) : hasElse ? two.run(state, coin) : "next"),
    };
  }
  if (kind === 9) {
    const [tried, caught] = [
      block(random, depth - 1, inLoop, inFunction),
      block(random, depth - 1, inLoop, inFunction),
    ];
    return {
      lines: ["try:", ...indented(tried.lines), "except ValueError:", ...indented(caught.lines)],
      run: (state, coin) => {
        const end = tried.run(state, coin);
        return end === "raise" ? caught.run(state, coin) : end;
      },
    };
  }
  const rounds = random(4);
  const isOpen = kind === 7;
  const open = ["while mystery():", "for _ in mystery():", FOR_EVER][random(3)] ?? FOR_EVER;
  const head = isOpen ? open : `for _ in range(${rounds}):`;
  const round = block(random, depth - 1, true, inFunction);
  const body = head === FOR_EVER ? withWayOut(round, inFunction && random(2) === 0 ? "return" : "break") : round;
  return {
    lines: [head, ...indented(body.lines)],
    run: (state, coin) => {
      const most = head === FOR_EVER ? LONGEST : isOpen ? coin(5) : rounds;
      for (let i = 0; i < most; i++) {
        const end = body.run(state, coin);
        if (end === "return" || end === "raise") return end;
        if (end === "break") return "next";
      }
      return head === FOR_EVER ? "raise" : "next";
    },
  };
}

/** What Python prints of each name at the end, in the runs that come to it; `undefined` where it is not always the same. */
function outcomes(program: Step, runs: number): readonly (string | undefined)[] | undefined {
  let found: (string | undefined)[] | undefined;
  for (let run = 0; run < runs; run++) {
    const state: State = { a: 0, b: 1, c: 2, "o.n": 3, items: [] };
    if (program.run(state, randomOf(run * 7919 + 13)) === "raise") continue;
    const texts = [...NAMES.map((name) => `${state[name]}`), `[${state.items.join(", ")}]`];
    found = found ? found.map((text, i) => (text === texts[i] ? text : undefined)) : texts;
  }
  return found;
}

/** What Dimsum knows of each name at the end. */
function known(program: Step, inFunction: boolean): readonly (string | undefined)[] {
  const start = ["a, b, c, o, items = 0, 1, 2, O(), []", "o.n = 3", ...program.lines];
  const lines = inFunction
    ? ["def f():", ...indented([...start, "return a, b, c, o, items"]), "a, b, c, o, items = f()"]
    : start;
  const { names } = followPython(["class O:", "    pass", ...lines, "n = o.n", ""].join("\n"));
  return ["a", "b", "c", "n", "items"].map((name) => {
    const value = names.get(name);
    return value && repr(value);
  });
}

test("What is known after loops and jumps that nobody can foresee is what Python has however they go.", () => {
  let [single, found] = [0, 0];
  for (let seed = 0; seed < 4000; seed++) {
    const inFunction = seed % 2 === 1;
    const program = block(randomOf(seed), 3, false, inFunction);
    const truth = outcomes(program, 300);
    const said = truth ? known(program, inFunction) : [];
    for (const [i, text] of said.entries()) {
      const only = truth?.[i];
      if (text !== undefined) assert.equal(text, only, `seed ${seed}, value ${i}:\n${program.lines.join("\n")}`);
      if (only !== undefined) single++;
      if (only !== undefined && text !== undefined) found++;
    }
  }
  assert.ok(found >= 0.9 * single, `${found} of ${single} are known`);
});
