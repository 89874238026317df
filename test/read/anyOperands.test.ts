import assert from "node:assert/strict";
import { test } from "node:test";
import { operations } from "../../src/core/operations/index.js";
import { followPython } from "../../src/read/python/models.js";
import { pick, randomFrom } from "../random.js";

const SHAPES = "() 0 3 2,3 3,3 0,3 2,1,3 2,3,4,4 1,1,1,1,1 2,3,4,5,6,7".split(" ");
const OTHERS =
  "0|1|-1|2|-2|3|7|-7|10**12|0.5|True|None|()|[]|[0]|(1, 2)|[0, 1, 2]|(-1, -1)|[-5, 9]|'a'|'ij,jk->ik'|'b c -> c b'|slice(0)|...".split(
    "|",
  );

test("whatever an operation is given, what stands after it is read", () => {
  const random = randomFrom(11);
  const tensorText = (): string => `torch.zeros(${pick(random, SHAPES)})`;
  const value = (): string =>
    pick(random, [pick(random, OTHERS), tensorText(), `[${tensorText()}, ${tensorText()}]`, "torch.ones(3).long()"]);
  let calls = 0;
  for (let round = 0; round < 30; round++)
    for (const call of operations.flatMap((o) => o.calls)) {
      const [, callee = "", inside = ""] = /^([\w.]+)\((.*)\)$/s.exec(call) ?? [];
      const names = inside.split(",").map((p) => p.replace(/=.*/s, "").replace(/\W/g, ""));
      const first = random() < 0.7 ? tensorText() : value();
      const args = names.flatMap((name, i) => {
        if (i === 0) return name === "" ? [] : [first];
        return random() < 0.4 ? [random() < 0.6 ? `${name}=${value()}` : value()] : [];
      });
      const isNamed = (text: string): boolean => /^\w+=/.test(text);
      const sorted = [...args.filter((a) => !isNamed(a)), ...args.filter(isNamed)].join(", ");
      const whole = callee.replace(/^F\./, "torch.nn.functional.");
      const isMethod = /^Tensor\./.test(whole);
      const line = `y = ${isMethod ? whole.replace("Tensor", tensorText()) : whole}(${sorted})`;
      const { names: found, gaveUpAt } = followPython(`import torch\nimport einops\n${line}\nz = torch.zeros(7)\n`);
      assert.equal(gaveUpAt, undefined, line);
      assert.equal(found.get("z")?.kind, "tensor", line);
      calls++;
    }
  assert.ok(calls > 25_000, `${calls}`);
});
