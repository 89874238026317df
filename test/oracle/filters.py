#!/usr/bin/python3
"""What PyTorch's conv2d makes of small images under a kernel (Debian's PyTorch 1.13).

usage: filters.py COUNT SEED > filters.jsonl   (committed: 120 1)

Each line: {"width", "pixels": row by row, "rows": the kernel, "turned": by 180 degrees first, "response": row by row}, with zeros around, so
that the response has the size of the image; an even kernel has one zero more behind than before.
"""
import json
import random
import sys

import torch
from torch.nn import functional as F

if __name__ == "__main__":
    count, seed = (int(a) for a in sys.argv[1:])
    rng = random.Random(seed)
    for _ in range(count):
        width, height = rng.randint(1, 9), rng.randint(1, 9)
        tall, wide = rng.randint(1, 5), rng.randint(1, 5)
        pixels = [rng.randint(0, 255) for _ in range(width * height)]
        rows = [[rng.randint(-4, 4) for _ in range(wide)] for _ in range(tall)]
        turned = rng.random() < 0.5
        image = torch.tensor(pixels, dtype=torch.float64).reshape(1, 1, height, width)
        kernel = torch.tensor(rows, dtype=torch.float64)
        if turned:
            kernel = kernel.flip(0, 1)
        around = ((wide - 1) // 2, wide - 1 - (wide - 1) // 2, (tall - 1) // 2, tall - 1 - (tall - 1) // 2)
        response = F.conv2d(F.pad(image, around), kernel[None, None]).flatten().tolist()
        line = {"width": width, "pixels": pixels, "rows": rows, "turned": turned, "response": [int(v) for v in response]}
        print(json.dumps(line, separators=(",", ":")))
