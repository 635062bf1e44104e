"""Further sources of nearness: words, learnt vectors, an operator's own model."""

import threading
from dataclasses import replace

import numpy as np
import onnx
import pytest
from matching_values import need, offer
from onnx import TensorProto, helper, numpy_helper

from musubi_engine.embedding import OnnxEmbedding
from musubi_engine.jsonl import InputError
from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.lexical import LexicalPool, fused
from musubi_engine.meaning import MeaningPool, knowledge_texts, learn_vectors, nearness
from musubi_engine.text import char_terms
from musubi_engine.text.sudachi import content_words, read_synonyms, words_installed
from musubi_engine.vectors import Vectors
from musubi_engine.weights import WEIGHTS, WEIGHTS_WITH_VECTORS, without_vectors

pytestmark = pytest.mark.skipif(not words_installed(), reason="the extra `words` is not installed")


def test_words_are_normalised_and_say_something():
    assert content_words("引越しを3回手伝いました") == content_words("引っ越しを手伝う")
    assert "子供" in content_words("こどもの会")
    assert content_words("の、は 30") == ()


def test_each_thread_reads_words_with_a_tokenizer_of_its_own():
    found = []
    threads = [threading.Thread(target=lambda: found.append(content_words("庭の草取り"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [content_words("庭の草取り")] * 4


def test_ambiguous_words_expand_nothing():
    groups = read_synonyms(["# 説明", "1\t1\t宛先|あて先|*届け先", "2\t1\t宛先|送付先"])
    assert groups == {"宛先": ("あて先",), "あて先": ("宛先",), "送付先": ("宛先",)}


def test_a_pool_finds_the_text_itself_in_full_and_a_synonym_where_the_word_is_missing():
    pool = LexicalPool({"a": "宛先 係", "b": "送付先 係", "c": "係"}, str.split)
    plain = pool.similarities("宛先")
    assert plain["b"] == 0.0
    assert plain["a"] > plain["c"] == 0.0
    assert pool.similarities("宛先", also={"宛先": ("送付先",)})["b"] > 0


def test_two_measures_count_half_each():
    assert fused({"a": 0.2, "b": 0.1}, {"a": 0.0, "b": 0.8}) == {"a": 0.5, "b": 0.75}


def test_words_of_the_same_texts_come_near_each_other():
    texts = ["畑 野菜 収穫", "畑 収穫 鍬", "野菜 鍬 畑", "合唱 練習 歌", "歌 楽譜 合唱", "楽譜 練習 歌"] * 3
    vectors = Vectors.learn(texts, dimensions=3, terms=str.split)
    farm, choir = vectors.of_texts(["鍬", "合唱"])
    near, far = vectors.of_texts(["野菜", "楽譜"])
    assert farm @ near > 0.5 > farm @ far
    assert choir @ far > 0.5 > choir @ near


def test_the_same_texts_give_the_same_vectors_and_too_few_give_none():
    texts = ["畑 野菜", "畑 収穫", "野菜 収穫", "畑 歌", "歌 野菜"]
    first, second = (Vectors.learn(texts, dimensions=2, terms=str.split) for _ in range(2))
    assert np.array_equal(first.of_texts(texts), second.of_texts(texts))
    nothing = Vectors.learn(["畑"], terms=char_terms)
    assert len(nothing) == 0
    assert nothing.of_texts(["畑"]).shape == (1, 0)


def test_what_was_learnt_can_be_kept():
    vectors = Vectors.learn(["畑 野菜", "畑 収穫", "野菜 収穫", "畑 歌"], dimensions=2, terms=str.split)
    kept = vectors.to_bytes()
    again = Vectors.from_bytes(kept, terms=str.split)
    assert again.of_texts(["畑 歌"]) == pytest.approx(vectors.of_texts(["畑 歌"]), abs=1e-5)
    assert vectors.to_bytes() == kept
    nothing = Vectors.learn([], terms=str.split)
    assert len(Vectors.from_bytes(nothing.to_bytes())) == 0
    with pytest.raises(ValueError, match="no vectors"):
        Vectors.from_bytes(b"")


def test_knowledge_brings_an_activity_near_to_what_it_takes():
    assert sum(1 for _ in knowledge_texts(SHIPPED)) == len(SHIPPED.recipes) + len(SHIPPED.concepts)
    pool = MeaningPool(
        [
            offer(ref="near", title="お米と野菜をお分けします", body="", lines=()),
            offer(ref="far", title="ピアノの調律", body="", lines=()),
        ],
        learn_vectors([need(), offer()]),
    )
    found = pool.similarities(need(title="食堂を開きたい", body="", lines=()))
    assert found["near"] > found["far"]


def model(folder, *, by_token):
    """Two letters, two directions: the vector of a text is the mean of its letters' rows."""
    table = numpy_helper.from_array(
        np.array([[0, 0], [0, 0], [1, 0], [0, 1]], dtype=np.float32), name="table"
    )
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])]
    shape, output = ["texts", "words", 2], "tokens"
    if not by_token:
        nodes.append(helper.make_node("ReduceSum", ["tokens", "axes"], ["sentence"], keepdims=0))
        shape, output = ["texts", 2], "sentence"
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "words"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [table, numpy_helper.from_array(np.array([1], dtype=np.int64), name="axes")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    folder.mkdir()
    onnx.save(made, str(folder / "model.onnx"))
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n畑\n歌\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("by_token", [True, False])
def test_an_operators_model_compares_texts(tmp_path, by_token):
    embedding = OnnxEmbedding(model(tmp_path / "model", by_token=by_token))
    assert embedding.of_texts(["畑畑", "歌", "畑歌"]) == pytest.approx(
        np.array([[1, 0], [0, 1], [2**-0.5, 2**-0.5]])
    )
    pool = MeaningPool([offer(ref="a", title="畑", body=""), offer(ref="b", title="歌", body="")], embedding)
    assert set(pool.similarities(need(title="畑", body=""))) == {"a", "b"}


def test_a_model_that_cannot_be_used_is_told_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match="見つかりません"):
        OnnxEmbedding(tmp_path)
    folder = model(tmp_path / "model", by_token=True)
    (folder / "vocab.txt").write_text("畑\n", encoding="utf-8")
    with pytest.raises(InputError, match="UNK"):
        OnnxEmbedding(folder)
    (folder / "vocab.txt").write_text("[UNK]\n", encoding="utf-8")
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(InputError, match="ONNX"):
        OnnxEmbedding(folder)


def test_without_vectors_the_engine_has_its_own_weights_again():
    assert without_vectors(WEIGHTS_WITH_VECTORS) == WEIGHTS
    assert without_vectors(WEIGHTS) is WEIGHTS
    half = replace(WEIGHTS_WITH_VECTORS, meaning=WEIGHTS_WITH_VECTORS.meaning / 2)
    assert without_vectors(half).wording == pytest.approx(
        (WEIGHTS.wording + WEIGHTS_WITH_VECTORS.wording) / 2
    )


def test_nearness_of_a_pair_is_the_same_beside_any_others():
    rows = np.random.default_rng(3).standard_normal((50, 100))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    every = nearness(rows[0], rows)
    assert every[0] == 1.0
    assert min(every) == 0.0
    assert [nearness(rows[0], rows[[at]])[0] for at in range(50)] == every
    assert [nearness(rows[at], rows[[0]])[0] for at in range(50)] == every
