"""法人番号 in the profile: the form says what is wrong at the field."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from musubi.flow.actors.models import Actor
from musubi.flow.actors.services import update_profile
from musubi.web.workspace.actors.forms import ActorForm
from tests.factories import Town

CROSSED = "法人番号の数字のどれかが違うようです。番号をもう一度確かめてください。"
TOO_SHORT = "法人番号は13けたの数字で入れてください。"


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ("1234567890123", [CROSSED]),
        ("123", [TOO_SHORT]),
        ("７０００-０１２０５-０００２", []),
        ("", []),
    ],
)
def test_the_form_says_it_at_the_field(town: Town, typed: str, problems: list[str]) -> None:
    form = ActorForm({"corporate_number": typed}, municipality=town.municipality, official=False)
    assert form.errors.get("corporate_number", []) == problems


def test_a_wrong_one_is_not_stored(town: Town, sign_in: Callable[..., Client]) -> None:
    url = f"/workspace/actors/{town.actor.pk}/edit/"
    page = sign_in(town.owner).post(url, {"corporate_number": "1234567890123"})
    assert CROSSED in page.content.decode()
    assert Actor.objects.get(pk=town.actor.pk).corporate_number == ""


@pytest.mark.parametrize(("number", "said"), [("1234567890123", CROSSED), ("123", TOO_SHORT)])
def test_the_service_refuses_it_however_it_comes(
    town: Town, now: dt.datetime, number: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        update_profile(actor=town.actor, by=town.owner, now=now, corporate_number=number)
    update_profile(actor=town.actor, by=town.owner, now=now, corporate_number="7000012050002")
    assert Actor.objects.get(pk=town.actor.pk).corporate_number == "7000012050002"
