/** A shape as somebody wrote it. */
export interface WrittenShape {
  /** The sizes in the order written; a letter or a question mark is undefined. A batch that is a letter is left out. */
  readonly sizes: readonly (number | undefined)[];
  /** Whether a batch stood in front as a letter, `None`, `-1` or `?`. */
  readonly hasBatch: boolean;
  /** `6@28×28`: the channels come first, whatever the rest of the table does. */
  readonly channelsFirst: boolean;
}

/** A shape, or the way from one to another: `28×28×1 → 28×28×10`. */
export interface ShapeClaim {
  readonly shape: WrittenShape;
  readonly before?: WrittenShape;
}

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+|\d+`;
const ITEM = String.raw`(?:${NUMBER}|-1|None|\?|[A-Za-z_][\w']*(?:\s*/\s*\d+)?)`;
const CROSS = new RegExp(
  String.raw`(?:${NUMBER}|-1|\?|None|[A-WYZ]\w*(?:/\d+)?)(?:\s*[×xX*✕⨯]\s*(?:${NUMBER}|-1|\?|None|[A-WYZ]\w*(?:/\d+)?))+`,
);
const LIST = new RegExp(String.raw`[([]\s*(${ITEM}(?:\s*,\s*${ITEM})*)\s*,?\s*[)\]]`);
const AT = /^\s*(\d+)\s*@\s*(\d+)(?:\s*[×xX*]\s*(\d+))?(?:\s*[×xX*]\s*(\d+))?\s*$/;
const BARE_LIST = /^\s*(\d+)\s*,\s*(\d{1,4})\s*,\s*(\d{1,4})\s*$/;
const BATCH = /^(?:none|b|n|bs|m|batch|batch_?size|\?|-1)$/i;

/** Longer texts are no shapes. */
const MAX_LENGTH = 160;

/** The shape that a cell says, where it says nothing else that could matter. */
export function readShape(text: string): ShapeClaim | undefined {
  if (text.length === 0 || text.length > MAX_LENGTH) return undefined;
  const parts = text.split(/→|⟶|->|=>/);
  if (parts.length === 2) {
    const [before, shape] = parts.map((p) => readOne(p));
    return before && shape && before.sizes.length > 1 ? { shape, before } : undefined;
  }
  const shape = parts.length === 1 ? readOne(text) : undefined;
  return shape && { shape };
}

function readOne(text: string): WrittenShape | undefined {
  const at = AT.exec(text);
  if (at)
    return {
      sizes: at
        .slice(1)
        .filter((s) => s !== undefined)
        .map(Number),
      hasBatch: false,
      channelsFirst: true,
    };
  // 1,960 (= 7×7×40): the number is the shape, the product says where it comes from.
  const lead = new RegExp(String.raw`^\s*(${NUMBER})\s*\(?\s*=`).exec(text);
  if (lead) return number(lead[1] ?? "");
  const bare = BARE_LIST.exec(text);
  if (bare && !/^\s*\d{1,3}(?:,\d{3})+\s*$/.test(text)) return fromItems(bare.slice(1));
  const list = LIST.exec(text);
  if (list?.[1]?.includes(",") || (list && /\d\s*,\s*[)\]]/.test(list[0]))) {
    if (!isHarmless(text.replace(list[0], " "))) return undefined;
    return fromItems((list[1] ?? "").split(/\s*,\s*/));
  }
  const cross = CROSS.exec(text);
  if (cross) {
    if (!isHarmless(text.replace(cross[0], " "))) return undefined;
    return fromItems(cross[0].split(/\s*[×xX*✕⨯]\s*/));
  }
  const lone = new RegExp(String.raw`^[^\d=@%.+^]*?(${NUMBER})(?![\d.])[^\d=@%+^]*$`).exec(text);
  if (!lone || /\d\s*(?:[KM]|[kmKMG]?B|ms|s|%)\b/.test(text) || !isHarmless(text.replace(lone[1] ?? "", " ")))
    return undefined;
  return number(lone[1] ?? "");
}

const number = (text: string): WrittenShape => ({
  sizes: [Number(text.replaceAll(",", ""))],
  hasBatch: false,
  channelsFirst: false,
});

/** What may stand beside a shape: words, and the product of its sizes. */
const isHarmless = (rest: string): boolean =>
  !/\d/.test(rest.replace(/=\s*[\d, .]+$/, "").replace(/\(\s*=?\s*[\d, ]+\)\s*$/, "")) &&
  !/[+]|stride|kernel|filter/i.test(rest);

function fromItems(items: readonly string[]): WrittenShape | undefined {
  if (items.length > 6) return undefined;
  const hasBatch = items.length > 1 && BATCH.test((items[0] ?? "").trim());
  const sizes = (hasBatch ? items.slice(1) : items).map((item) => {
    const plain = item.replaceAll(",", "").trim();
    return /^\d+$/.test(plain) ? Number(plain) : undefined;
  });
  if (sizes.every((s) => s === undefined) || sizes.some((s) => s !== undefined && !Number.isSafeInteger(s)))
    return undefined;
  return { sizes, hasBatch, channelsFirst: false };
}
