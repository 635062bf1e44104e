"""What people would type, as values."""

import datetime as dt

from musubi.flow.listings.services import Content, LineValue, MenuValue, WindowValue
from tests.factories import Town

NEXT_YEAR = dt.date.today() + dt.timedelta(days=100)


def hall_needed(town: Town, **changes: object) -> Content:
    """A complete need for a hall."""
    values: dict[str, object] = {
        "title": "こども食堂の会場を探しています",
        "body": "月に2回、夕方に子どもたちと夕食をつくって食べます。台所のある部屋を貸してください。",
        "lines": (
            LineValue(resource="place", what="台所のある部屋", amount=30, unit="capacity"),
            LineValue(resource="people", what="調理の手伝い", amount=4, unit="people"),
        ),
        "area_ids": (town.wards[0].pk,),
        "town": "浜町一丁目",
        "windows": (
            WindowValue(starts_on=NEXT_YEAR, ends_on=NEXT_YEAR + dt.timedelta(days=60), weekdays=(5, 6)),
        ),
        "fields": (13, 1),
        "expires_on": NEXT_YEAR,
    }
    return Content(**{**values, **changes})  # type: ignore[arg-type]


def hall_offered(town: Town, **changes: object) -> Content:
    """A complete offer of a hall."""
    values: dict[str, object] = {
        "title": "集会所をこども食堂に使ってください",
        "body": "台所のある集会所です。子ども食堂や交流会の会場として、土日にお貸しできます。",
        "lines": (LineValue(resource="place", what="台所つきの集会所", amount=40, unit="capacity"),),
        "area_ids": (town.wards[0].pk,),
        "windows": (WindowValue(weekdays=(5, 6)),),
        "fields": (13,),
    }
    return Content(**{**values, **changes})  # type: ignore[arg-type]


MENU = MenuValue(
    can_do="公園の清掃用具を貸します。",
    cannot_do="ごみの処分はできません。",
    answered_by="公園緑地課 協働係",
    answers_within_days=5,
)
