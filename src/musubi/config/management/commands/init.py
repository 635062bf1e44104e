"""A real town comes into being: its area, its office, its first officer."""

import sys
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.places.models import Area, AreaLevel
from musubi.base.places.queries import areas_with_codes, municipalities
from musubi.base.places.services import AreaValues, save_areas
from musubi.config.imports.areas import prefecture_code
from musubi.config.imports.cells import Cells, repaired_code
from musubi.config.imports.errors import CannotImport, RefusedRow
from musubi.flow.actors.services.towns import found_town

from ._sentences import SentenceCommand
from .serve import unapplied_migrations

QUESTIONS = {
    "code": "自治体の全国地方公共団体コード（6けた。例: 141305）",
    "name": "自治体の名前（例: 川崎市）",
    "prefecture": "都道府県（例: 神奈川県）",
    "officer_email": "最初の運営担当のメールアドレス",
    "officer_name": "その人のお名前",
    "contact": "市民の問い合わせ先（例: 市民協働課 044-000-0000）",
}
TRIAL = (
    "いまは、お試しの動かし方（MUSUBI_MODE=demonstration）です。市民に使ってもらう前に、MUSUBI_MODE=production と、"
    "MUSUBI_SECRET_KEY・MUSUBI_HOSTS・MUSUBI_BASE_URL・DATABASE_URL・EMAIL_URL・MUSUBI_FROM_EMAIL を設定してから、"
    "もう一度 musubi init を実行してください。書き方は docs/operations.md にあります。"
)


class Command(SentenceCommand):
    """Asks for what is not given as an option."""

    help = (
        "本物の自治体を始めます。自治体と、最初の運営担当を登録します。"
        "\n市区町村の一覧（musubi import areas）が先にあれば、コードだけで名前が分かります。"
    )
    example = (
        "  musubi init\n"
        "  musubi init --no-input --code 141305 --name 川崎市 --prefecture 神奈川県 \\\n"
        "    --officer-email tanto@city.example.jp --officer-name 結城花子 --contact '市民協働課 044-000-0000'"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=question)
        parser.add_argument(
            "--host", default="", help="この自治体を最初に見せるホスト名（一つの町だけなら要りません）"
        )
        parser.add_argument("--add", action="store_true", help="すでに自治体がある所に、もう一つ加えます。")
        parser.add_argument(
            "--no-input", action="store_true", help="たずねません。すべてをオプションで指定します。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if unapplied_migrations():
            self.stdout.write("データベースを用意しています…")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        self._demand_no_demonstration()
        towns = list(municipalities()[:1])
        if towns and not options["add"]:
            raise CannotImport(
                f"ここには、もう「{towns[0].name}」があります。もう一つ加えるときは --add を付けてください。"
                "運営担当を増やすときは、画面の「市の事務」で役割を付けてください。"
            )
        if settings.DEMONSTRATION:
            self.say(TRIAL)
        area = self._area(options)
        if municipalities().filter(area__code=area.code).exists():
            raise CannotImport(f"「{area.name}」は、もう登録されています。")
        if options["host"] and municipalities().filter(host=options["host"]).exists():
            raise CannotImport(f"ホスト名「{options['host']}」は、ほかの自治体が使っています。")
        email = self._email(options)
        name, contact = self._answer("officer_name", options), self._answer("contact", options)
        with transaction.atomic():
            officer = _officer(email, name)
            found_town(
                area=_stored(area), officer=officer, contact=contact, now=timezone.now(), host=options["host"]
            )
        self.stdout.write(
            f"{area.name}を始めました。{email} で入る（ログインする）と、「市の事務」が使えます。\n"
            "次は、市区町村の一覧と町の一覧を取り込んでください。例: musubi import areas localgovjp-utf8.csv"
        )

    def _demand_no_demonstration(self) -> None:
        if town := municipalities().filter(is_demonstration=True).first():
            raise CannotImport(
                f"ここにはデモの町「{town.name}」があるので、本物の町は登録しません。何も変えていません。"
                "別の場所に登録してください。例: MUSUBI_DATA_DIR=var/town musubi init（DATABASE_URL を使うときは、空のデータベース）"
            )

    def _area(self, options: dict[str, Any]) -> Area:
        """The town's area: known by its code, or to be made of the name and prefecture typed."""
        try:
            code = repaired_code(Cells(0, {}), self._answer("code", options))
        except RefusedRow as error:
            raise CannotImport(str(error)) from error
        known = areas_with_codes([code]).get(code)
        if known is not None:
            if known.level not in {AreaLevel.CITY, AreaLevel.WARD}:
                raise CannotImport(
                    f"「{code}」は{known.name}のコードです。市区町村のコードを入れてください。"
                )
            return known
        if code[2:5] == "000":
            raise CannotImport(f"「{code}」は都道府県のコードです。市区町村のコードを入れてください。")
        prefecture = Area(level=AreaLevel.PREFECTURE, code=prefecture_code(code))
        name = self._answer("name", options)
        prefecture.name = getattr(
            areas_with_codes([prefecture.code]).get(prefecture.code), "name", ""
        ) or self._answer("prefecture", options)
        return Area(level=AreaLevel.CITY, code=code, name=name, parent=prefecture)

    def _email(self, options: dict[str, Any]) -> str:
        email = self._answer("officer_email", options).lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CannotImport(
                f"「{email}」はメールアドレスの形ではありません。「namae@example.jp」のように入れてください。"
            ) from error
        return email

    def _answer(self, name: str, options: dict[str, Any]) -> str:
        """The option, or what somebody types."""
        text = " ".join(options[name].split())
        if text:
            return text
        if options["no_input"] or not sys.stdin.isatty():
            raise CannotImport(f"--{name.replace('_', '-')}（{QUESTIONS[name]}）を付けてください。")
        while not text:
            try:
                text = " ".join(input(f"{QUESTIONS[name]}: ").split())
            except EOFError as error:
                raise CannotImport("途中で終わりました。何も登録していません。") from error
        return text


def _stored(area: Area) -> Area:
    """The area as a row; made with its prefecture if it was typed in."""
    if area.pk:
        return area
    prefecture = area.parent
    assert prefecture is not None
    save_areas(
        areas=[
            AreaValues(level=AreaLevel.PREFECTURE, code=prefecture.code, name=prefecture.name),
            AreaValues(level=AreaLevel.CITY, code=area.code, name=area.name, parent=prefecture.code),
        ]
    )
    return areas_with_codes([area.code])[area.code]


def _officer(email: str, name: str) -> User:
    """The person with this address, who can sign in by a code sent there."""
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
    address, _ = EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True})
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    return user
