import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";

/** Layers of PyTorch that hold others (`len(list(layer.modules()))` of version 1.13 is more than 1). */
const HOLDING = [
  "Transformer(8, 2, 1, 1, 16)",
  "TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2)",
  "TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 2)",
  "TransformerEncoderLayer(8, 2, 16)",
  "TransformerDecoderLayer(8, 2, 16)",
  "MultiheadAttention(8, 2)",
  "AdaptiveLogSoftmaxWithLoss(8, 20, [5])",
  "TripletMarginWithDistanceLoss()",
];

/** Layers that hold none. */
const ALONE = [
  "Linear(8, 2)",
  "Bilinear(8, 2, 3)",
  "Conv2d(1, 2, 3)",
  "ConvTranspose1d(1, 2, 3)",
  "LSTM(8, 2, 2)",
  "GRUCell(8, 2)",
  "Embedding(8, 2)",
  "EmbeddingBag(8, 2)",
  "BatchNorm2d(8)",
  "GroupNorm(2, 8)",
  "MaxPool2d(2)",
  "TripletMarginLoss()",
  "CrossEntropyLoss()",
  "PReLU()",
];

const HEAD = "import torch\nfrom torch import nn\n";

test("Nobody counts the modules of a layer that holds some; of one that holds none there is one", () => {
  for (const layer of [...HOLDING, ...ALONE]) {
    const { names, trace } = followPython(`${HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.${layer}
alone = len(list(nn.${layer}.modules()))
within = len(list(Net().modules()))
children = len(list(nn.${layer}.children()))
`);
    const found = ["alone", "within", "children"].map((name) => {
      const v = names.get(name);
      return v?.kind === "int" ? v.value : v?.kind;
    });
    assert.deepEqual(found, ALONE.includes(layer) ? [1, 2, 0] : ["unknown", "unknown", "unknown"], layer);
    assert.deepEqual(trace.mismatches, []);
  }
});

test("What is done to each module of a model reaches those in a layer, so that nothing is flagged for want of them", () => {
  const { trace } = followPython(`${HEAD}
model = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2)
linears = [m for m in model.modules() if isinstance(m, nn.Linear)]
print(linears[0].weight.shape)
names = dict(model.named_modules())
print(names["layers.0.linear1"])
nn.Linear(8, 2)(model(torch.zeros(5, 3, 8)))
`);
  assert.deepEqual(trace.mismatches, []);
});
