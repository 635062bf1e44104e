"""Names of concepts and activities in the reader's language."""

from django.utils import translation

from musubi.base.knowledge.words import topic


def test_shipped_names_are_said_in_the_readers_language_and_a_towns_own_stand_as_written() -> None:
    with translation.override("en"):
        assert (topic("高齢者"), topic("子ども食堂")) == ("Older people", "Children’s café")
        assert topic("浜町の灯ろう流し") == "浜町の灯ろう流し"
    with translation.override("ja-easy"):
        assert topic("高齢者") == "お年寄り"
    assert topic("高齢者") == "高齢者"
