"""Tantivy on the same documents: the same terms, as often, in an index of its own in memory."""

from collections.abc import Iterable, Sequence
from typing import Any

from musubi_engine.index import DocumentTerms

_HEAP = 512 * 1024 * 1024


class TantivyPeer:
    """An index of documents' terms; exact top k of an OR of terms, Tantivy's own BM25 over its own lengths."""

    def __init__(self, documents: Iterable[DocumentTerms]) -> None:
        """Build it. Raises ImportError where Tantivy is not installed."""
        import tantivy

        self._tantivy: Any = tantivy
        self._names: dict[int, str] = {}
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        schema.add_integer_field("key", stored=True)
        self._schema: Any = schema.build()
        self._index: Any = tantivy.Index(self._schema)
        writer = self._index.writer(_HEAP, 1)  # one thread: one segment, as ours
        for document in documents:
            words = " ".join(" ".join([self._name(term)] * count) for term, count in document.terms.items())
            writer.add_document(tantivy.Document(body=[words], key=document.key))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher: Any = self._index.searcher()

    @property
    def segments(self) -> int:
        """How many segments the index has."""
        return int(self._searcher.num_segments)

    def best_for(self, terms: Sequence[int], limit: int) -> list[tuple[float, Any]]:
        """Scores and addresses of the best documents, without counting the others, which is Tantivy's fastest."""
        should = self._tantivy.Occur.Should
        parts = [
            (should, self._tantivy.Query.term_query(self._schema, "body", self._names[term], "freq"))
            for term in terms
            if term in self._names
        ]
        query = self._tantivy.Query.boolean_query(parts)
        return list(self._searcher.search(query, limit, count=False).hits)

    def keys(self, hits: Iterable[tuple[float, Any]]) -> list[int]:
        """The documents behind the addresses."""
        return [int(self._searcher.doc(address)["key"][0]) for _, address in hits]

    def _name(self, term: int) -> str:
        return self._names.setdefault(term, f"{len(self._names):x}")
