#!/usr/bin/python3
"""Random calls of further operations on tensors, with PyTorch's own answers, in the form that operations.py says.

usage: moreOperations.py COUNT SEED > moreOperations.jsonl          (beside operations.py, with Debian's python3-torch 1.13)
"""
import operations
from operations import T, axis, both, method, n, options, pick, sizes, stretched, torched

LEGACY = "Tensor FloatTensor DoubleTensor HalfTensor LongTensor IntTensor ShortTensor CharTensor BoolTensor ByteTensor".split()
SPECIAL = "digamma entr erf erfc erfinv exp2 expit expm1 gammaln i0 i0e i1 log1p ndtr logit psi sinc".split()


def nested(shape):
    return [nested(shape[1:]) for _ in range(shape[0])] if shape else n()


def legacy():
    name = pick(*LEGACY)
    return torched(name, *sizes()) if pick(True, False) else torched(name, nested(sizes(1, 3)))


def fft_one():
    shape = sizes(1)
    return torched("fft." + pick("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"), T(shape), **options(n=n(1, 7), dim=axis(len(shape))))


def fft_several():
    shape = sizes(2, 4)
    name = pick("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn")
    if name.endswith("2"):
        dims = operations.R.sample(range(-len(shape), 0), 2)
        return torched("fft." + name, T(shape), **options(s=[n(), n()], dim=dims))
    count = n(1, len(shape))
    return torched("fft." + name, T(shape), **pick({}, {"dim": operations.R.sample(range(len(shape)), count)}, {"s": [n() for _ in range(count)]}))


def fft_rest():
    shape = sizes(1)
    return pick(torched("fft.fftshift", T(shape), **options(dim=axis(len(shape)))), torched("fft.ifftshift", T(shape)), torched("fft.fftfreq", n(1, 9)),
                torched("fft.rfftfreq", n(1, 9)))


def complexes():
    shape = sizes(1)
    return pick(torched("complex", T(stretched(shape)), T(stretched(shape))), torched("polar", T(stretched(shape)), T(stretched(shape))),
                torched("view_as_complex", T(shape + [2])), torched("real", T(shape)), both("resolve_conj", T(shape)))


def decompositions():
    lead, a, b = sizes(0, 2), n(), n()
    m, square = T(lead + [a, b]), T(lead + [a, a])
    return pick(both("svd", m, **options(some=pick(True, False))), torched("linalg.svd", m, **options(full_matrices=pick(True, False))),
                torched("linalg.svdvals", m), torched("linalg.qr", m, **options(mode=pick("reduced", "complete"))), torched("linalg.pinv", m), both("pinverse", m))


def made():
    shape = sizes(0, 4)
    rows = sizes(1, 3)
    return pick(torched("tril_indices", n(), n(), **options(offset=pick(-2, -1, 0, 1, 2))), torched("triu_indices", n(), n(), **options(offset=pick(-2, -1, 0, 1, 2))),
                torched("atleast_1d", T(shape)), torched("atleast_2d", T(shape)), torched("atleast_3d", T(shape)),
                torched("block_diag", *[T(sizes(0, 2)) for _ in range(n(1, 3))]), both("diagflat", T(shape), pick(-1, 0, 2)),
                torched("searchsorted", T([n()]), T(shape)), torched("searchsorted", T(rows + [n()]), T(rows + [n()])), torched("range", n(), n(5, 9)),
                method("as_strided", T([200]), [n(), n()], [n(), 1]))


def elements():
    return pick(torched("special." + pick(*SPECIAL), T(sizes(0))), both("hardshrink", T(sizes(0))), method("cfloat", T(sizes(0))), torched("poisson", T(sizes(0))))


def sparse():
    a, b, c = n(), n(), n()
    return torched(pick("spmm", "mm"), T([a, b]), T([b, c]))


line = operations.line


def without_memory():
    """How much memory is behind a tensor does not follow from its shape."""
    made = line()
    return None if made and "setStorage" in made.get("error", "") else made


operations.line = without_memory
operations.MAKERS = [legacy, legacy, fft_one, fft_one, fft_several, fft_several, fft_rest, complexes, decompositions, made, made, elements, sparse]

if __name__ == "__main__":
    operations.main()
