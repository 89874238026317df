import { add, divide, floor, multiply } from "../dims/dim.js";
import { printSize } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  axesOf,
  axisOf,
  counted,
  flagOf,
  isBelow,
  itemsOf,
  kindOf,
  sizeOf,
  sum,
  tensorShape,
  wholeOf,
} from "./operands.js";
import { type NumberKind, type Operand, type Operands, type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** How many frequencies half a spectrum has. */
const halved = (size: Size): Size => size && add(floor(divide(size, 2) as never), 1);

/** How many numbers half a spectrum of so many frequencies makes. */
const doubled = (size: Size): Size => (size === undefined ? undefined : multiply(2, add(size, -1)));

/** What a transform does to the size of the last dimension that it goes along: nothing, halve it, or double it. */
type Form = "whole" | "halves" | "doubles";

const FORMS: Readonly<Record<string, Form>> = {
  fft: "whole",
  ifft: "whole",
  rfft: "halves",
  ihfft: "halves",
  irfft: "doubles",
  hfft: "doubles",
};

/** A size that certainly is below 1 has no spectrum. */
function possible(name: string, size: Size, argument: string): Size {
  if (isBelow(size, 1))
    refuse(`${name}/size`, `${name} takes ${printSize(size)} numbers along a dimension.`, "Use at least 1.", {
      argument,
    });
  return size;
}

/** The size along the last dimension, where `asked` says how many numbers are taken. */
function lastSize(name: string, form: Form, own: Size, asked: Size | null): Size {
  const size = asked === null ? (form === "doubles" ? doubled(own) : own) : asked;
  possible(name, size, asked === null ? "input" : "n");
  return form === "halves" ? halved(size) : size;
}

/** A kind that is known is kept from what is complex: of that nothing is said. */
const kindAfter = (form: Form): NumberKind | undefined => (form === "doubles" ? "float" : undefined);

function along(name: string, { input, n, dim }: Operands): Shape | undefined {
  const shape = tensorShape(input);
  if (!shape) return undefined;
  const at = axisOf(dim, shape.length, `${name}/dim`);
  if (shape.length === 0)
    refuse(`${name}/rank`, `${name} goes along a dimension, the tensor has 0.`, "Give it a tensor with dimensions.");
  if (at === undefined) return shape.map(() => undefined);
  return shape.with(at, lastSize(name, FORMS[name] as Form, shape[at], n === null ? null : sizeOf(n)));
}

/** The shape of a transform along several dimensions; undefined where it is not known which. */
function alongSeveral(name: string, form: Form, { input, s, dim }: Operands): Shape | undefined {
  const shape = tensorShape(input);
  if (!shape) return undefined;
  const asked = s === null ? null : itemsOf(s);
  const last = asked ? shape.map((_, i) => i).slice(-asked.length) : shape.map((_, i) => i);
  const places = dim === null ? (asked === undefined ? undefined : last) : axesOf(dim, shape.length, `${name}/dim`);
  if (!places || asked === undefined) return shape.map(() => undefined);
  if (asked && asked.length !== places.length)
    refuse(
      `${name}/s`,
      `s names ${counted(asked.length, "size")}, dim ${counted(places.length, "dimension")}.`,
      "Name a size for each dimension.",
      { argument: "s" },
    );
  const made = [...shape];
  for (const [i, place] of places.entries()) {
    const size = asked ? sizeOf(asked[i]) : null;
    // −1 stands for the size that is there.
    const wanted = size === -1 ? null : size;
    if (wanted !== null) possible(name, wanted, "s");
    const isLast = i === places.length - 1;
    made[place] = isLast ? lastSize(name, form, shape[place], wanted) : wanted === null ? shape[place] : wanted;
  }
  return made;
}

const one = (name: string): Operation => ({
  name: `fft.${name}`,
  summary: "Takes numbers along a dimension apart into frequencies, or puts them together again.",
  calls: [`torch.fft.${name}(input, n=None, dim=-1, norm=None)`],
  infer: (given) => tensor(along(name, given), kindAfter(FORMS[name] as Form)),
  examples: [
    {
      call: `torch.fft.${name}(x)`,
      given: { input: tensor([3, 8]), n: null, dim: -1 },
      gives: FORMS[name] === "halves" ? [3, 5] : FORMS[name] === "doubles" ? [3, 14] : [3, 8],
    },
  ],
});

const several = (name: string): readonly Operation[] =>
  ["2", "n"].map((many) => {
    const form = FORMS[name] as Form;
    const whole = `${name}${many}`;
    return {
      name: `fft.${whole}`,
      summary: "Takes numbers along several dimensions apart into frequencies, or puts them together again.",
      calls: [`torch.fft.${whole}(input, s=None, dim=${many === "2" ? "(-2, -1)" : "None"}, norm=None)`],
      infer: (given) => tensor(alongSeveral(whole, form, given), kindAfter(form)),
      examples: [
        {
          call: `torch.fft.${whole}(x)`,
          given: { input: tensor([4, 8]), s: null, dim: many === "2" ? [-2, -1] : null },
          gives: form === "halves" ? [4, 5] : form === "doubles" ? [4, 14] : [4, 8],
        },
      ],
    };
  });

/** The frequencies and moments that a short-time transform has; undefined where it is not known whether it is possible. */
function framed({ input, n_fft: size, hop_length: hop, center, onesided, return_complex: isComplex }: Operands) {
  const shape = tensorShape(input);
  const [n, isPadded] = [wholeOf(size), flagOf(center)];
  const step = hop === null ? n && Math.floor(n / 4) : wholeOf(hop);
  const length = shape?.at(-1);
  if (!shape || shape.length < 1 || shape.length > 2 || n === undefined || step === undefined || isPadded === undefined)
    return undefined;
  const padded = isPadded ? sum(length, 2 * Math.floor(n / 2)) : length;
  if (n < 1 || step < 1 || typeof padded !== "number" || padded < n) return undefined;
  const isReal = kindOf(input) !== undefined;
  const isHalf = onesided === null ? (isReal ? true : undefined) : flagOf(onesided);
  const frequencies = isHalf === undefined ? undefined : isHalf ? Math.floor(n / 2) + 1 : n;
  const moments = 1 + Math.floor((padded - n) / step);
  // Where nobody says it, only what is real gives pairs, if it gives anything at all.
  const hasPairs =
    isComplex === null ? (isReal ? true : undefined) : isComplex === undefined ? undefined : !flagOf(isComplex);
  if (hasPairs === undefined) return undefined;
  return [...shape.slice(0, -1), frequencies, moments, ...(hasPairs ? [2] : [])];
}

/** The signal that the moments of a short-time transform make; undefined where it is not known that they are complex numbers. */
function signal({ input, n_fft: size, hop_length: hop, center, length }: Operands): Shape | undefined {
  const shape = tensorShape(input);
  const [n, isPadded, moments] = [wholeOf(size), flagOf(center), shape?.at(-1)];
  // A last dimension of 2 may be that of real numbers in pairs.
  const isComplex = kindOf(input) === undefined && typeof moments === "number" && moments !== 2;
  if (!shape || (shape.length !== 2 && shape.length !== 3) || !isComplex) return undefined;
  const front = shape.slice(0, -2);
  if (length !== null) return [...front, sizeOf(length)];
  const step = hop === null ? n && Math.floor(n / 4) : wholeOf(hop);
  if (n === undefined || step === undefined || isPadded === undefined) return [...front, undefined];
  const all = n + step * (moments - 1) - (isPadded ? 2 * Math.floor(n / 2) : 0);
  return [...front, all < 1 ? undefined : all];
}

const STFT =
  "n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None";

const kept = (input: Operand) => tensor(tensorShape(input), kindOf(input));

/** Fourier transforms. */
export const fourier: readonly Operation[] = [
  {
    name: "stft",
    summary: "Takes each moment of a signal apart into frequencies.",
    calls: asBoth(`stft(input, ${STFT})`),
    infer: (given) => tensor(framed(given), given.return_complex === true ? undefined : "float"),
    examples: [
      {
        call: "torch.stft(x, 4, 2, return_complex=True)",
        given: {
          input: tensor([2, 8], "float"),
          n_fft: 4,
          hop_length: 2,
          center: true,
          onesided: null,
          return_complex: true,
        },
        gives: [2, 3, 5],
      },
    ],
  },
  {
    name: "istft",
    summary: "Puts the frequencies of each moment of a signal together again.",
    calls: asBoth(
      "istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)",
    ),
    infer: (given) => tensor(signal(given), given.return_complex === false ? "float" : undefined),
    examples: [
      {
        call: "torch.istft(x, 4, 2)",
        given: { input: tensor([2, 3, 5]), n_fft: 4, hop_length: 2, center: true, length: null, return_complex: false },
        gives: [2, 8],
      },
    ],
  },
  ...Object.keys(FORMS).map(one),
  ...["fft", "ifft", "rfft", "irfft"].flatMap(several),
  ...["fftshift", "ifftshift"].map(
    (name): Operation => ({
      name: `fft.${name}`,
      summary: "Puts the frequency 0 in the middle, or back; the shape stays.",
      calls: [`torch.fft.${name}(input, dim=None)`],
      infer: ({ input, dim }) => {
        const shape = tensorShape(input);
        if (shape && dim !== null) axesOf(dim, shape.length, `${name}/dim`);
        return kept(input);
      },
      examples: [{ call: `torch.fft.${name}(x)`, given: { input: tensor([3, 8]), dim: null }, gives: [3, 8] }],
    }),
  ),
  ...["fftfreq", "rfftfreq"].map(
    (name): Operation => ({
      name: `fft.${name}`,
      summary: "Makes the frequencies that a transform of so many numbers has.",
      calls: [`torch.fft.${name}(n, d=1.0)`],
      infer: ({ n }) => {
        const size = sizeOf(n);
        const isNone = isBelow(size, 1);
        return tensor([isNone ? undefined : name === "fftfreq" ? size : halved(size)], "float");
      },
      examples: [{ call: `torch.fft.${name}(8)`, given: { n: 8 }, gives: name === "fftfreq" ? [8] : [5] }],
    }),
  ),
];
