import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import type { NetworkPicture } from "../../src/protocol.js";
import { factsOf } from "../../webview/network/boxFacts.js";
import { layOut } from "../../webview/network/layering.js";
import { visibleBoxes } from "../../webview/network/visibleBoxes.js";
import { drawnIn } from "../check/network/drawn.js";

const pictureOf = (name: string): NetworkPicture => {
  const [picture] = drawnIn(readFileSync(`test/fixtures/networks/${name}.py`, "utf8"));
  assert.ok(picture);
  return picture;
};

const layoutOf = (picture: NetworkPicture, turned: readonly number[], room: number, wished?: readonly number[]) => {
  const visible = visibleBoxes(picture, new Set(turned));
  const isSmall = (at: number): boolean =>
    visible.boxes[at]?.group === undefined && picture.nodes[visible.boxes[at]?.nodes[0] ?? 0]?.role !== "layer";
  return { visible, layout: layOut(visible, room, isSmall, wished) };
};

/** A diagram as text: each box with its place, what it holds and where its edges go. */
function diagramText(picture: NetworkPicture, turned: readonly number[]): string {
  const { visible, layout } = layoutOf(picture, turned, 280);
  const { boxes, edges, times, folded } = visible;
  const lines = boxes.map((box, at) => {
    const { x = 0, y = 0, width = 0, height = 0 } = layout.places[at] ?? {};
    const { name, what, shape, params, memory, problem } = factsOf(picture, box);
    const to = edges.flatMap((e, i) =>
      e.from === at
        ? [`${e.to}${layout.lines[i]?.isSkip ? " at the side" : ""}${e.meets ? ` (${e.meets.join(" ≠ ")})` : ""}`]
        : [],
    );
    const count = box.group === undefined ? undefined : times.get(box.group);
    const group = box.group === undefined ? "" : "▸ ";
    const place = `${Math.round(x)},${Math.round(y)} ${width}×${height}`;
    return `${at} [${place}] ${group}${name} ${what} ${shape} · ${params.text} · ${memory.text}${count ? ` × ${count}` : ""}${problem ? ` ! ${problem}` : ""} → ${to.join(", ")}`;
  });
  const names = layout.brackets.map(({ group, x, top, bottom }) => {
    const { name, what } = picture.groups[group] ?? { name: "", what: "" };
    const count = times.get(group);
    return `▾ ${name} ${what}${count ? ` × ${count}${folded.has(group) ? "" : " shown"}` : ""} at ${x}, ${top} to ${bottom}`;
  });
  const { title, facts, problem } = picture.heading;
  return `${[title, ...facts.map((f) => `${f.name}: ${f.text}`), ...(problem ? [problem] : []), "", ...lines, "", ...names].join("\n")}\n`;
}

const shots: readonly { readonly name: string; readonly file: string; readonly turned: readonly number[] }[] = [
  { name: "network-plain", file: "plain", turned: [] },
  { name: "network-residual", file: "residual", turned: [] },
  { name: "network-residual-unfolded", file: "residual", turned: [-3, 5] },
  { name: "network-unet", file: "unet", turned: [] },
  { name: "network-mismatch", file: "mismatch", turned: [] },
];

for (const { name, file, turned } of shots)
  test(`The diagram ${name} is as it was looked at`, () => {
    const text = diagramText(pictureOf(file), turned);
    const path = `test/webview/frames/${name}.txt`;
    if (process.env.DIMSUM_UPDATE) {
      mkdirSync("test/webview/frames", { recursive: true });
      writeFileSync(path, text);
    }
    assert.equal(text, readFileSync(path, "utf8"));
  });

test("Boxes of one row stand apart and within the panel's width, and every edge goes down", () => {
  for (const file of ["plain", "residual", "unet", "mismatch"])
    for (const turned of [[], [0], [1], [-3], [2, 5]])
      for (const [room, wished] of [
        [260, []],
        [260, [300]],
        [400, []],
        [400, [330]],
        [700, []],
        [700, [120, 500]],
      ] as const) {
        const { visible, layout } = layoutOf(pictureOf(file), turned, room, wished);
        for (const [i, a] of layout.places.entries()) {
          assert.ok(a.x >= 0 && a.x + a.width <= room, `${file} ${room}`);
          for (const b of layout.places.slice(i + 1))
            assert.ok(a.rank !== b.rank || a.x + a.width <= b.x || b.x + b.width <= a.x, `${file} ${room}`);
        }
        for (const { from, to } of visible.edges)
          assert.ok((layout.places[from]?.rank ?? 0) < (layout.places[to]?.rank ?? 0), `${file} ${room}`);
      }
});

test("What is folded or closed loses no parameters and no way through the network", () => {
  for (const file of ["residual", "unet"]) {
    const picture = pictureOf(file);
    const all = picture.groups.map((_, i) => i);
    for (const turned of [[], all, [-3], all.filter((i) => i % 2 === 0)]) {
      const { boxes, edges, times, folded } = visibleBoxes(picture, new Set(turned));
      const reached = new Set([0]);
      for (const { from, to } of [...edges].sort((a, b) => a.from - b.from)) if (reached.has(from)) reached.add(to);
      assert.equal(reached.size, boxes.length, "every box is reached from the input");
      const timesOf = (group: number): number => (folded.has(group) ? (times.get(group) ?? 1) : 1);
      const count = boxes.reduce((sum, box) => {
        const around = box.group === undefined ? box.within : [...box.within, box.group];
        const value = factsOf(picture, box).params.value ?? Number.NaN;
        return sum + value * around.reduce((product, group) => product * timesOf(group), 1);
      }, 0);
      const whole = picture.heading.facts.find((f) => f.name === "parameters")?.text;
      assert.equal(count.toLocaleString("en-US"), whole);
    }
  }
});

test("Boxes are as wide as the longest of their texts wishes where there is room, and no wider", () => {
  const widest = (wished: readonly number[], room: number): number =>
    Math.max(...layoutOf(pictureOf("plain"), [], room, wished).layout.places.map(({ width }) => width));
  assert.equal(widest([], 700), widest([100], 700));
  assert.equal(widest([320, 90], 700), 320);
  assert.ok(widest([320], 300) <= 300);
});

test("The name of an open group lies on no box, and leaves the arrows below it in sight", () => {
  for (const file of ["plain", "residual", "unet", "mismatch"])
    for (const turned of [[], [0], [1], [-3], [2, 5]])
      for (const room of [260, 400, 700]) {
        const { layout } = layoutOf(pictureOf(file), turned, room);
        const names = layout.brackets.map(({ name }) => name).toSorted((a, b) => a - b);
        for (const [i, name] of names.entries()) {
          const told = `${file} ${turned} ${room}: ${name}`;
          assert.ok(name >= 0 && name + 20 <= (names[i + 1] ?? Number.POSITIVE_INFINITY), told);
          for (const { y, height, rank } of layout.places) {
            assert.ok(y + height <= name || y >= name + 20, told);
            if (rank > 0 && y >= name) assert.ok(y - name >= 34, told);
          }
        }
      }
});
