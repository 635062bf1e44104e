"""The demonstration's people, and who of them a visitor may be with one press."""

from dataclasses import dataclass, field

from musubi.base.accounts.models import User
from musubi.base.accounts.services import make_person

from ..models import Persona


@dataclass
class People:
    """Users by mail address: the same person may act for several groups."""

    by_email: dict[str, User] = field(default_factory=dict)

    def get(self, email: str, name: str) -> User:
        email = email.lower()
        if email not in self.by_email:
            self.by_email[email] = make_person(email=email, name=name)
        return self.by_email[email]


OFFICER = ("office@city.yuihama.example.jp", "鷹野 千尋")
COORDINATORS = (
    ("coordinator@center.yuihama.example.jp", "早瀬 みのり", ()),
    ("coordinator2@center.yuihama.example.jp", "国見 航太", ("kawabe", "aobano", "midorioka", "yamate")),
)
CITIZENS = (
    ("citizen@example.jp", "小池 直子"),
    ("student@example.jp", "相原 陽向"),
    ("neighbour@example.jp", "三浦 清志"),
    ("newparent@example.jp", "森田 あかね"),
    ("commuter@example.jp", "ラム・クマール"),
    ("retired@example.jp", "沖田 とよ子"),
)

PERSONAS: tuple[tuple[str, str, str], ...] = (
    # actor key and member's name, or a mail address; role; story
    ("citizen@example.jp", "市民", "本町区に引っ越してきた会社員。まだ団体には入っていません。"),
    ("na-hamacho/磯部 勝", "町内会長", "浜町自治会の会長。画面は苦手ですが、困りごとはよく知っています。"),
    ("na-danchi/森下 恵", "町内会の書記", "桜台団地自治会の編集担当。お知らせを書くのはこの人です。"),
    (
        "cg-umineko/小笠原 友美",
        "市民活動団体の代表",
        "みなと子ども食堂を開いています。会場と食材を探しています。",
    ),
    ("npo-foodbank/須田 正樹", "NPO法人の理事長", "食品を集めて届けるNPO法人を動かしています。"),
    ("co-aoshio/二宮 理沙", "企業の社会貢献担当", "電機会社で、社員の地域活動をまとめています。"),
    ("sb-engawa/橘 ひとみ", "ソーシャルビジネス", "喫茶店の定休日を、地域の居場所に開いています。"),
    ("b-univ-center/羽生田 薫", "大学の連携担当", "学生と地域をつなぐ、大学の窓口です。"),
    ("in-sato-jun/佐藤 純", "個人", "自分の時間と技を役立てたい個人です。市の確認はまだです。"),
    ("na-danchi/小田 賢治", "会員（閲覧のみ）", "団地自治会の会員。見ることだけができます。"),
    ("dept-park/若林 美緒", "市の担当課", "公園緑地課の職員。協働メニューを載せています。"),
    (
        "coordinator@center.yuihama.example.jp",
        "コーディネーター",
        "市民協働センターで、全市の相談を受けています。",
    ),
    (
        "coordinator2@center.yuihama.example.jp",
        "コーディネーター（四区の担当）",
        "川辺・青葉野・緑丘・山手の四つの区を受け持っています。",
    ),
    ("office@city.yuihama.example.jp", "市の運営担当", "団体の確認、裏付け、通報への対応をしています。"),
)


def make_personas(people: People, members: dict[str, User]) -> None:
    """`members` are users by "actor key/name"."""
    for position, (key, role, story) in enumerate(PERSONAS):
        user = members.get(key) or people.by_email[key]
        Persona.objects.create(user=user, position=position, role=role, story=story)
