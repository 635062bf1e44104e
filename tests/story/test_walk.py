"""From a person with a need to a story that others repeat, told by those who walk it, in a real browser."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from . import afterwards as after
from . import together as with_others
from .reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Make = Callable[..., Reader]
Worker = Callable[[], None]
CHAIR, SECRETARY = "kaicho@example.jp", "shoki@example.jp"


def test_from_a_need_to_a_story(
    demonstration: None, somebody: Make, worker: Worker, today: dt.date, tmp_path: Path
) -> None:
    everybody = SimpleNamespace(
        visitor=somebody(),
        chair=somebody(),
        secretary=somebody(phone=True),
        officer=somebody(script=False),
        coordinator=somebody(script=False),
    )
    need = from_a_need_to_fitting_offers(everybody, somebody, worker, today)
    project = from_an_introduction_to_a_project(everybody, somebody, need, worker, today, tmp_path)
    from_a_project_to_a_story(everybody, somebody, project)


def from_a_need_to_fitting_offers(
    people: SimpleNamespace, somebody: Make, worker: Worker, today: dt.date
) -> str:
    """The need's page in the workspace."""
    visitor, chair, officer = people.visitor, people.chair, people.officer
    a_visitor_finds_what_the_town_does(visitor)
    somebody_registers_the_association(chair, today)
    a_second_member_is_invited(chair, people.secretary, worker)
    the_office_verifies_and_vouches(officer, visitor, today)
    need = the_member_posts_a_need(chair, today)
    a_department_posts_a_menu_item(somebody(script=False), visitor)
    an_issue_becomes_a_need(somebody(phone=True, script=False), somebody(phone=True), chair)
    a_coordinator_sees_it_and_types_in_an_offer(people.coordinator, chair, need)
    a_listing_is_reported_hidden_and_answered(visitor, officer, chair, need)
    return need


def from_an_introduction_to_a_project(
    people: SimpleNamespace, somebody: Make, need: str, worker: Worker, today: dt.date, tmp_path: Path
) -> str:
    """The project's page for its team, after its aim was met; `people` now are those who took part."""
    chair, secretary, coordinator = people.chair, people.secretary, people.coordinator
    people.isobe, people.cafe = somebody(), somebody(phone=True)
    people.teacher, people.aunt = somebody(phone=True, script=False), somebody(phone=True, script=False)
    isobe, cafe, teacher = people.isobe, people.cafe, people.teacher
    case = with_others.a_coordinator_introduces_three_offers(coordinator, need, worker)
    with_others.the_home_says_what_waits(secretary, f"{with_others.SCHOOL}を紹介されています。")
    with_others.one_declines_by_the_link(somebody(), coordinator, need)
    with_others.a_member_introduces_itself(cafe, chair, need)
    with_others.the_others_say_yes(
        case, chair=chair, secretary=secretary, teacher=teacher, coordinator=coordinator, worker=worker
    )
    with_others.they_write_to_each_other(case, chair, isobe, people.visitor, _plan(tmp_path))
    meeting = with_others.they_find_a_date(
        case, coordinator=coordinator, aunt=people.aunt, chair=chair, today=today, worker=worker
    )
    with_others.what_was_decided_is_written_down(case, meeting, coordinator, chair, today)
    agreement = with_others.they_write_what_they_agree_on(case, coordinator, today)
    with_others.one_confirms_while_another_changes(
        agreement, chair=chair, secretary=secretary, isobe=isobe, teacher=teacher
    )
    with_others.all_confirm_the_same_version(
        agreement, coordinator=coordinator, secretary=secretary, isobe=isobe, cafe=cafe, teacher=teacher
    )
    project = with_others.the_case_becomes_a_project(coordinator, people.visitor)
    with_others.a_task_is_given_and_done(project, chair, teacher, today)
    with_others.news_with_a_picture(project, secretary, people.visitor, _picture(tmp_path))
    with_others.one_joins_and_one_leaves(project, coordinator, cafe)
    with_others.the_aim_is_met(project, chair, people.visitor)
    return project


def from_a_project_to_a_story(people: SimpleNamespace, somebody: Make, project: str) -> None:
    chair, isobe, teacher, coordinator = people.chair, people.isobe, people.teacher, people.coordinator
    evaluation = after.they_look_back(
        project,
        coordinator=coordinator,
        secretary=people.secretary,
        isobe=isobe,
        teacher=teacher,
        aunt=people.aunt,
    )
    after.they_decide_how_it_goes_on(evaluation, project, coordinator, isobe, people.visitor)
    story = after.a_story_is_written(project, chair)
    public = after.all_consent_and_it_is_published(
        story, chair=chair, isobe=isobe, teacher=teacher, coordinator=coordinator, visitor=people.visitor
    )
    after.another_ward_wants_it_too(public, somebody(phone=True), people.visitor)
    after.a_chain_of_stories_is_shown(people.visitor)
    after.a_consent_is_withdrawn(
        story, public, isobe=isobe, chair=chair, officer=people.officer, visitor=people.visitor
    )
    after.a_collaboration_born_elsewhere_is_entered(coordinator, people.visitor)
    after.a_member_takes_everything_along(chair)
    after.somebody_leaves_for_good(somebody(phone=True, script=False))


def _plan(folder: Path) -> Path:
    """A sheet of paper to send along."""
    sheet = folder / "kaikan.pdf"
    sheet.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    return sheet


def _picture(folder: Path) -> Path:
    picture = folder / "curry.png"
    Image.new("RGB", (640, 480), (205, 150, 80)).save(picture)
    return picture


def a_visitor_finds_what_the_town_does(visitor: Reader) -> None:
    visitor.open("/")
    visitor.search("こども食堂")
    found = visitor.reads()
    assert "みなと子ども食堂 うみねこ" in found
    assert "さくらだいこども食堂" in found
    for spelling in ("子ども食堂", "子供食堂"):
        visitor.search(spelling)
        assert count_in(visitor) == count_in_text(found)
    visitor.search("企業")
    assert count_in(visitor) > 0
    visitor.search("こども食堂")
    visitor.follow("子ども食堂の会場を探しています（第一・第三土曜）")
    listing = visitor.reads()
    assert "みなと子ども食堂 うみねこ" in listing
    assert "市が確認済み" in listing
    assert "次にすること" in listing
    visitor.follow("みなと子ども食堂 うみねこ")
    assert "裏付け" in visitor.reads()


def count_in(reader: Reader) -> int:
    return count_in_text(reader.reads())


def count_in_text(text: str) -> int:
    found = re.search(r"([\d,]+)\s*件", text)
    assert found, text[:400]
    return int(found.group(1).replace(",", ""))


def somebody_registers_the_association(chair: Reader, today: dt.date) -> None:
    chair.open("/workspace/actors/new/")  # leads to the sign-in, and back here afterwards
    chair.follow("登録する")
    chair.sign_up(CHAIR, "浜田 正夫")
    assert "/workspace/actors/new/" in chair.page.url
    chair.select(chair.page.get_by_label("種類", exact=False).first, "neighborhood_association")
    chair.write("#id_name", "汐風台町内会")
    chair.write("#id_kana", "しおかぜだいちょうないかい")
    chair.select("#id_area", "港区")
    chair.write("#id_town", "汐風台")
    chair.write("#id_summary", "海の見える坂の町の、百二十世帯の町内会です。")
    chair.write("#id_description", "夏祭りと防災訓練、子どもの見守りをしています。")
    chair.write("#id_representative", "浜田 正夫")
    chair.select("#id_visibility_representative", "public")
    chair.write("#id_phone", "0000-55-0101")
    chair.select("#id_visibility_phone", "registered")
    chair.write("#id_address", "結浜市港区汐風台1番地")
    chair.select("#id_visibility_address", "city_hall")
    chair.press(re.compile("市に確認を頼む|登録|保存"))
    if "市に確認を頼む" in chair.reads():
        chair.press("市に確認を頼む")
    assert "市の確認を待っています" in chair.reads()


def a_second_member_is_invited(chair: Reader, secretary: Reader, worker: Callable[[], None]) -> None:
    chair.follow("仲間と招待")
    chair.follow(re.compile("招待"))
    chair.fill("招待する方のメールアドレス", SECRETARY)
    chair.choose(re.compile("編集"))
    chair.press("招待を送る")
    worker()
    secretary.open(secretary.link_from_mail("/workspace/invitations/", SECRETARY))
    secretary.follow("はじめて登録する")
    secretary.sign_up(SECRETARY, "浦野 しのぶ")
    secretary.press(re.compile("参加する"))
    assert "汐風台町内会" in secretary.reads()


def the_office_verifies_and_vouches(officer: Reader, visitor: Reader, today: dt.date) -> None:
    officer.become("鷹野 千尋")
    officer.open("/office/")
    officer.open("/office/actors/?state=pending&q=汐風台町内会")
    officer.follow("汐風台町内会")
    assert "0000-55-0101" in officer.reads()
    officer.press("確認済みにする")
    officer.follow(re.compile("裏付けを付ける"))
    officer.choose("登録")
    officer.fill("名称", "結浜市 市民活動団体登録")
    officer.select("#id_issuer", "結浜市 市民協働課")
    officer.date("終わりの日", today + dt.timedelta(days=365))
    officer.press(re.compile("付ける"))
    visitor.open("/register/?kind=registration")
    register = visitor.reads()
    assert "汐風台町内会" in register
    assert "結浜市 市民活動団体登録" in register
    officer.open("/office/audit/")
    assert "汐風台町内会" in officer.reads() or "personal_data" in officer.page.content()


def the_member_posts_a_need(chair: Reader, today: dt.date) -> str:
    """The need's page in the workspace; on the way the sign-in expires and nothing is lost."""
    chair.open("/workspace/listings/new/?side=need")
    chair.press(re.compile("これで書く：.*会場"))
    chair.fill("題名", "子ども食堂をひらける台所のある部屋をさがしています")
    chair.fill(
        "くわしく",
        "月に二回、土曜の昼に子どもとご近所でカレーを作って食べます。三十人ほど入れて、火の使える部屋をお借りしたいです。",
    )
    line = chair.page.get_by_role("group", name="必要なもの 1")
    chair.select(line.get_by_label("種類"), "place")
    chair.write(line.get_by_label("なにを"), "調理のできる部屋")
    chair.write(line.get_by_label("どれだけ"), "３０人")
    chair.select(line.get_by_label("単位"), "capacity")
    chair.press("必要なものをもう1つ足す")
    second = chair.page.get_by_role("group", name="必要なもの 2")
    chair.select(second.get_by_label("種類"), "people")
    chair.write(second.get_by_label("なにを"), "調理と配膳の手伝い")
    chair.write(second.get_by_label("どれだけ"), "4")
    chair.select(second.get_by_label("単位"), "people")
    chair.choose("港区")
    window = chair.page.get_by_role("group", name="日時 1")
    chair.date("いつから", today + dt.timedelta(days=20))
    chair.date("いつまで", today + dt.timedelta(days=120))
    chair.tick(window.get_by_label("土"))
    chair.write(window.get_by_label("何時から").first, "9:00")
    chair.write(window.get_by_label("何時まで").first, "15:00")
    chair.context.clear_cookies(name="sessionid")  # the sign-in has expired
    chair.press("下書きを保存")
    chair.sign_in(CHAIR)
    assert chair.page.get_by_label("題名").input_value().startswith("子ども食堂をひらける")
    chair.press("下書きを保存")
    draft = chair.page.url
    chair.write(chair.page.get_by_label("題名"), "子ども食堂をひらける台所つきの部屋を探しています")
    if chair.has_script:
        chair.page.wait_for_selector("[data-autosave-status]:has-text('保存しました')")
    else:
        chair.press("下書きを保存")
    chair.page.goto(draft)
    chair.press("確かめて公開")
    chair.press("公開する")
    found = chair.reads()
    assert "合いそうな理由" in found
    assert re.search(r"必要な30席に対し\d+席", found), found[:2000]
    address = chair.page.url
    chair.follow(re.compile("なぜ"))
    assert re.search("曜日|席|地域|条件", chair.reads())
    return re.sub(r"^https?://[^/]+", "", address)


def a_department_posts_a_menu_item(department: Reader, visitor: Reader) -> None:
    department.become("若林 美緒")
    department.open("/workspace/listings/new/?side=offer")
    department.press(re.compile("これで書く：.*協働メニュー"))
    department.fill("題名", "公園の花壇を一緒に育てます")
    department.fill("くわしく", "区内の公園の花壇を、近所のみなさんと一緒に手入れする仕組みです。")
    department.fill("できること", "花の苗と土を、春と秋の二回お渡しします。")
    department.fill("できないこと", "水道の新しい設置と、個人の庭の手入れはできません。")
    department.fill("だれが答えるか", "公園緑地課 協働係")
    department.fill("何営業日以内に答えるか", "5")
    line = department.page.get_by_role("group", name="できること 1")
    department.select(line.get_by_label("種類"), "goods")
    department.write(line.get_by_label("なにを"), "花の苗と土")
    department.choose("結浜市")
    department.press("確かめて公開")
    department.press("公開する")
    visitor.open("/search/?q=公園の花壇を一緒に育てます")
    visitor.follow("公園の花壇を一緒に育てます")
    text = visitor.reads()
    assert "個人の庭の手入れはできません" in text
    assert "5営業日以内" in text


def an_issue_becomes_a_need(citizen: Reader, neighbour: Reader, chair: Reader) -> None:
    citizen.become("小池 直子")
    citizen.open("/issues/")
    citizen.follow("困りごとを伝える")
    citizen.write("#id_title", "坂道の手すりがぐらぐらしています")
    citizen.write("#id_body", "雨の日に手をつくと動きます。お年寄りがこわがっています。")
    citizen.select("#id_area", "港区（区の全体）")
    citizen.write("#id_place_note", "石段の下から三つめ")
    citizen.press("伝える")
    address = re.sub(r"^https?://[^/]+", "", citizen.page.url)
    neighbour.become("磯部 勝")
    neighbour.open(address)
    neighbour.press("私も困っています")
    neighbour.open(address)
    assert "1人" in neighbour.reads()
    chair.open(address)
    chair.follow("ここからニーズを作る")
    chair.press(re.compile("これで書く：.*人手"))
    chair.fill("題名", "坂の手すりを直す人を探しています")
    chair.fill("くわしく", "ぐらつく手すりを見てくれる方、直し方を教えてくれる方をお願いします。")
    line = chair.page.get_by_role("group", name="必要なもの 1")
    chair.select(line.get_by_label("種類"), "people")
    chair.write(line.get_by_label("なにを"), "手すりを直す人")
    chair.choose("港区")
    chair.press("確かめて公開")
    chair.press("公開する")
    citizen.open(address)
    text = citizen.reads()
    assert "坂の手すりを直す人を探しています" in text
    assert "取り組みが始まっています" in text


def a_coordinator_sees_it_and_types_in_an_offer(coordinator: Reader, chair: Reader, need: str) -> None:
    coordinator.become("早瀬 みのり")
    coordinator.open("/desk/")
    assert "日待ち" in coordinator.reads()
    coordinator.select("#id_order", "newest")
    coordinator.press("しぼりこむ")
    coordinator.follow("子ども食堂をひらける台所つきの部屋を探しています")
    text = coordinator.reads()
    assert "調理のできる部屋" in text
    assert "調理と配膳の手伝い" in text
    coordinator.open("/desk/entry/")
    coordinator.write("#id_q", "汐風台")
    coordinator.press("さがす")
    coordinator.follow("汐風台町内会")
    coordinator.choose("紙")
    coordinator.select("#id_choice", "offer:goods")
    coordinator.fill("題名", "町内会の長机を十台お貸しできます")
    coordinator.fill("届いた言葉", "倉庫にある長机です。軽トラックで取りに来られる方にお貸しします。")
    coordinator.press("次へ")
    line = coordinator.page.get_by_role("group", name="できること 1")
    coordinator.select(line.get_by_label("種類"), "goods")
    coordinator.write(line.get_by_label("なにを"), "長机")
    coordinator.write(line.get_by_label("どれだけ"), "10")
    coordinator.select(line.get_by_label("単位"), "items")
    coordinator.choose("港区")
    coordinator.press("確かめて公開")
    coordinator.press("公開する")
    coordinator.open("/search/?q=町内会の長机を十台お貸しできます")
    coordinator.follow("町内会の長机を十台お貸しできます")
    assert "紙で受け付け、職員が代わりに入力しました" in coordinator.reads()
    chair.open("/workspace/inbox/")
    assert "町内会の長机を十台お貸しできます" in chair.reads()


def a_listing_is_reported_hidden_and_answered(
    visitor: Reader, officer: Reader, chair: Reader, need: str
) -> None:
    public = need.replace("/workspace/listings/", "/listings/")
    visitor.open(public)
    visitor.follow("この掲載の問題を知らせる")
    visitor.choose("個人の情報が載っている")
    visitor.fill("くわしく", "電話番号が書いてあるように見えます。")
    visitor.press("知らせる")
    officer.open("/office/reports/")
    officer.follow("子ども食堂をひらける台所つきの部屋を探しています")
    officer.follow(re.compile("非表示"))
    officer.fill(re.compile("理由"), "本文を確かめる間、非表示にします。")
    officer.press(re.compile("非表示"))
    assert visitor.status_of(public) == 404
    chair.open("/workspace/hidings/")
    chair.follow("子ども食堂をひらける台所つきの部屋を探しています")
    assert "本文を確かめる間" in chair.reads()
    chair.follow("返事を書く")
    chair.fill(re.compile("返事"), "電話番号は書いていません。確かめてください。")
    chair.press("返事を送る")
    officer.open("/office/hidings/")
    officer.follow("子ども食堂をひらける台所つきの部屋を探しています")
    assert "電話番号は書いていません" in officer.reads()
    officer.follow(re.compile("もう一度表示する"))
    officer.fill(re.compile("理由"), "確かめました。問題はありません。")
    officer.press(re.compile("表示"))
    visitor.open(public)
