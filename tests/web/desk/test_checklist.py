"""The recipe's check list on the desk's page of a need."""

import re
from typing import Any

import pytest

from tests.factories import Town, make_listing

pytestmark = pytest.mark.django_db


def page(sign_in: Any, town: Town, need: Any) -> str:
    response = sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_what_the_need_forgot_is_told_with_permits_and_cautions(town: Town, sign_in: Any) -> None:
    need = make_listing(
        town.actor,
        title="こども食堂の会場を探しています",
        body="野菜などの食材は農家からいただきます。",
        lines=[("place", "台所のある部屋", 30, "capacity")],
    )
    text = page(sign_in, town, need)
    assert "「子ども食堂」のチェックリスト" in text
    missing = text.partition("まだ書かれていないもの")[2].partition("たずねてください")[0]
    assert "人手：調理・配膳・子どもの見守りをする人 （8人）" in missing
    assert "場所" not in missing
    assert "書いてあります（場所 台所のある部屋（30席））" in text
    assert "文章に出てきます" in text
    assert "相談先：保健所" in text
    assert "アレルギーの有無を申込みのときに必ず聞きます。" in text


def test_a_need_that_names_no_activity_has_none(town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, title="長机を貸してください", lines=[("goods", "長机", 3, "items")])
    assert "チェックリスト" not in page(sign_in, town, need)
