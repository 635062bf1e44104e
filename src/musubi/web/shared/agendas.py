"""What a meeting may talk about: beginnings that are filled into the form and changed there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Agenda:
    """A template's name and its text in Markdown."""

    label: Any
    text: Any


AGENDAS: dict[str, Agenda] = {
    "first": Agenda(
        _("はじめての顔合わせ"),
        _(
            "1. 自己紹介（ふだんの活動、今日来た人）\n"
            "2. 困っていること・やりたいことを聞く（急がず、まず聞く）\n"
            "3. できること・できないことを出し合う\n"
            "4. いっしょに目指したいことを、ひとことで言ってみる\n"
            "5. 心配なこと（お金、けが、近所への影響など）\n"
            "6. 次にすることを決める（だれが・何を・いつまでに）"
        ),
    ),
    "roles": Agenda(
        _("役割とお金を決める"),
        _(
            "1. 前回決めたことの確認\n"
            "2. いっしょに目指すことの確認\n"
            "3. だれが何をするか（引き受けられないことも言う）\n"
            "4. お金（何にいくらかかるか、だれが出すか、残ったらどうするか）\n"
            "5. もしものとき（保険、けが、中止の決め方、連絡先）\n"
            "6. 広報（名前の出し方、写真の扱い）\n"
            "7. 始まりと終わり、見直しの日\n"
            "8. 次にすることを決める（だれが・何を・いつまでに）"
        ),
    ),
    "day": Agenda(
        _("当日の段取り"),
        _(
            "1. 当日の流れ（準備・本番・片付けの時刻）\n"
            "2. 持ち場と責任者\n"
            "3. 持ってくる物、借りる物、返し方\n"
            "4. 参加する人への案内（車いす、こども、暑さ・寒さ）\n"
            "5. 雨のとき、中止を決める人と時刻\n"
            "6. けが・急病・苦情のときの連絡先\n"
            "7. 次にすることを決める（だれが・何を・いつまでに）"
        ),
    ),
}


def with_agenda(text: str, chosen: str) -> str:
    """The text with a template in it: in place of another template, else below what was written."""
    new = str(AGENDAS[chosen].text)
    untouched = {str(agenda.text) for agenda in AGENDAS.values()} | {""}
    plain = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return new if plain in untouched else f"{plain}\n\n{new}"
