"""Word vectors learnt from given texts: seconds on one core, nothing to download.

Words that stand in the same listings come near each other (positive pointwise mutual information,
reduced by a truncated SVD). Source: Levy, Goldberg and Dagan 2015, with context counts raised to 0.75.
The same texts, in the same order and with the same seed, give the same vectors.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from musubi_engine.text import char_terms

_SMOOTHING: Final = 0.75
_LEAST_TEXTS: Final = 2
_MORE: Final = 10
_POWERS: Final = 2
_NOTHING: Final = 1e-12

Terms = Callable[[str], Sequence[str]]
Floats = NDArray[np.float64]


class Vectors:
    """A vector for each term that was learnt, and the mean of a text's as the text's own."""

    def __init__(
        self, terms: Terms, vectors: Mapping[str, Floats], weights: Mapping[str, float], mean: Floats
    ) -> None:
        """Use `learn`; `mean` is taken from every text, so that what all share says nothing."""
        self._terms, self._vectors, self._weights, self._mean = terms, vectors, weights, mean

    def __len__(self) -> int:
        return len(self._vectors)

    @classmethod
    def learn(
        cls, texts: Sequence[str], *, dimensions: int = 100, terms: Terms = char_terms, seed: int = 0
    ) -> "Vectors":
        """Learn from texts; terms of fewer than two texts are left out.

        Too few texts give fewer dimensions, or vectors of nothing, with which everything is as
        similar as nothing (0). `seed` starts the search for the leading directions.
        """
        counts = [Counter(terms(text)) for text in texts]
        found = Counter(term for count in counts for term in count)
        known = sorted(term for term, number in found.items() if number >= _LEAST_TEXTS)
        place = {term: index for index, term in enumerate(known)}
        rows = [
            (row, place[term]) for row, count in enumerate(counts) for term in sorted(count) if term in place
        ]
        size = min(dimensions, len(known) - 2, len(texts) - 2)
        if size < 1:
            return cls(terms, {}, {}, np.zeros(0))
        where = np.array(rows).T
        stands = csr_matrix((np.ones(len(rows)), (where[0], where[1])), shape=(len(texts), len(known)))
        matrix = _ppmi((stands.T @ stands).tocsr())
        left, sizes = _leading(matrix, size, seed)
        weighted = left * np.sqrt(sizes)
        vectors = {term: weighted[index] for term, index in place.items()}
        weights = {term: float(np.log(len(texts) / found[term]) + 1.0) for term in known}
        raw = cls(terms, vectors, weights, np.zeros(size))
        return cls(terms, vectors, weights, np.mean([raw.of(text) for text in texts], axis=0))

    def to_bytes(self) -> bytes:
        """To be kept: what was learnt, in single precision; the same vectors, the same bytes."""
        known = sorted(self._vectors)
        matrix = np.array([self._vectors[term] for term in known], np.float32)
        weights = np.array([self._weights[term] for term in known], np.float32)
        names = np.frombuffer("\n".join(known).encode(), np.uint8)
        kept = BytesIO()
        np.savez(kept, names=names, matrix=matrix, weights=weights, mean=self._mean.astype(np.float32))
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes, *, terms: Terms = char_terms) -> "Vectors":
        """What `to_bytes` kept; `terms` as when it was learnt. Raises ValueError for other bytes."""
        try:
            arrays = np.load(BytesIO(kept), allow_pickle=False)
            known = arrays["names"].tobytes().decode().split("\n") if len(arrays["names"]) else []
            matrix = arrays["matrix"].astype(np.float64)
            vectors = dict(zip(known, matrix, strict=True)) if known else {}
            weights = dict(zip(known, arrays["weights"].tolist(), strict=True))
        except (KeyError, OSError, EOFError, BadZipFile) as error:
            message = "These bytes hold no vectors."
            raise ValueError(message) from error
        return cls(terms, vectors, weights, arrays["mean"].astype(np.float64))

    def of(self, text: str) -> Floats:
        """The vector of a text, of length 1 before the mean is taken from it; zeros for unknown words."""
        total = np.zeros_like(self._mean)
        for term in dict.fromkeys(self._terms(text)):
            if term in self._vectors:
                total = total + self._weights[term] * self._vectors[term]
        return _unit(total) - self._mean if total.any() else total

    def of_texts(self, texts: Sequence[str], /) -> Floats:
        """One vector of length 1 for each text (of 0 where no word is known), shape (texts, size)."""
        rows = [_unit(self.of(text)) for text in texts]
        return np.vstack(rows) if rows else np.zeros((0, len(self._mean)))


def _ppmi(together: Any) -> Any:
    """Positive PMI of how often two terms stand in one text."""
    together = together - diags(together.diagonal())
    coo = together.tocoo()
    rows = np.asarray(together.sum(axis=1)).ravel()
    context = rows**_SMOOTHING
    total = rows.sum()
    expected = rows[coo.row] * context[coo.col] * (total / context.sum()) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(coo.data > 0, np.log(coo.data / expected), 0.0)
    return csr_matrix((np.maximum(values, 0.0), (coo.row, coo.col)), shape=coo.shape)


def _leading(matrix: Any, size: int, seed: int) -> tuple[Floats, Floats]:
    """The leading left singular vectors and values, by the randomised range finder.

    Source: Halko, Martinsson and Tropp 2011; a few more directions than asked for and two power
    iterations, in a tenth of the time of an exact search and as good for this purpose.
    """
    width = min(size + _MORE, matrix.shape[0])
    basis = np.random.default_rng(seed).standard_normal((matrix.shape[1], width))
    for _ in range(_POWERS):
        basis = _orthonormal(matrix.T @ _orthonormal(matrix @ basis))
    basis = _orthonormal(matrix @ basis)
    small = (matrix.T @ basis).T
    squares, left = np.linalg.eigh(small @ small.T)
    first = np.argsort(-squares, kind="stable")[:size]
    found: Floats = basis @ left[:, first]
    return found, np.sqrt(np.maximum(squares[first], 0.0))


def _orthonormal(columns: Floats) -> Floats:
    """An orthonormal basis of the columns' span, by their Gram matrix: two products instead of a QR."""
    squares, turned = np.linalg.eigh(columns.T @ columns)
    kept = squares > squares[-1] * _NOTHING
    basis: Floats = (columns @ turned[:, kept]) / np.sqrt(squares[kept])
    return basis


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
