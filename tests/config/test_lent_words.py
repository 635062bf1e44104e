"""What Django and allauth say, in the words of our catalogues."""

import pytest
from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter as mfa_adapter
from django import forms
from django.utils.translation import gettext

from musubi.base.common.languages import written_in
from musubi.config.lent_words import LENT


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_lent_words_are_said_in_ours(language: str) -> None:
    theirs = {sentence: gettext(sentence) for sentence in LENT}
    with written_in(language):
        ours = {sentence: gettext(sentence) for sentence in LENT}
    assert [sentence for sentence in LENT if ours[sentence] in (theirs[sentence], sentence)] == []


@pytest.mark.parametrize(
    ("language", "missing", "too_many", "wrong"),
    [
        (
            "ja-easy",
            "ここを書いてください。",
            "9か、もっと小さい数にしてください。",
            "「30」のような数を書いてください。",
        ),
        ("en", "Fill this in.", "Enter 9 or less.", "Enter a whole number, such as 30."),
    ],
)
def test_fields_of_django_speak_plainly(language: str, missing: str, too_many: str, wrong: str) -> None:
    field = forms.IntegerField(max_value=9)
    with written_in(language):
        for typed, sentence in (("", missing), ("10", too_many), ("x", wrong)):
            with pytest.raises(forms.ValidationError) as refused:
                field.clean(typed)
            assert refused.value.messages == [sentence]


def test_allauth_says_what_to_do_in_three_languages() -> None:
    errors = (
        account_adapter().error_messages["max_email_addresses"],
        mfa_adapter().error_messages["incorrect_code"],
    )
    said = {}
    for language in ("ja", "ja-easy", "en"):
        with written_in(language):
            said[language] = [str(error) for error in errors]
    assert said == {
        "ja": [
            "メールアドレスは%d個までです。使わないものを消してください。",
            "番号がちがいます。いま出ている番号を入れてください。",
        ],
        "ja-easy": [
            "メールアドレスは%d個までです。使わないものを消してください。",
            "番号がちがいます。いま出ている番号を書いてください。",
        ],
        "en": [
            "You can have up to %d email addresses. Delete one that you do not use.",
            "That code is not right. Enter the code that is shown now.",
        ],
    }
