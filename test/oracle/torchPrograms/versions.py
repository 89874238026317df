# CASE: M() | 2x4x9
# CASE: Helped() | 2x8
import torch
import torch.nn as nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv1d(4, 4, 3, padding=1 if torch.__version__ >= "1.5.0" else 2)
        if torch.__version__ < "0.4":
            self.c = nn.Conv1d(4, 2, 1)

    def forward(self, x):
        return self.c(x)


OLD = "1.0" > torch.__version__


class Helped(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 3 if OLD else 4)

    def forward(self, x):
        if torch.__version__ == "0.4.1" or torch.__version__ < "1.0":
            x = x[:1]
        return self.a(x)
