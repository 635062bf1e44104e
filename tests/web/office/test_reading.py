"""The log in words."""

import pytest

from musubi.web.office.audit.reading import readable


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("", ""),
        ("pending", "市の確認待ち"),
        ("phone、email", "電話番号、メールアドレス"),
        ('{"role": "editor", "user": 4}', "役割：編集（投稿・プロフィール）、人の番号：4"),
        ('{"areas": ["港区", "川辺区"], "valid_until": null}', "地域：港区・川辺区、終わり：なし"),
        ('{"areas": []}', "地域：なし"),
        ('{"item_visibility": {"phone": "public"}}', "だれに見せるか：電話番号：公開（だれでも）"),
        ("届け出がなかった", "届け出がなかった"),
        ('{"unknown_key": "x"}', "unknown_key：x"),
        ("{broken", "{broken"),
    ],
)
def test_what_stood_there_is_said_in_words(kept, said):
    assert readable(kept) == said


@pytest.mark.parametrize(
    ("verb", "kept", "said"),
    [
        ("case.open", "open", "相手さがし"),
        (
            "project.reopen_task",
            '{"state": "open", "task": "いす運び"}',
            "状態：これから、やること：いす運び",
        ),
        ("evaluation.reopen", '{"state": "open"}', "状態：記入中"),
        ("story.ask", "consenting", "同意を待っています"),
        ("introduction.answer", '{"reason": "busy"}', "理由：いまは手いっぱい"),
        ("listing.take", '{"state": "reserved"}', "状態：調整中"),
    ],
)
def test_the_same_word_is_said_as_the_verb_means_it(verb, kept, said):
    assert readable(kept, verb) == said
