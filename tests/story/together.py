"""What those who walk it do from an introduction to a story that others repeat."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from .reader import Reader

Worker = Callable[[], None]
NEED = "子ども食堂をひらける台所つきの部屋を探しています"
ASSOCIATION, SCHOOL, HALL = "汐風台町内会", "結浜医療福祉専門学校", "浜町自治会"
CANTEEN, CAFE = "結浜水産加工 株式会社", "喫茶 えんがわ"
TEACHER, CANTEEN_MAIL = "m.mita@school.example.jp", "y.ajiro@suisan.example.jp"
PHONE, ADDRESS = "0000-55-0101", "結浜市港区汐風台1番地"


def a_coordinator_introduces_three_offers(coordinator: Reader, need: str, worker: Worker) -> str:
    """The case's address; nobody's telephone number is told yet."""
    coordinator.open(need.replace("/workspace/listings/", "/desk/needs/"))
    coordinator.press("案件を始める")
    case = coordinator.here
    for name in (CANTEEN, SCHOOL, HALL):
        coordinator.open(case)
        coordinator.follow("候補を見て、紹介する")
        coordinator.follow(f"{name}を紹介する")
        assert "お返事がそろうまで伝わりません" in coordinator.reads()
        coordinator.fill("紹介のひとこと", "土曜の昼の子ども食堂です。まず、話だけでも聞いてみてください。")
        coordinator.press("紹介を送る")
        assert "紹介しました" in coordinator.reads()
    worker()
    return case


def the_home_says_what_waits(secretary: Reader, sentence: str) -> None:
    secretary.open("/workspace/")
    assert sentence in secretary.reads(), secretary.reads()


def one_declines_by_the_link(canteen: Reader, coordinator: Reader, need: str) -> None:
    """Without signing in; the reason reaches the coordinator, and the pair is not proposed again."""
    letter = canteen.mail(CANTEEN_MAIL, "紹介が届きました")
    for line in ("なに：", "だれ：", "どこ：", "いつ：", "なぜ："):
        assert line in letter
    assert ASSOCIATION in letter
    assert PHONE not in letter
    canteen.open(canteen.link_from_mail("/i/", CANTEEN_MAIL, "紹介が届きました"))
    assert PHONE not in canteen.page.content()
    canteen.pick("お返事", "今回は見送る")
    canteen.press("返事を送る")
    assert "「見送る理由」を一つ選んでください" in canteen.reads()
    canteen.select("#id_reason", "日にちや時間が合わない")
    canteen.fill("ひとこと", "冬のあいだ、土曜も食堂を動かしています。")
    canteen.press("返事を送る")
    assert "この組み合わせは、もう候補に出ません" in canteen.reads()
    desk = need.replace("/workspace/listings/", "/desk/needs/").split("?")[0]
    page = coordinator.open(desk)
    assert "冬のあいだ、土曜も食堂を動かしています。" in coordinator.reads()
    assert SCHOOL in coordinator.reads().split("必要なものごとの候補")[1]
    # Its other offers may be proposed; what was declined may not.
    introduced = page.locator("main .rows").first.get_by_role("listitem").filter(has_text=CANTEEN)
    declined = introduced.get_by_role("heading").inner_text()
    assert page.locator("main .card").filter(has_text=declined).count() == 0
    coordinator.follow(re.compile("なぜ出ないのか"))
    canteens = coordinator.page.locator("main .card").filter(has_text=CANTEEN)
    assert "この組み合わせは、以前に断られています" in canteens.inner_text()


def a_member_introduces_itself(cafe: Reader, chair: Reader, need: str) -> None:
    """A coffee shop asks to talk; the chair says yes, and both see how to reach each other."""
    cafe.become("橘 ひとみ")
    cafe.open(need.replace("/workspace/listings/", "/listings/"))
    cafe.follow("話を聞きたい")
    cafe.choose(re.compile("出張珈琲、豆を挽く音もお届けします"))
    cafe.fill("相手へのひとこと", "食後の珈琲と、お茶のお手伝いができます。")
    cafe.press("話を聞きたいと伝える")
    assert "連絡先は、まだどちらにも見えません" in cafe.reads()
    assert PHONE not in cafe.page.content()
    assert ADDRESS not in cafe.page.content()
    introduction = cafe.here
    chair.open("/workspace/introductions/")
    chair.follow(f"{ASSOCIATION}と{CAFE}")
    assert "食後の珈琲と、お茶のお手伝いができます。" in chair.reads()
    chair.pick("お返事", "話してみたい")
    chair.press("返事を送る")
    assert "お返事がそろいました" in chair.reads()
    cafe.open(introduction)
    cafe.follow("案件のページで、連絡先を見て")
    assert PHONE in cafe.reads()
    assert ADDRESS in cafe.reads()


def the_others_say_yes(
    case: str, *, chair: Reader, secretary: Reader, teacher: Reader, coordinator: Reader, worker: Worker
) -> None:
    """By the link, signed in, and by telephone through the coordinator."""
    teacher.open(teacher.link_from_mail("/i/", TEACHER, "紹介が届きました"))
    teacher.pick("お返事", "話してみたい")
    teacher.fill("ひとこと", "実習のない土曜なら、学生が四人ほど伺えます。")
    teacher.press("返事を送る")
    assert "相手のお返事がそろったら" in teacher.reads()
    secretary.open("/workspace/introductions/")
    secretary.follow(f"{ASSOCIATION}と{SCHOOL}")
    secretary.pick("お返事", "話してみたい")
    secretary.press("返事を送る")
    assert "お返事がそろいました" in secretary.reads()
    assert secretary.here.startswith(case)
    chair.open("/workspace/introductions/")
    chair.follow(f"{ASSOCIATION}と{HALL}")
    chair.pick("お返事", "話してみたい")
    chair.press("返事を送る")
    assert "相手のお返事がそろったら" in chair.reads()
    coordinator.open(case)
    coordinator.follow(f"{HALL}の電話などの返事を入力する")
    coordinator.select(coordinator.page.get_by_label("どうやって聞きましたか"), "電話")
    coordinator.pick("お返事", "話してみたい")
    coordinator.press("返事を送る")
    assert "電話で聞き、担当が入力" in coordinator.reads()
    worker()


def they_write_to_each_other(case: str, chair: Reader, isobe: Reader, stranger: Reader, plan: Path) -> None:
    """A letter with a sheet of paper; whoever takes part may open it, a stranger not."""
    isobe.become("磯部 勝")
    isobe.open("/workspace/cases/")
    isobe.follow(NEED)
    chair.open(case)
    chair.fill("書くこと", "会館の間取りと台所のようすを、紙にまとめました。ご覧ください。")
    chair.attach(chair.page.get_by_label("ファイル"), plan)
    chair.press("送る")
    isobe.open(case)
    assert "会館の間取りと台所のようすを" in isobe.reads()
    file = isobe.page.get_by_role("link", name=re.compile(plan.name)).get_attribute("href")
    assert file
    assert isobe.context.request.get(isobe.base + file).body() == plan.read_bytes()
    assert stranger.context.request.get(isobe.base + file, max_redirects=0).status == 302


def they_find_a_date(
    case: str, *, coordinator: Reader, aunt: Reader, chair: Reader, today: dt.date, worker: Worker
) -> str:
    """Asked by the coordinator, answered with and without an account; the meeting's address."""
    coordinator.open(case)
    coordinator.follow("打ち合わせの日程を決める", within="section[aria-labelledby=meetings]")
    for number, days in enumerate((0, 9, 15)):  # a meeting is recorded from its own day on
        coordinator.date("^日", today + dt.timedelta(days=days), nth=number)
        coordinator.fill("始まる時刻", "午後6時" if number else "23:59", nth=number)
    coordinator.fill("場所", "浜町会館 二階の和室")
    assert "急がず、まず聞く" in coordinator.page.get_by_label("話すこと", exact=True).input_value()
    coordinator.press("日程をうかがう")
    assert "日程のうかがいを送りました" in coordinator.reads()
    meeting = coordinator.here.split("?")[0]
    worker()
    aunt.open(aunt.link_from_mail("/d/", TEACHER))
    assert "登録していなくても答えられます" in aunt.reads()
    aunt.fill("お名前", "近所のふみ")
    aunt.choose("そのほか・わからない")
    for number, mark in enumerate(("○ 行ける", "× 行けない", "× 行けない")):
        aunt.choose(mark, nth=number)
    aunt.press("返事を送る")
    own = aunt.here
    assert f"{aunt.base}{own}" in aunt.reads()
    aunt.open("/")
    aunt.open(own)
    aunt.choose("○ 行ける", nth=1)
    aunt.press("直した返事を送る")
    chair.open("/workspace/")
    chair.follow(re.compile(f"「{NEED}」の打ち合わせに、行ける日を答えてください"))
    for number, mark in enumerate(("○ 行ける", "△ たぶん行ける", "× 行けない")):
        chair.choose(mark, nth=number)
    chair.press("返事を送る")
    coordinator.open(meeting)
    best = coordinator.page.locator("tbody tr").first.inner_text()
    assert "2人（" in best
    assert "近所のふみ" in best
    coordinator.press("この日に決める")
    assert "日時を決めました" in coordinator.reads()
    return meeting


def what_was_decided_is_written_down(
    case: str, meeting: str, coordinator: Reader, chair: Reader, today: dt.date
) -> None:
    coordinator.open(meeting)
    coordinator.follow("記録を書く")
    coordinator.fill("話したこと", "台所は十二時まで使える。子どもは二十人、大人は十人ほど。")
    coordinator.fill("すること", "会館のかぎを借りる日を決める")
    coordinator.select(coordinator.page.get_by_label("だれが"), ASSOCIATION)
    coordinator.date("いつまでに", today + dt.timedelta(days=20))
    coordinator.press("記録を残す")
    assert "打ち合わせの記録を残しました" in coordinator.reads()
    chair.open("/workspace/")
    chair.follow(re.compile("決めたこと「会館のかぎを借りる日を決める」"))
    chair.press("済んだ")
    assert "「済んだ」にしました" in chair.reads()


AIM = "汐風台の子どもが、土曜の昼に温かいごはんを近所の人と食べられるようにする。"
PARTS = {
    ASSOCIATION: "呼びかけ、受付、買い出し",
    CAFE: "食後の珈琲とお茶",
    SCHOOL: "配膳と、小さい子の見守り",
    HALL: "会館の部屋と台所を開ける",
}


def they_write_what_they_agree_on(case: str, coordinator: Reader, today: dt.date) -> str:
    """Written by the coordinator without JavaScript; proposed to all."""
    coordinator.open(case)
    coordinator.press("合意書を書きはじめる")
    coordinator.fill("いっしょに目指すこと", AIM)
    coordinator.pick("協働の形", re.compile("事業協力"))
    headings = coordinator.page.get_by_role("heading", level=3).all_inner_texts()
    parties = [text for text in headings if text in PARTS]
    assert len(parties) == len(PARTS)
    for number, name in enumerate(parties):
        coordinator.fill("すること", PARTS[name], nth=number)
    coordinator.fill("できないこと", "平日の貸し出し", nth=parties.index(HALL))
    assert coordinator.page.get_by_label("学生ボランティアを、いくつ").input_value() == "4"
    coordinator.fill("畳の大広間と台所を、いくつ", "30")
    coordinator.fill("お金の分担", "食材は町内会が一回五千円まで。参加費は大人三百円、子どもは無料。")
    coordinator.fill("広報のしかた", "回覧板と学校の掲示板。写真は、聞いてから載せる。")
    coordinator.date("始まりの日", today)
    coordinator.date("終わりの日", today + dt.timedelta(days=90))
    coordinator.date("見直しの日", today + dt.timedelta(days=60))
    for label, text in (
        ("なにを数えるか", "来た子ども"),
        ("単位", "人"),
        ("始める前", "0"),
        ("目標", "20"),
    ):
        coordinator.write(
            coordinator.page.get_by_role("group", name="数えるもの 1").get_by_label(label), text
        )
    coordinator.press("確かめて、みんなに見せる")
    assert "もしものときと保険" in coordinator.page.locator(".error-summary").inner_text()
    coordinator.fill("もしものときと保険", "行事の保険に町内会が入る。警報が出たら中止。")
    coordinator.press("確かめて、みんなに見せる")
    text = coordinator.reads()
    assert "20人のうち4人" in text
    assert "35席のうち30席" in text
    coordinator.press("みんなに確認をお願いする")
    return coordinator.here.split("?")[0]


def one_confirms_while_another_changes(
    agreement: str, *, chair: Reader, secretary: Reader, isobe: Reader, teacher: Reader
) -> None:
    """Both have the page open; who presses second is told, and a new version shows what changed."""
    teacher.open(agreement)
    teacher.sign_in(TEACHER)
    teacher.press(f"{SCHOOL}として確認しました")
    assert "ほかの団体の確認を待っています" in teacher.reads()
    isobe.open(agreement)
    chair.open(agreement)
    chair.follow("書き直す")
    chair.press("書き直す")
    isobe.press(f"{HALL}として確認しました")
    assert "合意書の内容が変わりました。新しい内容を読んでから" in isobe.reads()
    assert "第2版" in isobe.reads()
    chair.fill("お金の分担", "食材は町内会が一回八千円まで。参加費は大人三百円、子どもは無料。")
    chair.press("確かめて、みんなに見せる")
    chair.press("みんなに確認をお願いする")
    assert chair.page.locator("ins").filter(has_text="八千").count() == 1
    the_home_says_what_waits(secretary, f"「{NEED}」の合意書を、{ASSOCIATION}として読んで確かめてください。")


def all_confirm_the_same_version(
    agreement: str, *, coordinator: Reader, secretary: Reader, isobe: Reader, cafe: Reader, teacher: Reader
) -> None:
    """Signed in, on the phone, without JavaScript, and by telephone through the coordinator."""
    for reader, name in ((secretary, ASSOCIATION), (isobe, HALL), (cafe, CAFE)):
        reader.open(agreement)
        reader.press(f"{name}として確認しました")
        assert "確認を記録しました" in reader.reads()
    coordinator.open(agreement)
    coordinator.follow("電話などで聞いた確認を入力する")
    coordinator.pick("どのように聞きましたか", "電話")
    coordinator.press("確認したと入力する")
    assert "これで合意です" in coordinator.reads()
    teacher.open(agreement)
    teacher.follow("印刷用の紙面を開く")
    assert "令和" in teacher.reads()
    assert "八千円" in teacher.reads()


PROJECT = "汐風台こども食堂"
PTA = "汐風台小学校 PTA"
STUDENTS = "看護・保育の学生20人が土日に動けます"


def the_case_becomes_a_project(coordinator: Reader, visitor: Reader) -> str:
    """The project's inner address; what it uses of an offer is taken, the rest stays free."""
    coordinator.open("/desk/cases/?q=子ども食堂をひらける")
    coordinator.follow("プロジェクトを始める")
    coordinator.fill("プロジェクトの名前", PROJECT)
    coordinator.press("プロジェクトを始める")
    text = coordinator.reads()
    assert "プロジェクトが始まりました" in text
    assert PARTS[SCHOOL] in text
    assert "20人のうち4人を使っています" in the_offer_reads(visitor)
    return coordinator.here.split("?")[0]


def the_offer_reads(visitor: Reader) -> str:
    visitor.open(f"/search/?q={STUDENTS}")
    visitor.follow(STUDENTS)
    return visitor.reads()


def a_task_is_given_and_done(project: str, chair: Reader, teacher: Reader, today: dt.date) -> None:
    chair.open(project)
    chair.follow("やることを加える")
    chair.fill("やること", "配膳の当番表をつくる")
    chair.select(chair.page.get_by_label("だれが"), SCHOOL)
    chair.date("いつまでに", today + dt.timedelta(days=7))
    chair.press("加える")
    teacher.open("/workspace/")
    teacher.follow(re.compile("やること「配膳の当番表をつくる」"))
    teacher.press("すみました：配膳の当番表をつくる")
    row = teacher.page.get_by_role("row").filter(has_text="配膳の当番表をつくる")
    assert "すみました" in row.inner_text()


def news_with_a_picture(project: str, secretary: Reader, visitor: Reader, picture: Path) -> None:
    """Without words for those who do not see it, the picture comes back with a sentence."""
    secretary.open(project)
    secretary.follow("近況を書く")
    secretary.fill("近況", "はじめての土曜に、子どもが二十三人来ました。カレーは売り切れです。")
    secretary.attach(secretary.page.get_by_label("写真1", exact=True), picture)
    secretary.press("載せる")
    assert "写真" in secretary.page.locator(".error-summary").inner_text()
    secretary.attach(secretary.page.get_by_label("写真1", exact=True), picture)
    secretary.fill("写真1に写っているもの", "畳の広間でカレーを食べる子どもたち")
    secretary.press("載せる")
    assert "近況を載せました" in secretary.reads()
    page = visitor.open(project.replace("/workspace", ""))
    assert "子どもが二十三人来ました" in visitor.reads()
    shown = page.get_by_role("img", name="畳の広間でカレーを食べる子どもたち")
    shown.scroll_into_view_if_needed()
    address = shown.get_attribute("src")
    assert address
    assert visitor.status_of(address) == 200


def one_joins_and_one_leaves(project: str, coordinator: Reader, cafe: Reader) -> None:
    coordinator.open(project)
    coordinator.follow("団体をチームに加える")
    coordinator.fill("団体・個人の名前", PTA)
    coordinator.pick("役割", re.compile("支える"))
    coordinator.fill("すること", "子どもと家の人への声かけ")
    coordinator.press("チームに加える")
    assert f"{PTA}" in coordinator.reads()
    cafe.open(project)
    cafe.follow(re.compile(f"チームから抜ける.*{CAFE}"))
    cafe.fill("チームの人に伝えること", "店の改装のため、二月から伺えません。道具は学校に預けました。")
    cafe.press("チームから抜ける")
    coordinator.open(project)
    assert coordinator.page.get_by_role("row").filter(has_text=CAFE).count() == 0


def the_aim_is_met(project: str, chair: Reader, visitor: Reader) -> None:
    """Ended with a result; what was used goes back and is free for others."""
    chair.open(project)
    chair.follow("目的を達成して終える")
    chair.fill("どうなりましたか", "六回開き、のべ百四十人の子どもが来ました。会館の台所で足りました。")
    chair.press("目的を達成して終える")
    assert "おつかれさまでした" in chair.reads()
    assert "使っています" not in the_offer_reads(visitor)
    assert "公開中" in visitor.reads()
