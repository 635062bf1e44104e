from dataclasses import fields

from musubi_engine.signal_words import SIGNAL_WORDS
from musubi_engine.weights import Weights


def test_every_weight_is_explained_and_cautions_say_that_they_take_away() -> None:
    assert {field.name for field in fields(Weights)} == set(SIGNAL_WORDS)
    for field in fields(Weights):
        label, sentence = SIGNAL_WORDS[field.name]
        assert label
        assert not label.endswith("。")
        assert sentence.endswith("。")
        assert (getattr(Weights(), field.name) < 0) == ("引きます" in sentence)
