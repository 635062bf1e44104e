"""Vectors of listings: written at saving, made anew by the worker, used only by the basis that is current."""

import datetime as dt
from pathlib import Path

import numpy as np
import onnx
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from onnx import TensorProto, helper, numpy_helper

from musubi.base.index import queries, services
from musubi.base.index.models import DocumentVector, VectorBasis
from musubi.base.index.services import IndexRow, vectors
from tests.factories import Town, make_listing

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC)
FARM = ["畑で野菜を育てる", "野菜の収穫と畑の手入れ", "畑の草取りと収穫の手伝い"]
CHOIR = ["合唱の練習と歌", "歌と楽譜の練習", "合唱の楽譜を配る"]


def save(object_id: int, title: str, *, body: str = "") -> None:
    services.index_object(
        kind="listing", row=IndexRow(object_id=object_id, partition=1, fields={"title": title, "body": body})
    )


def save_town(number: int = vectors.LEAST_TEXTS) -> None:
    texts = [*FARM, *CHOIR]
    rows = [
        IndexRow(object_id=pk, partition=1, fields={"title": texts[pk % 6], "body": f"{pk}番"})
        for pk in range(1, number + 1)
    ]
    services.bulk_index(kind="listing", rows=rows)


def stored() -> list[tuple[int, int, bytes]]:
    rows = DocumentVector.objects.order_by("object_id", "basis").values_list("object_id", "basis", "data")
    return [(pk, basis, bytes(data)) for pk, basis, data in rows]


def current() -> VectorBasis:
    return VectorBasis.objects.get(is_current=True)


def test_too_few_texts_are_not_learnt_from() -> None:
    save_town(vectors.LEAST_TEXTS - 1)
    assert services.learn_vectors(now=NOW) == 0
    assert not VectorBasis.objects.exists()
    save(999, "畑")
    assert services.learn_vectors(now=NOW) == vectors.LEAST_TEXTS
    assert current().texts == vectors.LEAST_TEXTS


def test_learnt_vectors_bring_the_same_subject_near() -> None:
    save_town()
    services.index_object(kind="actor", row=IndexRow(object_id=3, partition=1, fields={"title": "合唱団"}))
    services.learn_vectors(now=NOW)
    assert DocumentVector.objects.count() == vectors.LEAST_TEXTS  # an actor has none
    near = queries.near_in_meaning(6, [7, 9, 4000])  # 6 and 7 are of the farm, 9 of the choir
    assert near.keys() == {7, 9}
    assert near[7] > 0.5 > near[9]
    assert queries.near_in_meaning(7, [6]) == {6: near[7]}
    assert queries.near_in_meaning(4000, [6, 7]) == {}


def test_saving_writes_the_vector_that_making_anew_would() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    save(1001, "合唱の練習をしませんか", body="楽譜があります")
    save(1002, "畑の収穫")
    before = stored()
    assert {1001, 1002} <= {pk for pk, _, _ in before}
    DocumentVector.objects.filter(object_id=1001).delete()
    assert services.learn_vectors(now=NOW) == 1
    assert stored() == before
    save(1001, "畑の草取り")
    changed = {pk: data for pk, _, data in stored()}
    assert changed[1001] != {pk: data for pk, _, data in before}[1001]
    services.remove_object(kind="listing", object_id=1001)
    assert 1001 not in {pk for pk, _, _ in stored()}
    services.bulk_index(kind="listing", rows=[IndexRow(object_id=1002, partition=1, fields={"title": "歌"})])
    assert {pk: data for pk, _, data in stored()}[1002] != changed[1002]


def test_learning_twice_changes_nothing() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    before, basis = stored(), current().token
    assert services.learn_vectors(now=NOW + dt.timedelta(days=100)) == 0
    assert (stored(), current().token) == (before, basis)


def test_only_what_is_missing_is_made_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    save_town()
    services.learn_vectors(now=NOW)
    whole, made = stored(), []
    gone = {1, 2, 9, 10, 11, 12, 30, vectors.LEAST_TEXTS}
    DocumentVector.objects.filter(object_id__in=gone).delete()
    make = vectors._made_of_packed

    def counted(token: int, made_by: str, rows: list[tuple[int, int, bytes]]) -> dict[int, DocumentVector]:
        made.append({object_id for _, object_id, _ in rows})
        return make(token, made_by, rows)

    with monkeypatch.context() as patch:
        patch.setattr(vectors, "_PAGE", 10)
        patch.setattr(vectors, "_CHUNK", 3)
        patch.setattr(vectors, "_made_of_packed", counted)
        assert services.learn_vectors(now=NOW) == len(gone)
    assert made == [{1, 2, 9}, {10}, {11, 12}, {30}, {vectors.LEAST_TEXTS}]
    assert stored() == whole


def test_learns_anew_when_much_has_changed_or_after_a_month_anything() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    first = current().token
    for pk in range(1, vectors.CHANGED_LEAST):
        save(pk, "歌と畑", body=f"{pk}回目")
    assert services.learn_vectors(now=NOW + dt.timedelta(days=1)) == 0
    assert current().token == first
    save(vectors.CHANGED_LEAST, "歌")
    services.learn_vectors(now=NOW + dt.timedelta(days=1))
    second = current().token
    assert second != first
    assert {basis for _, basis, _ in stored()} == {second}
    services.remove_object(kind="listing", object_id=1)
    save(2001, "畑")
    services.learn_vectors(now=NOW + dt.timedelta(days=20))
    assert current().token == second
    services.learn_vectors(now=NOW + dt.timedelta(days=32))
    assert current().token != second


def test_a_listing_saved_while_vectors_are_made_has_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between learning and the end, nothing is half: readers have the old, and the next turn goes on."""
    save_town()
    services.learn_vectors(now=NOW)
    old = current()
    before = queries.near_in_meaning(6, [7, 9])
    VectorBasis.objects.update(made_by="learnt before")

    def killed(_basis: VectorBasis, _when_changed: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(vectors, "_make_current", killed)
        patch.setattr(vectors, "_CHUNK", 20)
        with pytest.raises(KeyboardInterrupt):
            services.learn_vectors(now=NOW)
    assert current() == old
    assert queries.near_in_meaning(6, [7, 9]) == before
    save(3001, "畑の収穫")
    prepared = VectorBasis.objects.get(is_current=False).token
    assert {basis for pk, basis, _ in stored() if pk == 3001} == {old.token, prepared}
    assert queries.near_in_meaning(6, [3001])[3001] > 0.5
    DocumentVector.objects.filter(object_id=5, basis=prepared).delete()
    assert services.learn_vectors(now=NOW) == 1
    assert current().token == prepared
    assert [(pk, basis) for pk, basis, _ in stored()] == [
        (pk, prepared) for pk in [*range(1, vectors.LEAST_TEXTS + 1), 3001]
    ]


def test_a_vector_of_another_basis_is_not_used() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    DocumentVector.objects.filter(object_id=7).update(basis=1)
    assert queries.near_in_meaning(6, [7, 8]).keys() == {8}
    assert queries.near_in_meaning(7, [6, 8]) == {}


def test_who_says_nothing_known_is_near_to_nobody_and_far_from_nobody() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    save(4001, "ぴょろぴょろ")
    assert 4001 in {pk for pk, _, _ in stored()}
    assert queries.near_in_meaning(6, [4001, 7]).keys() == {7}


def test_turned_off_nothing_is_kept(settings) -> None:
    save_town()
    services.learn_vectors(now=NOW)
    settings.VECTORS = False
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert queries.near_in_meaning(6, [7]) == {}
    assert len(context) == 0
    save(5001, "畑")
    assert 5001 not in {pk for pk, _, _ in stored()}
    services.learn_vectors(now=NOW)
    assert (VectorBasis.objects.count(), DocumentVector.objects.count()) == (0, 0)


def test_reading_is_one_query_for_any_number() -> None:
    save_town()
    services.learn_vectors(now=NOW)
    for ids in ([7], range(7, 50)):
        with CaptureQueriesContext(connection) as context:
            queries.near_in_meaning(6, ids)
        assert len(context) == 1


def test_rebuilding_learns_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LEAST_TEXTS", 1)
    listing = make_listing(town.actor, title="畑の手入れ")
    call_command("index", "rebuild", verbosity=0)
    first = current().token
    assert [(pk, basis) for pk, basis, _ in stored()] == [(listing.pk, first)]
    monkeypatch.setattr(vectors, "CHANGED_LEAST", 1)
    call_command("index", "rebuild", verbosity=0)
    assert current().token != first
    assert [(pk, basis) for pk, basis, _ in stored()] == [(listing.pk, current().token)]


def operators_model(folder: Path) -> Path:
    """Two letters, two directions: a text's vector is the mean of its letters' rows."""
    table = numpy_helper.from_array(
        np.array([[0, 0], [0, 0], [1, 0], [0, 1]], dtype=np.float32), name="table"
    )
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "words"])],
        [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "words", 2])],
        [table],
    )
    folder.mkdir()
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(made, str(folder / "model.onnx"))
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n畑\n歌\n", encoding="utf-8")
    return folder


def test_an_operators_model_takes_the_place_of_what_was_learnt(settings, tmp_path: Path) -> None:
    save_town()
    services.learn_vectors(now=NOW)
    learnt = current().token
    settings.EMBEDDING = operators_model(tmp_path / "model")
    save(6001, "畑")  # until the worker's turn the learnt ones are used and written
    assert {basis for pk, basis, _ in stored() if pk == 6001} == {learnt}
    assert services.learn_vectors(now=NOW) == vectors.LEAST_TEXTS + 1
    assert current().made_by.startswith("onnx ")
    save(6002, "歌")
    save(6003, "畑歌")
    near = queries.near_in_meaning(6001, [6002, 6003])
    assert near == pytest.approx({6002: 0.0, 6003: 2**-0.5}, abs=1e-3)
    settings.EMBEDDING = None
    save(6004, "畑")  # no model to make its vector with: saved all the same
    assert 6004 not in {pk for pk, _, _ in stored()}
    services.learn_vectors(now=NOW)
    assert current().made_by.startswith("learnt ")


def test_a_broken_model_stops_no_save(settings, tmp_path: Path) -> None:
    save_town()
    services.learn_vectors(now=NOW)
    settings.EMBEDDING = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError):
        services.learn_vectors(now=NOW)
    save(7001, "畑の収穫")
    assert queries.search(partitions=[1], text="収穫 畑").total > 0
    assert current().made_by.startswith("learnt ")
