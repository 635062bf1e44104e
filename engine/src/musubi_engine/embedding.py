"""An operator's own sentence-embedding model, loaded from a local folder; nothing is fetched.

The folder holds `model.onnx` and `vocab.txt` (one token a line, WordPiece as BERT writes it: a
piece inside a word begins with `##`). The model takes `input_ids` and `attention_mask`, whole
numbers of shape (texts, tokens), and `token_type_ids` where it knows them; it gives vectors of
shape (texts, tokens, size), whose mean is taken, or (texts, size).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from musubi_engine.jsonl import InputError
from musubi_engine.text import normalise

_MOST_TOKENS: Final = 256
_BATCH: Final = 16
_LONGEST_PIECE: Final = 20
_BY_TOKEN: Final = 3

Floats = NDArray[np.float64]


class OnnxEmbedding:
    """A model with its vocabulary, for `meaning.MeaningPool`."""

    def __init__(self, folder: Path) -> None:
        """Load it. Raises InputError with a sentence for the operator when it cannot be used."""
        try:
            import onnxruntime  # an extra
        except ImportError as error:
            message = (
                "文の埋め込みには追加の部品が要ります。pip install 'musubi-engine[onnx]' を実行してください。"
            )
            raise InputError(message) from error
        model, vocabulary = folder / "model.onnx", folder / "vocab.txt"
        for path in (model, vocabulary):
            if not path.is_file():
                message = f"ファイル {path} が見つかりません。"
                raise InputError(message)
        tokens = vocabulary.read_text(encoding="utf-8").splitlines()
        self._ids = {token: number for number, token in enumerate(tokens)}
        if "[UNK]" not in self._ids:
            message = f"{vocabulary.name} に [UNK] がありません。"
            raise InputError(message)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises a class of its own for each cause
            message = f"{model.name} をONNXの模型として読めません。"
            raise InputError(message) from error
        self._inputs = {each.name for each in self._session.get_inputs()}

    def of_texts(self, texts: Sequence[str], /) -> Floats:
        """One vector of length 1 for each text, shape (texts, size); float64."""
        parts = [self._run(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, 0))

    def _run(self, texts: Sequence[str]) -> Floats:
        rows = [self._tokens(text) for text in texts]
        width = max(len(row) for row in rows)
        ids = np.full((len(rows), width), self._ids.get("[PAD]", 0), np.int64)
        mask = np.zeros((len(rows), width), np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)], mask[number, : len(row)] = row, 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        outputs = self._session.run(
            None, {name: value for name, value in given.items() if name in self._inputs}
        )
        vectors = np.asarray(outputs[0], np.float64)
        if vectors.ndim == _BY_TOKEN:
            weights = mask[:, :, None]
            vectors = (vectors * weights).sum(axis=1) / weights.sum(axis=1)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        found: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return found

    def _tokens(self, text: str) -> list[int]:
        pieces = [piece for word in normalise(text).split() for piece in self._pieces(word)]
        marks = [self._ids[mark] for mark in ("[CLS]", "[SEP]") if mark in self._ids]
        ids = [self._ids.get(piece, self._ids["[UNK]"]) for piece in pieces[: _MOST_TOKENS - len(marks)]]
        row = [*marks[:1], *ids, *marks[1:]]
        return row or [self._ids["[UNK]"]]

    def _pieces(self, word: str) -> list[str]:
        """The longest pieces that the vocabulary knows, from the left; an unknown letter stands alone."""
        pieces: list[str] = []
        start = 0
        while start < len(word):
            for end in range(min(len(word), start + _LONGEST_PIECE), start, -1):
                piece = word[start:end]
                joined = f"##{piece}"
                known = joined if start and joined in self._ids else piece
                if known in self._ids or end == start + 1:
                    pieces.append(known)
                    start = end
                    break
        return pieces
