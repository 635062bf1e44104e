"""Choices as files write them: the Japanese label, our value, or what people say for it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Choices

from musubi.base.common.enums import Field, Visibility
from musubi.flow.actors.enums import ActorKind
from musubi.flow.cases.enums import AgreementForm
from musubi.flow.listings.enums import Condition, Resource, Side, Unit
from musubi.flow.projects.enums import ProjectState
from musubi.web.design.reading import fold

from .cells import Cells
from .errors import RefusedRow

ALSO: Mapping[type[Choices], Mapping[str, str]] = {
    Side: {"ニーズ": "need", "求む": "need", "必要": "need", "提供": "offer", "できること": "offer", "シーズ": "offer"},
    ActorKind: {
        "市民": "individual",
        "団体": "civic_group",
        "市民団体": "civic_group",
        "ボランティア団体": "civic_group",
        "任意団体": "civic_group",
        "NPO": "npo",
        "特定非営利活動法人": "npo",
        "認定NPO法人": "npo",
        "町内会": "neighborhood_association",
        "町会": "neighborhood_association",
        "自治会": "neighborhood_association",
        "会社": "company",
        "事業者": "company",
        "株式会社": "company",
        "大学": "school",
        "学校": "school",
        "行政": "department",
        "担当課": "department",
        "中間支援": "intermediary",
    },
    Resource: {
        "人": "people",
        "ボランティア": "people",
        "専門家": "expertise",
        "講師": "expertise",
        "会場": "place",
        "もの": "goods",
        "物": "goods",
        "お金": "money",
        "助成": "money",
        "後援": "endorsement",
        "連携": "partner",
    },
    Unit: {"席": "capacity", "定員": "capacity", "名": "people", "台": "items", "枚": "items", "冊": "items", "脚": "items", "本": "items", "箱": "items", "食": "items", "件": "items", "点": "items", "つ": "items"},
    Condition: {"営利不可": "non_profit_only", "オンライン": "online_ok", "車いす": "wheelchair_ok", "車椅子可": "wheelchair_ok", "飲食禁止": "no_food", "登録団体のみ": "registered_groups_only"},
    AgreementForm: {"共同主催": "co_hosting", "名義後援": "endorsement", "助成": "subsidy", "補助金": "subsidy", "助成金": "subsidy", "業務委託": "commission", "委託事業": "commission", "協力": "cooperation", "連携": "cooperation", "協定書": "accord", "包括連携協定": "accord", "連携協定": "accord"},
    ProjectState: {"準備": "preparing", "継続": "active", "継続中": "active", "実施中": "active", "進行": "active", "終了": "achieved", "完了": "achieved", "達成": "achieved", "中止": "stopped"},
    Visibility: {"公開": "public", "登録者": "registered", "中間支援": "intermediaries", "庁内": "city_hall"},
}  # fmt: skip
FIELD_MARKS = {
    "保健": 1,
    "医療": 1,
    "福祉": 1,
    "子ども": 13,
    "こども": 13,
    "環境": 7,
    "まちづくり": 3,
    "防災": 8,
    "災害": 8,
}


def choice_of(kind: type[Choices], text: str, column: str) -> str:
    """The value that a label means; refused with the list of what may stand there."""
    words = _words(kind)
    found = words.get(fold(text).lower())
    if found is None:
        may = "、".join(str(label) for label in kind.labels)
        raise RefusedRow(f"「{column}」の「{text}」は使えません。次のどれかにしてください: {may}")
    return found


def choices_of(kind: type[Choices], texts: Iterable[str], column: str) -> tuple[str, ...]:
    """The values of several labels, each once, in their order."""
    return tuple(dict.fromkeys(choice_of(kind, text, column) for text in texts))


def choices_in(kind: type[Choices], cells: Cells, column: str) -> tuple[str, ...]:
    """The values of all labels in a cell."""
    return choices_of(kind, cells.items(column, whole=map(str, kind.labels)), column)


def fields_of(cells: Cells, column: str) -> tuple[int, ...]:
    """Numbers 1 to 20 of the fields named by number or name; what is no field is left out, and that is said."""
    found: set[int] = set()
    labels = _field_labels()
    for text in cells.items(column, whole=[str(field.label) for field in Field]):
        folded = fold(text).lower()
        if folded.isdigit() and int(folded) in Field.values:
            found.add(int(folded))
        elif number := labels.get(folded):
            found.add(number)
        else:
            cells.repaired(f"分野「{text}」は20分野にないので、外しました。")
    return tuple(sorted(found))


@cache
def _field_labels() -> dict[str, int]:
    return {fold(str(field.label)).lower(): int(field) for field in Field} | FIELD_MARKS


@cache
def _words(kind: type[Choices]) -> dict[str, str]:
    words: dict[str, Any] = {fold(word).lower(): value for word, value in ALSO.get(kind, {}).items()}
    for value, label in kind.choices:
        whole = fold(str(label)).lower()
        words[whole] = words[str(value)] = value
        words.setdefault(whole.split("(", 1)[0], value)
    return words
