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


@pytest.mark.parametrize(
    ("verb", "kept", "said"),
    [
        ("evaluation.close", '{"evaluation": 3, "state": "closed"}', "振り返りの番号：3、状態：まとめました"),
        (
            "project.return",
            '{"resource": "place", "state": "returned"}',
            "使ったもの：場所、状態：返しました",
        ),
        ("project.save_entered", '{"changed": ["ends_on", "partners"]}', "変えたところ：終わりの日・チーム"),
        ("meeting.fix", '{"starts_at": "2020-12-05 09:30:00+00:00"}', "日時：2020年12月5日(土) 18:30"),
        ("project.extend", '{"ends_on": "2020-12-05"}', "終わりの日：2020年12月5日(土)"),
        ("story.consent", '{"answer": "text=True pictures=False"}', "答え：文章に同意・写真に同意しない"),
        ("story.save", '{"changed": ["why", "lasting"]}', "変えたところ：なぜ始めたか・続けるしくみ"),
        ("actor.delete", '{"shell": true}', "名前のない形で残した：はい"),
        ("project.change_role", '{"partner": "花の会", "is": "supporter"}', "団体：花の会、いま：支える"),
        ("case.open", '{"coordinator": 2, "need": 268}', "コーディネーターの番号：2、ニーズの番号：268"),
        ("introduction.connect", "proposed", "返事待ち"),
    ],
)
def test_days_moments_and_numbers_have_words(verb, kept, said):
    assert readable(kept, verb) == said
