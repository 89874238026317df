import { powerPool } from "../../core/tensor/powerPooling.js";
import { allReads } from "../../core/tensor/reads.js";
import { elements } from "../../core/tensor/tensor.js";
import type { Edit, Picture, WindowPicture } from "../../protocol.js";

/** How many numbers are moved. */
const MOST = 60;

/** How a gradient is tried out: by which step, what differs of up and down at a tie, and of a rate that is not the gradient. */
interface Trial {
  readonly step: number;
  readonly said: string;
  readonly bend: number;
  readonly rounding: number;
  readonly tie: string;
  readonly digits: string;
}

/** What is shown is exact, and a straight line but for its ties. */
const STRAIGHT: Trial = {
  step: 0.25,
  said: "¼",
  bend: 1e-9,
  rounding: 1e-9,
  tie: "at a tie, where up and down differ and PyTorch takes the first of the largest",
  digits: "",
};

/** The root of powers is a curve, and shown to three digits. */
const CURVED: Trial = {
  step: 1e-4,
  said: "0.0001",
  bend: 0.01,
  rounding: 6e-4,
  tie: "under a root of 0, whose slope PyTorch takes for 0",
  digits: ", to the digits shown",
};

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
  const trial = picture.power ? CURVED : STRAIGHT;
  const outputOf = (drawn: Picture): number[] => {
    const output = drawn.kind === "window" ? drawn.passes[0] : undefined;
    return (output?.[output.sum] ?? []).flat().map(worth);
  };
  const normOf = (at: number, by: number): readonly number[] =>
    norms(
      picture,
      own.map((text, index) => worth(text) + (index === at ? by : 0)),
    );
  const here = picture.power ? normOf(0, 0) : outputOf(picture);
  const count = Math.min(gradient.length, MOST);
  let [ties, differing] = [0, 0];
  for (let index = 0; index < count; index++) {
    const at = Math.floor((index * gradient.length) / count);
    const moved = (by: number): readonly number[] =>
      picture.power
        ? normOf(at, by)
        : outputOf(redrawn({ do: "cell", tensor: kind, at, value: worth(own[at] ?? "") + by }));
    const { step } = trial;
    const [up, down] = [moved(step), moved(-step)];
    const rates = here.map((y, cell) => [((up[cell] ?? 0) - y) / step, (y - (down[cell] ?? 0)) / step] as const);
    // Ties of several outputs may cancel each other in the sum, so that each one is looked at.
    const isTie = rates.some(
      ([more, less], cell) =>
        Math.abs(more - less) > trial.bend || (picture.power !== undefined && here[cell] === 0 && more !== 0),
    );
    if (isTie) ties++;
    else {
      const change = rates.reduce((sum, [more, less], cell) => sum + ((more + less) / 2) * (upstream[cell] ?? 0), 0);
      if (Math.abs(change - (gradient[at] ?? 0)) > trial.rounding) differing++;
    }
  }
  const name = kind === "input" ? "dX" : "dW";
  const which = count < gradient.length ? `${count} of its ${gradient.length} numbers` : `its ${count} numbers`;
  const tied = `${ties} ${ties === 1 ? "is" : "are"} ${trial.tie}`;
  const found =
    differing > 0
      ? `${differing} differ.`
      : `Σ y·dY changes as ${name} says${ties > 0 ? `; ${tied}` : ` for every one${trial.digits}`}.`;
  return `Each of ${which} was moved by ${trial.said} up and down: ${found}`;
}

/** The p-norms under the windows of a picture, unrounded, from the numbers of all channels. */
function norms({ depth, axes, power }: WindowPicture, numbers: readonly number[]): readonly number[] {
  const own = [...(depth ? [depth] : []), ...axes].map((axis) => ({
    ...axis,
    windows: axis.windows.map((taps) => taps.map(({ tap, at }) => ({ tap, at, from: at }))),
  }));
  const sizes = own.map(({ size }) => size);
  const shape = [numbers.length / elements(sizes), ...sizes];
  const places = elements(own.map(({ kernel }) => kernel));
  const input = { shape, data: Float64Array.from(numbers) };
  return Array.from(powerPool(input, own, allReads(own), { p: Number(power), places }).data);
}

/** The value of a text such as `−7/4`. */
function worth(text: string): number {
  const [top = "", bottom = "1"] = text.replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}
