"""The main tasks with the keyboard alone: nothing here touches a mouse, and the focus is seen at every step."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from musubi.flow.actors.models import Actor
from musubi.flow.cases.models import Case
from musubi.flow.listings.models import Listing
from tests.factories import Town, make_actor, make_listing
from tests.together import make_case, make_introduction, make_meeting
from tests.web.pairs import Pair

from .conftest import Opener
from .keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def button(page: Page, name: str | re.Pattern[str], within: str = "main") -> object:
    return page.locator(within).get_by_role("button", name=name)


def test_a_visitor_searches_opens_and_changes_language_and_look(pair: Pair, opened: Opener) -> None:
    page = opened()
    keys = Keyboard(page).open("/")
    keys.tab()
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    keys.write(page.locator("main").get_by_role("searchbox"), "いす")
    keys.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    keys.enter(page.locator("main").get_by_role("link", name="夏祭りのいすを探しています").first)
    heading(page, re.compile("夏祭りのいす"))
    keys.enter(page.get_by_role("button", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    keys.enter(page.get_by_role("button", name="日本語", exact=True))
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    keys.enter(page.get_by_role("link", name="見え方を選ぶ"))
    keys.pick(page.locator("#look-dark"))
    keys.enter(page.get_by_role("button", name="この見え方にする"))
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    expect(page.get_by_role("status")).to_contain_text("見え方を変えました")


def test_somebody_signs_in_and_out(town: Town, opened: Opener) -> None:
    page = opened()
    keys = Keyboard(page).open("/accounts/login/")
    keys.write(page.get_by_label("メールアドレス"), town.owner.email)
    keys.press("Enter")
    code = page.get_by_label("メールに届いた番号")
    expect(code).to_be_visible()
    keys.write(code, re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))[0])  # type: ignore[index]
    keys.press("Enter")
    menu = page.locator("details.menu summary")
    expect(menu).to_be_visible()
    keys.enter(menu)
    keys.enter(page.get_by_role("link", name="出る（ログアウト）"))
    keys.enter(page.get_by_role("button", name="出る", exact=True))
    expect(page.locator("header").get_by_role("link", name="入る（ログイン）")).to_be_visible()


def test_a_member_writes_a_need_to_publication(town: Town, opened: Opener) -> None:
    page = opened(town.owner)
    keys = Keyboard(page).open("/workspace/listings/new/?side=need")
    keys.enter(page.get_by_role("button", name=re.compile("これで書く：.*会場")))
    heading(page, "ニーズを書く")
    keys.enter(button(page, "確かめて公開"))
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    keys.enter(summary.get_by_role("link", name=re.compile("題名")))
    expect(page.get_by_label("題名")).to_be_focused()
    page.keyboard.type("台所のある部屋を探しています")
    keys.write(page.get_by_label("くわしく"), "土曜の昼に、三十人ほどで使います。")
    line = page.get_by_role("group", name="必要なもの 1")
    kind = line.get_by_label("種類")
    keys.to(kind)
    while kind.input_value() != "place":
        keys.press("ArrowDown")
    keys.write(line.get_by_label("なにを"), "調理のできる部屋")
    keys.write(line.get_by_label("どれだけ"), "30")
    keys.tick(page.get_by_label("港区"))
    keys.enter(button(page, "確かめて公開"))
    heading(page, "このように載ります。確かめてください")
    keys.enter(button(page, "公開する"))
    expect(page).to_have_url(re.compile(r"/workspace/listings/\d+/(\?|#|$)"))
    assert Listing.objects.get().state == "published"


def test_a_member_answers_an_introduction(pair: Pair, opened: Opener) -> None:
    introduction = make_introduction(pair.need, pair.offer)
    make_case(pair.town, state="open", need=pair.need).introductions.create(introduction=introduction)
    page = opened(pair.giver)
    keys = Keyboard(page).open("/workspace/introductions/")
    keys.enter(page.locator("main").get_by_role("link", name=re.compile("紹介|と")).first)
    yes = page.get_by_role("radio", name="話してみたい")
    keys.pick(yes)
    keys.write(page.get_by_label("ひとこと").first, "いつでもお声がけください。")
    keys.enter(button(page, "返事を送る"))
    expect(page.get_by_role("status")).to_be_visible()
    assert introduction.replies.get(side="offer").answer == "yes"


def test_a_coordinator_writes_the_next_step_and_the_record(town: Town, opened: Opener) -> None:
    case = make_case(town, title="夏祭りのいす")
    meeting = make_meeting(case, state="fixed", starts_at=timezone.now() - dt.timedelta(hours=2))
    page = opened(town.coordinator)
    keys = Keyboard(page).open("/desk/cases/")
    keys.enter(page.locator("main").get_by_role("link", name="夏祭りのいす").first)
    keys.enter(page.locator("main summary").filter(has_text="次にすることを書く"))
    keys.write(page.locator("#id_what"), "会社に電話する")
    day = timezone.localdate() + dt.timedelta(days=7)
    for box, number in zip(
        page.locator(".date-box input").all(), (day.year, day.month, day.day), strict=False
    ):
        keys.write(box, str(number))
    keys.enter(button(page, "書いておく"))
    expect(page.get_by_text("次にすること：会社に電話する").first).to_be_visible()
    assert Case.objects.get().next_step == "会社に電話する"
    keys.enter(page.locator("main").get_by_role("link", name=re.compile("^打ち合わせ")).first)
    keys.enter(page.locator("main").get_by_role("link", name=re.compile("記録を書く")).first)
    heading(page, "打ち合わせの記録を書く")
    keys.write(page.locator("#id_notes"), "いすは40脚、前日の夕方に運ぶ。")
    row = page.get_by_role("group", name="決めたこと 1")
    keys.write(row.locator("input[type=text], textarea").first, "軽トラックを借りる")
    owner = row.locator("select").first
    keys.to(owner)
    keys.press("ArrowDown")
    for box, number in zip(
        row.locator(".date-box input").all(), (day.year, day.month, day.day), strict=False
    ):
        keys.write(box, str(number))
    keys.enter(button(page, "記録を残す"))
    expect(page.get_by_role("status")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_the_office_confirms_an_actor(town: Town, opened: Opener) -> None:
    actor = make_actor(town.municipality, state="pending", name="汐風台町内会")
    page = opened(town.officer)
    keys = Keyboard(page).open("/office/actors/?state=pending")
    keys.enter(page.locator("main").get_by_role("link", name="汐風台町内会"))
    keys.enter(button(page, "確認済みにする"))
    expect(page.get_by_role("status")).to_be_visible()
    assert Actor.objects.get(pk=actor.pk).state == "verified"


def test_menus_and_dialogs_open_close_and_give_the_focus_back(town: Town, opened: Opener) -> None:
    page = opened(town.coordinator)
    keys = Keyboard(page).open("/design/")
    person = page.locator("details.menu summary")
    keys.enter(person)
    keys.to(page.get_by_role("link", name="コーディネーターの机"))
    keys.press("Escape")
    expect(person).to_be_focused()
    expect(page.get_by_role("link", name="コーディネーターの机")).to_be_hidden()
    opener = page.locator("main [popovertarget]:not([popovertargetaction])").first
    dialog = page.locator(f"#{opener.get_attribute('popovertarget')}")
    opener.focus()
    keys.press("Enter")
    expect(dialog).to_be_visible()
    keys.to(dialog.get_by_role("button", name="閉じる"))
    keys.press("Enter")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    keys.press("Enter")
    expect(dialog).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_focus_goes_once_through_a_page_and_is_seen_everywhere(
    town: Town, opened: Opener, width: int
) -> None:
    for number in range(6):
        make_listing(town.actor, title=f"机を貸してください その{number}", areas=[town.wards[0]])
    page = opened(town.owner, width=width, height=500)
    for path, least in (
        ("/search/", 20),
        (f"/listings/{Listing.objects.first().pk}/", 15),
        ("/workspace/", 15),
    ):  # type: ignore[union-attr]
        seen = Keyboard(page).open(path).around()
        assert len(seen) >= least, path
