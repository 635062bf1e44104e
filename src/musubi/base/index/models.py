"""Inverted index: immutable segments of packed postings, plain rows for what was saved since.

Only `Document` changes place; everything else is added and, by a merge, replaced. No foreign keys
to what is indexed: the index can be thrown away and rebuilt.
"""

from django.db import models

from musubi.base.index.enums import EVERY, DocumentKind


class Document(models.Model):
    """The indexed state of one object. Saving the object again makes a new row with the next key."""

    key = models.BigIntegerField(primary_key=True, help_text="tells the order: see services.keys")
    partition = models.BigIntegerField(help_text="id of the municipality")
    kind = models.CharField(max_length=16, choices=DocumentKind)
    object_id = models.BigIntegerField()
    digest = models.BinaryField(help_text="of the terms: what did not change is not written again")

    class Meta:
        ordering = ("key",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="index_document_one_per_object"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}:{self.object_id}"

    def tombstone(self) -> "Tombstone":
        """The unsaved mark that this state of the object is no more."""
        return Tombstone(key=self.key, partition=self.partition, kind=self.kind, object_id=self.object_id)


class Segment(models.Model):
    """Documents whose postings are packed. Never changed, only replaced by a merge.

    But for who is no more: a merge that leaves a segment as it is keeps that beside it.
    """

    token = models.BigIntegerField(
        unique=True, help_text="names the content in caches; row ids are used again after a rollback"
    )
    partition = models.BigIntegerField()
    size = models.IntegerField(help_text="documents, the dead included")
    total_length = models.BigIntegerField()
    keys = models.BinaryField(help_text="little-endian int64, ascending")
    lengths = models.BinaryField(help_text="little-endian int32, in the order of the keys")
    dead = models.BinaryField(
        default=b"", help_text="one bit a document, the first in the highest; empty: nobody"
    )
    dead_token = models.BigIntegerField(default=0, help_text="names that in caches; 0: nobody is dead")

    class Meta:
        ordering = ("pk",)
        indexes = [
            # All that a search reads first: behind the blobs of a row SQLite finds a column by reading them.
            models.Index(fields=["partition", "token", "size", "dead_token"], name="index_segment_state"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.size})"


class Posting(models.Model):
    """Where one term occurs in one segment: positions and counts as the engine's `packing` tells them.

    Rows are found by (term, segment); a table clustered by segment was measured ten times slower.
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="postings")
    term = models.BigIntegerField()
    size = models.IntegerField(help_text="documents, the dead included")
    data = models.BinaryField()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["term", "segment", "size"], name="index_posting_term"),
        ]

    def __str__(self) -> str:
        return f"{self.term} in {self.segment_id}"


class DeltaPosting(models.Model):
    """One term of one document that no segment holds yet. Written in the transaction of the save."""

    partition = models.BigIntegerField()
    term = models.BigIntegerField()
    key = models.BigIntegerField()
    count = models.SmallIntegerField()
    length = models.IntegerField(help_text="of the document")

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["partition", "term"], name="index_delta_term"),
            models.Index(
                fields=["partition", "key", "length"],
                condition=models.Q(term=EVERY),
                name="index_delta_documents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} in {self.key}"


class Tombstone(models.Model):
    """A key that no search may return, until a merge leaves the document out or marks it in its segment."""

    key = models.BigIntegerField(primary_key=True)
    partition = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=16, choices=DocumentKind, default="")
    object_id = models.BigIntegerField(default=0, help_text="for a search that began before the burial")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.key)


class DocumentText(models.Model):
    """What a document's phrases are looked for in: its plain texts and its words, packed.

    Goes with the document at once, never at a later merge: what was taken back is nowhere.
    """

    key = models.BigIntegerField(primary_key=True)
    partition = models.BigIntegerField()
    data = models.BinaryField(help_text="see adapter.texts")

    class Meta:
        ordering = ("key",)
        indexes = [
            models.Index(fields=["partition", "-key"], name="index_text_newest"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Vocabulary(models.Model):
    """The words that stand in a partition's newest documents: only for asking 「もしかして」.

    Made anew as a whole by the worker, so a word that stands nowhere any more is soon forgotten.
    """

    partition = models.BigIntegerField(primary_key=True)
    token = models.BigIntegerField(unique=True, help_text="names the content in caches")
    words = models.TextField(blank=True, help_text="a line a word: surface, reading, number of documents")

    class Meta:
        ordering = ("partition",)

    def __str__(self) -> str:
        return str(self.partition)


class VectorBasis(models.Model):
    """By what texts are turned into vectors: learnt from the installation's own listings, or an operator's model.

    One for the installation: what words mean is a matter of the language, and a town alone has too few
    texts. At most one is current, and one is being prepared.
    """

    token = models.BigIntegerField(unique=True, help_text="names the content in caches and in the vectors")
    made_by = models.CharField(
        max_length=80, help_text="how, with the engine's versions or the model's digest"
    )
    data = models.BinaryField(help_text="what was learnt, as the engine keeps it; nothing for a model")
    texts = models.IntegerField(help_text="listings there were")
    newest_vector = models.BigIntegerField(
        default=0, help_text="when it became current: rows with a higher id are of listings saved since"
    )
    learnt_at = models.DateTimeField()
    is_current = models.BooleanField(help_text="readers use its vectors; before, they are being made")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["is_current"], name="index_vector_basis_one_of_each"),
        ]

    def __str__(self) -> str:
        return f"{self.made_by} ({self.texts})"


class DocumentVector(models.Model):
    """Where one listing's text lies by one basis. Goes with the document at once."""

    object_id = models.BigIntegerField(help_text="of the listing")
    basis = models.BigIntegerField(help_text="token of the basis it was made with")
    data = models.BinaryField(help_text="little-endian float16, of length 1; zeros where no word is known")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["object_id", "basis"], name="index_vector_one_per_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.object_id} by {self.basis}"


class BuiltWith(models.Model):
    """Under which rules of folding and cutting texts, of order and facets, the index was last built as a whole: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    rules = models.CharField(max_length=16)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="index_built_with_one_row"),
        ]

    def __str__(self) -> str:
        return self.rules
