import { paragraphAt } from "./memorySizes.js";
import type { KeptStep } from "./stepCache.js";

/** Numbers that an optimizer keeps for each weight, besides the weight and its gradient. */
const STATES: readonly (readonly [count: number, names: RegExp])[] = [
  [1, /momentum|rmsprop|adagrad/i],
  [2, /adam/i],
  [0, /sgd/i],
];

const STATE =
  /\b(SGD(?: with (?:Nesterov )?momentum)?|momentum|RMSprop|Adagrad|AdamW?)\b[^.;,:|\n\d]{0,40}:?[^.;,:|\n\d]{0,8}\$?(\d)\$? ?(?:×|x\b|times\b|\\times)/gi;

/** Words with which the weights and their gradients are no part of it. */
const BESIDES =
  /(?:beyond|besides|in addition to|on top of|next to) (?:the )?(?:weights|parameters)(?:(?:,| and) (?:the |their )?gradients)?/gi;

/** What a text says of the numbers that optimizers keep besides the weights and their gradients. */
export function* optimizerStates(text: string): Generator<KeptStep> {
  for (const { index, 0: plain, 1: optimizer = "", 2: written = "" } of text.matchAll(STATE)) {
    const paragraph = paragraphAt(text, index);
    const own = STATES.find(([, names]) => names.test(optimizer))?.[0] ?? 0;
    const isState = /state|beyond|besides|extra|additional/i.test(paragraph);
    if (!isState || !/weight|param/i.test(paragraph)) continue;
    const isWhole = /gradient|total|altogether|master|copy|copies|mixed|learning rate|faster|slower|speed/i.test(
      paragraph.replaceAll(BESIDES, ""),
    );
    const isRight = Number(written) === own;
    if (!isRight && isWhole) continue;
    const name = `what ${optimizer} keeps besides the weights and their gradients`;
    const say = isRight ? "" : own === 1 ? "one number for each weight" : `${own} numbers for each weight`;
    const span = { from: index, to: index + plain.length };
    const verdict = isRight ? "right" : "wrong";
    yield { answer: { verdict, how: "quantity", quantity: { name, say, right: `${own}×` }, at: span }, span, plain };
  }
}
