import assert from "node:assert/strict";
import { test } from "node:test";
import { packed } from "../../.scripts/named.mjs";
import { PATTERN, unpacked } from "../../.scripts/unpacked.mjs";
import { pick, randomFrom } from "../random.js";

test("What is packed comes back as it was.", async () => {
  const random = randomFrom(71);
  for (let run = 0; run < 12; run++) {
    const words = Array.from({ length: 40 }, () =>
      String.fromCodePoint(32 + Math.floor(random() * 900)).repeat(1 + random() * (run % 3 === 0 ? 40 : 9)),
    );
    const text = Array.from({ length: 1 + random() * (run % 4 === 0 ? 9_000 : 900) }, () => pick(random, words)).join(
      "",
    );
    const [back, ...more] = unpacked(...(await packed([text])));
    assert.ok(back === text && more.length === 0, String(run));
  }
});

test("Packed texts come back in order, and those that say that they are patterns as such.", async () => {
  const texts = ["one", "", "zwei – ∂", `${PATTERN}iu/^[a-z]\\/+$`, `${PATTERN}/x`];
  const [one, empty, two, pattern, plain] = unpacked(...(await packed(texts)));
  assert.deepEqual([one, empty, two], ["one", "", "zwei – ∂"]);
  assert.deepEqual([String(pattern), String(plain)], ["/^[a-z]\\/+$/iu", "/x/"]);
});
