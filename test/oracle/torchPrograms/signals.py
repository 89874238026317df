# CASE: Spectra() | 2x8
# CASE: Framed() | 3x50
# CASE: Joined() | 3x50
# CASE: Complex() | 2x40x3
# CASE: Turned() | 2x8
# CASE: Prior() | 2x8
# CASE: Orthogonal() | 2x8
import numpy as np
import torch
from torch import distributions, nn


class Spectra(nn.Module):
    def forward(self, x):
        f = torch.fft.rfft(x, n=16)
        return torch.fft.irfft(f * f.conj(), n=16), torch.fft.fft2(x[None]).real, torch.fft.fftn(x, dim=(-1,)).abs(), f.imag


class Framed(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("window", torch.hann_window(16))

    def forward(self, x):
        a = torch.stft(x, 16, window=self.window, return_complex=True)
        b = x.stft(n_fft=16, hop_length=3, center=False, return_complex=True).abs()
        c = torch.stft(x[0], 8, 2, onesided=False, return_complex=True)
        return a, b, c, torch.view_as_real(a), torch.stft(x, 9, 5, return_complex=False)


class Joined(nn.Module):
    def forward(self, x):
        a = torch.stft(x, 16, return_complex=True)
        b = torch.stft(x[0], 9, 2, center=False, return_complex=True)
        c = torch.stft(x, 15, 4, onesided=False, return_complex=True)
        return (
            torch.istft(a, 16),
            a.istft(16, length=50),
            torch.istft(a, n_fft=16, length=60) + x.mean(),
            torch.istft(b, 9, 2, center=True),
            torch.istft(c, 15, hop_length=4, onesided=False, length=x.shape[-1]),
            torch.istft(c, 15, 4, onesided=False, return_complex=True).abs(),
        )


class Complex(nn.Module):
    def __init__(self, H=3, N=8):
        super().__init__()
        self.C = nn.Parameter(torch.view_as_real(torch.randn(H, N // 2, dtype=torch.cfloat)))
        self.a = nn.Parameter(torch.ones(H, N // 2))
        self.b = nn.Parameter(torch.ones(H, N // 2))

    def forward(self, x):
        C = torch.view_as_complex(self.C)
        A = -torch.exp(self.a) + 1j * self.b
        K = A.unsqueeze(-1) * torch.arange(x.shape[1])
        return 2 * torch.einsum("hn, hnl -> hl", C, torch.exp(K)).real


class Turned(nn.Module):
    def forward(self, x):
        return (-x + 1j * x), (2j * 3) * x, torch.sparse.torch.eye(x.size(1))


class Prior(nn.Module):
    def __init__(self):
        super().__init__()
        self.prior = distributions.MultivariateNormal(torch.zeros(8), torch.eye(8))
        self.many = distributions.MultivariateNormal(torch.zeros(5, 8), scale_tril=torch.eye(8))

    def forward(self, x):
        draw = self.prior.sample((4, 3))
        return self.prior.log_prob(x), draw, self.many.rsample(), self.many.log_prob(x[:1]), self.many.entropy(), self.many.mean


class Orthogonal(nn.Module):
    def __init__(self):
        super().__init__()
        q, r = np.linalg.qr(np.random.randn(8, 6))
        u, s, v = np.linalg.svd(np.random.randn(6, 4), full_matrices=False)
        self.w = nn.Parameter(torch.from_numpy(q.astype(np.float32)))
        self.u = nn.Parameter(torch.from_numpy((u * s).astype("float32")))
        self.v = nn.Parameter(torch.from_numpy(v.astype("float32")))

    def forward(self, x):
        return x @ self.w @ self.u @ self.v
