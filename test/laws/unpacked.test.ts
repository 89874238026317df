import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { inDigits } from "../../.scripts/digits.mjs";
import { inflate } from "../../.scripts/inflate.mjs";
import { PATTERN, unpacked } from "../../.scripts/unpacked.mjs";
import { pick, randomFrom } from "../random.js";

test("What zlib deflates in any of its ways comes back as it was.", () => {
  const random = randomFrom(71);
  for (let run = 0; run < 150; run++) {
    const words = Array.from({ length: 40 }, () =>
      String.fromCodePoint(32 + Math.floor(random() * 900)).repeat(1 + random() * 9),
    );
    const text = Array.from({ length: random() * (run === 0 ? 60_000 : 900) }, () => pick(random, words)).join("");
    const bytes = Buffer.from(text);
    for (const options of [
      { level: 0 },
      { level: 1 },
      { level: 9 },
      { strategy: constants.Z_FIXED },
      { strategy: constants.Z_HUFFMAN_ONLY },
      { strategy: constants.Z_RLE },
    ])
      assert.ok(bytes.equals(inflate(deflateRawSync(bytes, options))), `${run} ${JSON.stringify(options)}`);
  }
});

test("Packed texts come back in order, and those that say that they are patterns as such.", () => {
  const texts = ["one", "", "zwei – ∂", `${PATTERN}iu/^[a-z]\\/+$`, `${PATTERN}/x`];
  const [one, empty, two, pattern, plain] = unpacked(inDigits(deflateRawSync(texts.join("\0"))));
  assert.deepEqual([one, empty, two], ["one", "", "zwei – ∂"]);
  assert.deepEqual([String(pattern), String(plain)], ["/^[a-z]\\/+$/iu", "/x/"]);
});
