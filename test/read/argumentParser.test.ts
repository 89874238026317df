import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

function plain(v: PyValue | undefined): unknown {
  if (v?.kind === "list" || v?.kind === "tuple") return v.items?.map(plain);
  if (v?.kind === "tensor") return v.shape;
  return v && "value" in v ? v.value : v?.kind;
}

const follow = (text: string): ReturnType<typeof followPython> =>
  followPython(`import argparse\nimport torch\nimport torch.nn as nn\n${text}`);

const PARSER = `
parser = argparse.ArgumentParser(description="Trains.")
parser.add_argument("data", help="a folder")
parser.add_argument("--hidden-size", "-H", type=int, default=64)
parser.add_argument("--lr", type=float, default=1e-3)
parser.add_argument("--cuda", action="store_true")
parser.add_argument("--resume", default=None)
parser.add_argument("--heads", type=int)
parser.add_argument("--gpu", type=int, default=-1)
parser.add_argument("--sizes", nargs="+", type=int, default=[8, 16])
parser.add_argument("-w", type=int, default="7")
group = parser.add_argument_group("model")
group.add_argument("--depth", dest="layers", type=int, default=2)
args = parser.parse_args()
`;

test("an argument that is a number or a text has its default, as in a run that says none; any other may be anything", () => {
  const { names } = follow(`${PARSER}
usual = [args.hidden_size, args.lr, args.sizes, args.w, args.layers]
open = [args.data, args.cuda, args.resume, args.heads, args.gpu]
args.more = 5
more = args.more
out = nn.Linear(args.hidden_size, 3)(torch.zeros(2, args.hidden_size))
`);
  assert.deepEqual(plain(names.get("usual")), [64, 0.001, [8, 16], 7, 2]);
  assert.deepEqual(plain(names.get("open")), Array(5).fill("unknown"));
  assert.deepEqual([plain(names.get("more")), plain(names.get("out"))], [5, [2, 3]]);
});

test("what a program asks of its command line is no mistake", () => {
  const { trace } = follow(`${PARSER}
if not args.cuda and not args.resume:
    raise ValueError("say one of them")
assert args.heads
layer = nn.MultiheadAttention(args.hidden_size, args.heads)
if args.gpu < 0:
    raise SystemExit
`);
  assert.deepEqual(trace.mismatches, []);
});

test("defaults that do not fit each other are said", () => {
  const { trace } = follow(`${PARSER}
layer = nn.MultiheadAttention(args.hidden_size, args.w)
`);
  assert.equal(trace.mismatches.length, 1);
});

test("a parser that something unknown gets may have any arguments", () => {
  const { names, trace } = follow(`
from somewhere import add_options
parser = argparse.ArgumentParser()
parser.add_argument("--n", type=int, default=4)
add_options(parser)
args = parser.parse_args()
n, other = args.n, args.other
plain = argparse.Namespace(width=3)
width = plain.width
`);
  assert.deepEqual(trace.mismatches, []);
  assert.deepEqual(
    ["n", "other", "width"].map((name) => plain(names.get(name))),
    ["unknown", "unknown", 3],
  );
});
