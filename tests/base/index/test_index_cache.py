"""What a process keeps of the index stays within its bytes, and what is used stays longest."""

from musubi.base.index.adapter.cache import BoundedCache

MOST = 30_000


def test_the_least_recently_used_go_first() -> None:
    cache = BoundedCache[str](MOST)
    for key in "abc":
        cache.put(key, key.upper(), 9_000)
    assert [cache.get(key) for key in "abc"] == ["A", "B", "C"]
    cache.get("a")
    cache.put("d", "D", 9_000)
    assert [cache.get(key) for key in "abcd"] == ["A", None, "C", "D"]


def test_what_would_drive_out_too_much_is_not_kept() -> None:
    """At a million listings a word that all of them have takes 5 MB of 16: it is kept, and asked for most."""
    cache = BoundedCache[str](16 * 1024 * 1024)
    cache.put("in every listing", "kept", 5_000_000)
    cache.put("larger than a third", "not kept", 5_600_000)
    assert (cache.get("in every listing"), cache.get("larger than a third")) == ("kept", None)


def test_a_value_that_is_put_again_counts_once() -> None:
    cache = BoundedCache[str](MOST)
    for _ in range(9):
        cache.put("a", "A", 9_000)
    cache.put("b", "B", 9_000)
    cache.put("c", "C", 9_000)
    assert [cache.get(key) for key in "abc"] == ["A", "B", "C"]
