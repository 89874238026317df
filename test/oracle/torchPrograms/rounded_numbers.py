# CASE: Sparse() | 2x24x9
# CASE: Packed() | 2x4x9
import numpy as np
import torch
from torch import nn


class Sparse(nn.Module):
    def __init__(self, factor=3):
        super().__init__()
        self.l = nn.Linear(9, int(np.floor(np.log10(5000)) + np.ceil(np.exp(1.5))))
        self.factor = factor

    def forward(self, x):
        u = self.factor * np.ceil(np.log(x.shape[1])).astype("int").item()
        u = u if u < x.shape[1] else x.shape[1]
        return self.l(x.topk(int(u), dim=1)[0])


class Packed(nn.Module):
    def forward(self, x):
        lengths = torch.IntTensor([9] * x.size(0))
        lengths = (lengths + 1) // 2
        p = nn.utils.rnn.pack_padded_sequence(x.transpose(1, 2), lengths, batch_first=True)
        y, l = nn.utils.rnn.pad_packed_sequence(p, batch_first=True)
        return y
