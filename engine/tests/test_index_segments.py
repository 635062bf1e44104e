"""Packing and merging keep every posting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.index import (
    DocumentTerms,
    alive_mask,
    build_segment,
    count_entries,
    delta_block,
    merge,
    pack,
    unpack,
    unpack_mask,
)

terms = st.dictionaries(st.integers(-5, 5), st.integers(1, 255), max_size=6)
documents = st.lists(st.tuples(terms, st.integers(0, 500)), max_size=10).map(
    lambda rows: [DocumentTerms(3 * n + 1, t, length) for n, (t, length) in enumerate(rows)]
)


def contents(segment, alive=None) -> dict[int, tuple[dict[int, int], int]]:
    """Key -> (terms, length), read back from the bytes."""
    held = {
        key: ({}, length)
        for position, (key, length) in enumerate(
            zip(segment.keys.tolist(), segment.lengths.tolist(), strict=True)
        )
        if alive is None or alive[position]
    }
    for term, data in segment.postings.items():
        for position, count in zip(*map(np.ndarray.tolist, unpack(data, segment.size)), strict=True):
            key = int(segment.keys[position])
            if key in held:
                held[key][0][term] = count
    return held


@given(documents, st.randoms(use_true_random=False))
def test_a_segment_holds_its_documents_whatever_their_order(rows, random) -> None:
    shuffled = random.sample(rows, len(rows))
    segment = build_segment(shuffled)
    assert contents(segment) == {d.key: (d.terms, d.length) for d in rows}
    assert segment.total_length == sum(d.length for d in rows)


@given(documents, st.data())
def test_merging_segments_leaves_out_the_dead_only(rows, data) -> None:
    parts: list[list[DocumentTerms]] = [[], [], []]
    for row in rows:
        parts[data.draw(st.integers(0, 2))].append(row)
    dead = np.array(sorted(data.draw(st.sets(st.sampled_from([0, 1, 4, 7, 10, 13])))), np.int64)
    segments = [build_segment(part) for part in parts]
    merged = merge([(s, alive_mask(s.keys, dead)) for s in segments])
    living = [d for d in rows if d.key not in dead.tolist()]
    assert contents(merged) == {d.key: (d.terms, d.length) for d in living}
    assert contents(merged) == contents(build_segment(living))


@pytest.mark.parametrize("size", [65_536, 65_537, 131_072, 131_073, 1_000_000])
@pytest.mark.parametrize("step", [1, 1_000, 20_000, 65_536])
def test_every_position_of_a_segment_survives_packing(size: int, step: int) -> None:
    positions = np.unique(np.append(np.arange(0, size, step), size - 1))
    counts = positions % 255 + 1
    data = pack(positions, counts, size)
    told = unpack(data, size)
    assert np.array_equal(told.positions, positions)
    assert np.array_equal(told.counts, counts)
    assert count_entries(data, size) == len(positions)


@pytest.mark.parametrize("size", [65_537, 1_000_000])
def test_long_and_short_lists_of_a_large_segment_are_told_apart(size: int) -> None:
    blocks = -(-size // 65_536)
    for entries in range(1, 4 * blocks):
        last = np.arange(size - entries, size)  # all in the last blocks, none in the first
        data = pack(last, np.ones(entries, np.uint8), size)
        assert unpack(data, size).positions.tolist() == last.tolist()
        assert len(data) == min(5 * entries, 3 * entries + 4 * blocks)


@pytest.mark.parametrize("size", [65_536, 65_537, 65_545, 65_553, 131_073, 1_000_000])
@pytest.mark.parametrize("share", [0.001, 1 / 25, 1 / 24, 1 / 23, 0.5, 1.0])
def test_what_many_have_once_is_told_in_a_bit_each(size: int, share: float) -> None:
    once = np.unique(np.linspace(0, size - 1, round(size * share)).astype(int))
    counts = np.ones(len(once), np.uint8)
    data = pack(once, counts, size)
    told, who = unpack(data, size), np.zeros(size, bool)
    who[once] = True
    assert np.array_equal(told.positions, once)
    assert np.array_equal(told.counts, counts)
    assert count_entries(data, size) == len(once)
    assert np.array_equal(unpack_mask(data, size), np.packbits(who))
    counts[-1] = 2  # what one has twice is told as a list
    twice = pack(once, counts, size)
    assert np.array_equal(unpack(twice, size).counts, counts)
    assert np.array_equal(unpack_mask(twice, size), np.packbits(who))
    bits = -(-size // 8)
    shorter = size > 65_536 and bits + 1 < len(twice)
    assert len(data) in ((bits, bits + 1) if shorter else (len(twice),))


def test_bytes_of_another_size_are_refused() -> None:
    for size in (10, 100_000):
        with pytest.raises(ValueError, match="no posting list"):
            unpack(b"1234", size)
    long = pack(np.arange(1_000), np.ones(1_000), 100_000)
    bits = pack(np.arange(50_000), np.ones(50_000), 100_000)
    cases = (
        (long[:-1], 100_000),
        (long[:-3], 100_000),
        (long, 200_000),
        (bits[:-1], 100_000),
        (bits, 100_009),
    )
    for cut, size in cases:
        for read in (unpack, unpack_mask):
            with pytest.raises(ValueError, match="no posting list"):
                read(cut, size)


def test_the_bytes_are_those_that_are_stored() -> None:
    """What stands in databases: to change it takes a migration."""
    few, ones = np.array([1, 65_535]), np.ones(2)
    assert pack(few, ones, 65_536).hex() == "0100ffff" + "0101"
    assert pack(few, ones, 65_537).hex() == "01000000ffff0000" + "0101"
    five = np.array([0, 1, 65_535, 65_536, 131_071])
    counts = np.array([1, 2, 3, 4, 255])
    assert pack(five, counts, 131_072).hex() == "0300000002000000" + "00000100ffff0000ffff" + "01020304ff"
    seven = np.array([0, 1, 65_535, 65_536, 131_071, 131_072, 131_073])
    told = "030000000200000002000000" + "00000100ffff0000ffff00000100" + "01010101010101"
    assert pack(seven, np.ones(7), 131_074).hex() == told
    # In bits, the first document in the highest; 8,193 bytes could be a list in two blocks, 8,194 cannot.
    even = pack(np.arange(0, 65_537, 2), np.ones(32_769), 65_537)
    assert even.hex() == "aa" * 8_192 + "80"
    longer = pack(np.arange(0, 65_545, 2), np.ones(32_773), 65_545)
    assert longer.hex() == "aa" * 8_193 + "80"


def test_a_key_twice_is_refused() -> None:
    row = DocumentTerms(1, {5: 1}, 1)
    with pytest.raises(ValueError, match="twice"):
        build_segment([row, row])
    with pytest.raises(ValueError, match="two segments"):
        merge([(build_segment([row]), None), (build_segment([row]), None)])


def test_rows_in_any_order_make_a_block() -> None:
    block = delta_block([(9, 20, 2, 7), (-3, 10, 1, 5), (9, 10, 4, 5)], np.array([20]))
    assert block is not None
    assert block.keys.tolist() == [10, 20]
    assert block.lengths.tolist() == [5, 7]
    assert block.alive is not None
    assert block.alive.tolist() == [True, False]
    assert block.postings[9].positions.tolist() == [0, 1]
    assert block.postings[9].counts.tolist() == [4, 2]
    assert block.postings[-3].positions.tolist() == [0]
    assert delta_block([], np.array([20])) is None
