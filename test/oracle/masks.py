#!/usr/bin/python3
"""Which masks PyTorch takes for which sequences.

usage: masks.py > test/oracle/masks.jsonl          (with Debian's python3-torch 1.13)

A line for each sequence and mask: {"batch_first": true, "input": [5, 2, 8], "mask": [2, 2], "runs": true}. Asked of an encoder layer of
two heads and of a stack of two such layers, in training and not, which all have the same answer.
"""
import json
import warnings

import torch
from torch import nn

MASKS = [(5, 5), (2, 2), (3, 3), (1, 5), (5, 1), (1, 1), (2, 5), (5, 2), (4, 5, 5), (2, 5, 5), (10, 2, 2), (4, 2, 2), (1, 5, 5), (4, 5, 1),
         (5,), (1, 1, 5, 5), (2, 2, 5, 5), (0, 0)]


def runs(model, sequence, mask):
    try:
        model(torch.zeros(sequence), torch.zeros(mask))
    except Exception:  # a refusal is an answer
        return False
    return True


warnings.filterwarnings("ignore")
for batch_first in (False, True):
    for sequence in ((5, 2, 8), (2, 5, 8), (5, 8)):
        layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=batch_first)
        models = [m.train(training) for training in (True, False) for m in (layer, nn.TransformerEncoder(layer, 2))]
        for mask in MASKS:
            answers = {runs(m, sequence, mask) for m in models}
            assert len(answers) == 1
            print(json.dumps({"batch_first": batch_first, "input": sequence, "mask": mask, "runs": answers.pop()}))
