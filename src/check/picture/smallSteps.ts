import type { Edit, Picture, WindowPicture } from "../../protocol.js";

/** How far a number is moved, and how many of them are. */
const STEP = 0.25;
const MOST = 60;

/** Steps that differ by more than rounding. */
const ROUNDING = 1e-9;

/**
 * Checks a gradient that is shown by small steps: each of its numbers is moved up and down, and Σ y·dY must change as the gradient says.
 * `redrawn` is the picture with one number changed. Undefined where there is no such gradient.
 */
export function smallSteps(
  picture: WindowPicture,
  kind: "input" | "weight",
  redrawn: (edit: Edit) => Picture,
): string | undefined {
  const [forward] = picture.passes;
  const pass = picture.passes.find((other) => other.kind === kind);
  if (!forward || !pass) return undefined;
  const gradient = pass[pass.sum]?.flat().map(worth) ?? [];
  const own = (kind === "weight" ? forward.weight : picture.transposed ? forward.windows : forward.seen)?.flat() ?? [];
  const upstream = (picture.transposed ? pass.seen : pass.windows).flat().map(worth);
  const outputOf = (drawn: Picture): number[] => {
    const output = drawn.kind === "window" ? drawn.passes[0] : undefined;
    return (output?.[output.sum] ?? []).flat().map(worth);
  };
  const here = outputOf(picture);
  const count = Math.min(gradient.length, MOST);
  let [ties, differing] = [0, 0];
  for (let index = 0; index < count; index++) {
    const at = Math.floor((index * gradient.length) / count);
    const moved = (by: number): number[] =>
      outputOf(redrawn({ do: "cell", tensor: kind, at, value: worth(own[at] ?? "") + by }));
    const [up, down] = [moved(STEP), moved(-STEP)];
    const rates = here.map((y, cell) => [((up[cell] ?? 0) - y) / STEP, (y - (down[cell] ?? 0)) / STEP] as const);
    // Ties of several outputs may cancel each other in the sum, so that each one is looked at.
    if (rates.some(([more, less]) => Math.abs(more - less) > ROUNDING)) ties++;
    else {
      const change = rates.reduce((sum, [more], cell) => sum + more * (upstream[cell] ?? 0), 0);
      if (Math.abs(change - (gradient[at] ?? 0)) > ROUNDING) differing++;
    }
  }
  const name = kind === "input" ? "dX" : "dW";
  const which = count < gradient.length ? `${count} of its ${gradient.length} numbers` : `its ${count} numbers`;
  const tied = `${ties} ${ties === 1 ? "is" : "are"} at a tie, where up and down differ and PyTorch takes the first of the largest`;
  const found =
    differing > 0
      ? `${differing} differ.`
      : `Σ y·dY changes as ${name} says${ties > 0 ? `; ${tied}` : " for every one"}.`;
  return `Each of ${which} was moved by ¼ up and down: ${found}`;
}

/** The value of a text such as `−7/4`. */
function worth(text: string): number {
  const [top = "", bottom = "1"] = text.replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}
