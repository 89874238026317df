// Reads bytes that LZMA has packed (LZMA SDK, lzma-specification.txt), as far as a program needs that has little room: it trusts what it reads.

/** Bits of the byte before that tell codes of a byte apart, and the remainder of places that does. */
const [BEFORE, PLACES] = [3, 3];

/** Where each kind of code has its probabilities. */
const [MATCH, REPEAT, FIRST, SECOND, THIRD, LONG] = [0, 192, 204, 216, 228, 240];
const [SLOT, SPECIAL, ALIGN, LENGTH, AGAIN, LITERAL] = [432, 688, 803, 819, 1333, 1847];

/** Packed bytes behind their head of 13, as the bytes of this length that they were. */
export function unpackedBytes(source, size) {
  const out = new Uint8Array(size);
  const odds = new Uint16Array(LITERAL + (768 << BEFORE)).fill(1024);
  let [at, range, code] = [1, 2 ** 32 - 1, 0];
  const next = () => {
    code = code * 256 + source[at++];
  };
  while (at < 5) next();
  const fill = () => {
    if (range < 2 ** 24) {
      range *= 256;
      next();
    }
  };
  const bit = (i) => {
    const bound = (range >>> 11) * odds[i];
    const isOne = code >= bound;
    if (isOne) {
      range -= bound;
      code -= bound;
      odds[i] -= odds[i] >> 5;
    } else {
      range = bound;
      odds[i] += (2048 - odds[i]) >> 5;
    }
    fill();
    return +isOne;
  };
  const tree = (base, many) => {
    let symbol = 1;
    for (let i = 0; i < many; i++) symbol = symbol * 2 + bit(base + symbol);
    return symbol - (1 << many);
  };
  const reverse = (base, many) => {
    let [symbol, value] = [1, 0];
    for (let i = 0; i < many; i++) {
      const b = bit(base + symbol);
      symbol = symbol * 2 + b;
      value |= b << i;
    }
    return value;
  };
  const direct = (many) => {
    let value = 0;
    for (let i = 0; i < many; i++) {
      range = Math.floor(range / 2);
      const b = +(code >= range);
      if (b) code -= range;
      value = value * 2 + b;
      fill();
    }
    return value;
  };
  const length = (base, place) => {
    if (!bit(base)) return tree(base + 2 + place * 8, 3);
    return bit(base + 1) ? 16 + tree(base + 258, 8) : 8 + tree(base + 130 + place * 8, 3);
  };
  const distance = (many) => {
    const slot = tree(SLOT + Math.min(many, 3) * 64, 6);
    if (slot < 4) return slot;
    const low = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << low;
    return slot < 14 ? high + reverse(SPECIAL + high - slot, low) : high + direct(low - 4) * 16 + reverse(ALIGN, 4);
  };
  const back = [0, 0, 0, 0];
  let state = 0;
  for (let end = 0; end < size; ) {
    const place = end & PLACES;
    if (!bit(MATCH + state * 16 + place)) {
      const base = LITERAL + 768 * ((out[end - 1] ?? 0) >> (8 - BEFORE));
      let symbol = 1;
      if (state > 6)
        for (let like = out[end - back[0] - 1], isAlike = true; isAlike && symbol < 256; like *= 2) {
          const wanted = (like >> 7) & 1;
          const b = bit(base + 256 + wanted * 256 + symbol);
          symbol = symbol * 2 + b;
          isAlike = b === wanted;
        }
      while (symbol < 256) symbol = symbol * 2 + bit(base + symbol);
      out[end++] = symbol;
      state = Math.max(0, state - (state < 10 ? 3 : 6));
      continue;
    }
    const isNear = state < 7;
    let many = 1;
    if (!bit(REPEAT + state)) {
      back.pop();
      state = isNear ? 7 : 10;
      many = 2 + length(LENGTH, place);
      back.unshift(distance(many - 2));
    } else {
      const isOther = bit(FIRST + state);
      const isSingle = !isOther && !bit(LONG + state * 16 + place);
      if (isOther) {
        const which = bit(SECOND + state) ? 2 + bit(THIRD + state) : 1;
        back.unshift(...back.splice(which, 1));
      }
      if (!isSingle) many = 2 + length(AGAIN, place);
      state = isSingle ? (isNear ? 9 : 11) : isNear ? 8 : 11;
    }
    for (; many > 0; many--, end++) out[end] = out[end - back[0] - 1];
  }
  return out;
}
