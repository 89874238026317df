# CASE: Embedded() | 2x8
# CASE: Embedded(False, 3) | 2x8
# CASE: Bag() | 2x8
# CASE: New() | 2x8
# CASE: Shift() | 2x3x8x8
# CASE: Masked() | 2x7x8
# CASE: Up() | 1x8x8x8
# CASE: Sized() | 2x3x4
import numpy as np
import torch
from torch import nn


class Embedded(nn.Module):
    def __init__(self, freeze=True, pad=None):
        super().__init__()
        self.emb = nn.Embedding.from_pretrained(torch.randn(10, 6), freeze=freeze, padding_idx=pad)
        self.own = nn.Linear(self.emb.embedding_dim, self.emb.num_embeddings)

    def forward(self, x):
        return self.own(self.emb(x.long()))


class Bag(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.EmbeddingBag.from_pretrained(torch.FloatTensor([[1, 2.3, 3], [4, 5.1, 6.3]]), mode="sum")

    def forward(self, x):
        return self.emb(x.long())


class New(nn.Module):
    def forward(self, x):
        eps = x.data.new(x.size()).normal_()
        like = x.new(x)
        return eps, torch.FloatTensor(x.size()).normal_(), x.new(x.size(0), 3).zero_(), x.new([1, 2, 3]), x.new((1.5, 2.5)), like, x.new()


class Shift(nn.Conv2d):
    def __init__(self, rgb_mean=(0.4488, 0.4371, 0.4040), rgb_std=(1.0, 1.0, 1.0)):
        super().__init__(3, 3, kernel_size=1)
        std = torch.Tensor(rgb_std)
        self.weight.data = torch.eye(3).view(3, 3, 1, 1) / std.view(3, 1, 1, 1)
        self.bias.data = -255 * torch.Tensor(rgb_mean) / std


def subsequent_mask(size):
    mask = np.triu(np.ones((1, size, size)), k=1).astype("uint8")
    return torch.from_numpy(mask) == 0


class Masked(nn.Module):
    def forward(self, x):
        scores = x @ x.transpose(1, 2)
        return scores.masked_fill(subsequent_mask(x.size(1)) == 0, -1e9)


class Up(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 4, 3, 2, 1)

    def forward(self, x):
        whole = self.up(x, output_size=torch.Size([1, 4, 15, 16]))
        return self.up(x, output_size=(16, 16)), whole, self.up(x[0], output_size=(4, 16, 15))


class Sized(nn.Module):
    def forward(self, x):
        sizes = torch.Size((x.size(0), 12))
        return x.view(sizes), x.view(torch.Size([-1])), torch.zeros(torch.Size([2, 3]) + (4,)), x.new_zeros(torch.Size())
