// Reads deflated bytes (RFC 1951), as far as a program needs that has little room: it trusts what it reads.

/** The lengths of codes come in this order; what says how often one comes again is among them. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The extra bits and the least value of each symbol: of a length from 3 on, of a distance from 1 on. */
const steps = (many, whole, least) => {
  const found = [];
  for (let symbol = 0; symbol < many; symbol++) {
    const extra = Math.max(0, Math.floor(symbol / whole) - 1);
    found.push([extra, least]);
    least += 1 << extra;
  }
  return found;
};
const LENGTHS = [...steps(28, 4, 3), [0, 258]];
const DISTANCES = steps(30, 2, 1);

/** A code by the lengths of its symbols: how many have each length, and the symbols in order. */
const codeOf = (lengths) => {
  const symbols = [...lengths.keys()].filter((i) => lengths[i] > 0).sort((a, b) => lengths[a] - lengths[b] || a - b);
  return [symbols, Array.from({ length: 16 }, (_, n) => symbols.filter((i) => lengths[i] === n).length)];
};

const FIXED = [
  codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  codeOf(Array(30).fill(5)),
];

/** The bytes that were deflated. */
export function inflate(source) {
  const out = [];
  let at = 0;
  const bit = () => (source[at >> 3] >> (at++ & 7)) & 1;
  const bits = (many) => {
    let value = 0;
    for (let i = 0; i < many; i++) value |= bit() << i;
    return value;
  };
  const next = ([symbols, counts]) => {
    let [code, first, before] = [0, 0, 0];
    for (let length = 1; ; length++) {
      code += bit();
      const count = counts[length];
      if (code < first + count) return symbols[before + code - first];
      before += count;
      first = (first + count) * 2;
      code *= 2;
    }
  };
  const codes = () => {
    const [literals, distances, many] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const own = Array(19).fill(0);
    for (let i = 0; i < many; i++) own[ORDER[i]] = bits(3);
    const code = codeOf(own);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const symbol = next(code);
      if (symbol < 16) lengths.push(symbol);
      else {
        const value = symbol === 16 ? lengths.at(-1) : 0;
        const times = symbol === 16 ? bits(2) + 3 : symbol === 17 ? bits(3) + 3 : bits(7) + 11;
        for (let i = 0; i < times; i++) lengths.push(value);
      }
    }
    return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
  };
  for (let isLast = 0; !isLast; ) {
    isLast = bit();
    const kind = bits(2);
    if (kind === 0) {
      at = (at + 7) & ~7;
      const many = bits(16);
      at += 16;
      for (let i = 0; i < many; i++) out.push(bits(8));
      continue;
    }
    const [literal, distance] = kind === 1 ? FIXED : codes();
    for (;;) {
      const symbol = next(literal);
      if (symbol === 256) break;
      if (symbol < 256) out.push(symbol);
      else {
        const [extra, least] = LENGTHS[symbol - 257];
        const length = least + bits(extra);
        const [more, nearest] = DISTANCES[next(distance)];
        const back = nearest + bits(more);
        for (let i = 0; i < length; i++) out.push(out[out.length - back]);
      }
    }
  }
  return Uint8Array.from(out);
}
