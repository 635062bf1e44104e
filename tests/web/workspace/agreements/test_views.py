"""The agreement on the screen: written, shown, confirmed by each, changed, printed; nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.flow.cases.models import Agreement, AgreementVersion, Case, Confirmation
from musubi.flow.cases.queries import parties_of, terms_of
from musubi.flow.cases.services import begin_agreement, confirm_version, propose_version, revise_agreement
from musubi.web.design.forms import posted_boxes
from musubi.web.workspace.agreements.editor import TermsEditor
from musubi.web.workspace.agreements.section import section_of
from tests.factories import Town
from tests.together import join_case, make_agreement, make_case, make_offer, owner_of
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db
WORDS = {"cost": "なし", "risk": "なし", "publicity": "なし"}


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def typed(version: AgreementVersion, **changes: Any) -> dict[str, Any]:
    """What a browser posts from a filled page."""
    today = timezone.localdate()
    editor = TermsEditor(version)
    data: dict[str, Any] = {
        "form": "cooperation",
        "aim": "いすを持ち寄って夏祭りを開く。",
        "cost": "運ぶ費用は町内会が出す。",
        "risk": "なし",
        "publicity": "市の広報に載せる。",
        "other": "",
        **posted_boxes("starts_on", today),
        **posted_boxes("ends_on", today + dt.timedelta(days=30)),
        **posted_boxes("review_on", today + dt.timedelta(days=15)),
        "saves": version.saves,
        "indicators-TOTAL_FORMS": "2",
        "indicators-INITIAL_FORMS": "0",
        "indicators-0-name": "来た人",
        "indicators-0-unit": "人",
        "indicators-0-before": "",
        "indicators-0-target": "１２０人",
    }
    for _actor, fields in editor.parts:
        data[fields[0].html_name] = "準備と片付け"
    for _actor, fields in editor.uses:
        data[fields[0].html_name] = "40脚"
    return data | changes


def use_field(version: AgreementVersion) -> str:
    return TermsEditor(version).uses[0][1][0].html_name


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# The whole walk


def test_from_the_first_word_to_the_agreement(case: Case, town: Town, sign_in: Any) -> None:
    owner, other = sign_in(town.owner), sign_in(owner_of(parties_of(case)[1].actor))
    path = f"/workspace/agreements/{case.pk}/"
    assert "合意書は、まだありません" in page(owner, path)
    answer = owner.post(f"{path}begin/")
    version = AgreementVersion.objects.get()
    edit = f"/workspace/agreements/versions/{version.pk}/edit/"
    assert answer["Location"] == edit
    html = page(owner, edit)
    assert "共催：いっしょに主催者になります。" in html
    assert "全部で100個。いま使えるのは、あと100個です" in html
    assert 'value="40"' in html

    answer = owner.post(edit, {**typed(version), "act": "save"}, follow=True)
    assert "下書きを保存しました" in answer.content.decode()
    assert f'data-keep-clear="agreement-{version.pk}"' in answer.content.decode()
    version.refresh_from_db()
    terms = terms_of(AgreementVersion.objects.get())
    assert [(use.what, use.amount) for use in terms.uses] == [("折りたたみいす", 40)]
    assert [(row.name, row.target) for row in terms.indicators] == [("来た人", 120)]

    answer = owner.post(edit, {**typed(version), "act": "check"}, follow=True)
    html = answer.content.decode()
    is_sound(html)
    propose = f"/workspace/agreements/versions/{version.pk}/propose/"
    assert answer.redirect_chain[-1] == (f"{propose}?saved=1", 302)
    assert "折りたたみいす：100個のうち40個" in html
    answer = owner.post(propose, {"saves": version.saves}, follow=True)
    assert "確認をお願いしました" in answer.content.decode()

    html = page(other, path)
    assert "まだ確認していません" in html
    assert f"{town.actor}として確認しました" not in html
    confirm = f"/workspace/agreements/versions/{version.pk}/confirm/"
    answer = owner.post(confirm, {"actor": town.actor.pk}, follow=True)
    assert "ほかの団体の確認を待っています" in answer.content.decode()
    answer = other.post(confirm, {"actor": parties_of(case)[1].actor_id}, follow=True)
    html = answer.content.decode()
    is_sound(html)
    assert "みんなが確認しました。これで合意です。" in html
    assert "プロジェクトを始める" in html
    assert Case.objects.get().state == "agreed"


# Nothing typed is lost


def test_what_is_missing_is_said_and_the_rest_is_kept(
    case: Case, town: Town, now: dt.datetime, sign_in: Any
) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    client, edit = sign_in(town.owner), f"/workspace/agreements/versions/{version.pk}/edit/"
    answer = client.post(edit, {**typed(version, form="", risk=""), "act": "check"})
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 422
    assert "協働の形を1つ選んでください" in html
    assert "もしものときと保険のことを書いてください" in html
    assert "書いたところは下書きに保存しました" in html
    assert '<input type="hidden" name="saves" value="2" id="id_saves">' in html
    assert AgreementVersion.objects.get().aim == "いすを持ち寄って夏祭りを開く。"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on_month": "13"}, "その日付はありません"),
        ({"ends_on_year": "2020"}, "始まりの日と同じか、それより後"),
        ({"indicators-0-target": "たくさん"}, "数は「30」"),
        ({"indicators-0-name": ""}, "なにを数えるかを書いてください"),
        ({"aim": "あ" * 2001}, "2000文字まで"),
        ({"use": "101"}, "使えるのは、あと100個までです"),
        ({"use": "いくつか"}, "数は「30」"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    changes: dict[str, str], sentence: str, case: Case, town: Town, now: dt.datetime, sign_in: Any
) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    if "use" in changes:
        changes = {use_field(version): changes["use"]}
    answer = sign_in(town.owner).post(
        f"/workspace/agreements/versions/{version.pk}/edit/", {**typed(version, **changes), "act": "check"}
    )
    html = answer.content.decode()
    is_sound(html)
    assert (answer.status_code, sentence in html) == (422, True)
    assert "運ぶ費用は町内会が出す。" in html
    assert AgreementVersion.objects.get().saves == 1


def test_a_thing_without_a_number_is_ticked_and_nothing_is_no_use(
    town: Town, now: dt.datetime, sign_in: Any
) -> None:
    case = make_case(town, offers=0)
    join_case(case, make_offer(town, lines=[("place", "倉庫", None, ""), ("goods", "いす", 100, "items")]))
    version = begin_agreement(case=case, by=town.owner, now=now)
    (_actor, (store, chairs)) = TermsEditor(version).uses[0]
    data = typed(version) | {store.html_name: "on", chairs.html_name: ""}
    sign_in(town.owner).post(f"/workspace/agreements/versions/{version.pk}/edit/", data)
    assert [(use.what, use.amount) for use in terms_of(AgreementVersion.objects.get()).uses] == [
        ("倉庫", None)
    ]
    assert "checked" in page(sign_in(town.owner), f"/workspace/agreements/versions/{version.pk}/edit/")


def test_who_was_slower_keeps_what_was_typed(case: Case, town: Town, now: dt.datetime, sign_in: Any) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    edit = f"/workspace/agreements/versions/{version.pk}/edit/"
    sign_in(town.coordinator).post(edit, typed(version, aim="先に書いた目標"))
    slower = sign_in(town.owner)
    answer = slower.post(edit, typed(version, aim="あとから書いた目標"))
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 409
    assert "ほかの人が先に保存しました" in html
    assert "あとから書いた目標" in html
    assert AgreementVersion.objects.get().aim == "先に書いた目標"
    slower.post(edit, typed(version, aim="あとから書いた目標", saves=2))
    assert AgreementVersion.objects.get().aim == "あとから書いた目標"


@pytest.mark.parametrize("revised", [False, True])
def test_who_writes_what_is_already_shown_keeps_what_was_typed(
    revised: bool, town: Town, now: dt.datetime, sign_in: Any
) -> None:
    version = make_agreement(make_case(town), state="draft", **WORDS)
    data = typed(version, aim="間に合わなかった目標")
    propose_version(version=version, by=town.coordinator, now=now)
    if revised:
        revise_agreement(agreement=version.agreement, by=town.coordinator, now=now)
    edit = f"/workspace/agreements/versions/{version.pk}/edit/"
    answer = sign_in(town.owner).post(edit, data)
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 409
    assert "この版は、もう書き直せません" in html
    assert "間に合わなかった目標" in html
    assert 'value="save"' not in html
    assert sign_in(town.owner).get(edit)["Location"] == f"/workspace/agreements/{version.agreement.case_id}/"


def test_rows_grow_and_shrink_without_script(case: Case, town: Town, now: dt.datetime, sign_in: Any) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    client, edit = sign_in(town.owner), f"/workspace/agreements/versions/{version.pk}/edit/"
    html = client.post(edit, {**typed(version, form=""), "add_row": "indicators"}).content.decode()
    is_sound(html)
    assert "数えるもの 3" in html
    assert "選んでください。" not in html
    html = client.post(edit, {**typed(version), "remove_row": "indicators-0"}).content.decode()
    assert "来た人" not in html
    assert AgreementVersion.objects.get().saves == 1


def test_an_expired_sign_in_gives_back_what_was_typed(case: Case, town: Town, now: dt.datetime) -> None:
    version = begin_agreement(case=case, by=town.owner, now=now)
    client, edit = Client(), f"/workspace/agreements/versions/{version.pk}/edit/"
    client.post(edit, typed(version, aim="長い目標です。"))
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    html = page(client, edit)
    assert "長い目標です。" in html
    assert "入力していた内容を戻しました" in html
    assert AgreementVersion.objects.get().aim != "長い目標です。"


# Two people at once


@pytest.mark.parametrize(("who", "own"), [("coordinator", False), ("owner", True)])
def test_only_a_party_is_asked_to_confirm_for_its_group(
    case: Case, town: Town, sign_in: Any, who: str, own: bool
) -> None:
    version = make_agreement(case, state="draft", **WORDS)
    path = f"/workspace/agreements/versions/{version.pk}/propose/"
    answer = sign_in(getattr(town, who)).post(path, {"saves": version.saves}, follow=True)
    html = answer.content.decode()
    assert "確認をお願いしました" in html
    assert ("あなたの団体も" in html) is own


def test_a_draft_that_changed_is_read_again_before_it_is_proposed(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), state="draft", **WORDS)
    AgreementVersion.objects.update(saves=5)
    propose = f"/workspace/agreements/versions/{version.pk}/propose/"
    answer = sign_in(town.owner).post(propose, {"saves": 1})
    assert answer["Location"] == propose
    assert "先に内容を変えました" in said(answer)
    assert Agreement.objects.get().state == "draft"


def test_what_is_not_complete_leads_back_to_the_form(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), state="draft")
    propose = f"/workspace/agreements/versions/{version.pk}/propose/"
    html = page(sign_in(town.owner), propose)
    assert "お金の分担を書いてください" in html
    assert 'name="saves"' not in html
    answer = sign_in(town.owner).post(propose)
    assert answer["Location"].endswith("/edit/")
    assert "お金の分担を書いてください" in said(answer)


def test_who_confirms_an_old_version_is_led_to_the_new_one(
    town: Town, now: dt.datetime, sign_in: Any
) -> None:
    version = make_agreement(make_case(town), state="confirming")
    revise_agreement(agreement=version.agreement, by=town.coordinator, now=now)
    path = f"/workspace/agreements/versions/{version.pk}/confirm/"
    answer = sign_in(town.owner).post(path, {"actor": town.actor.pk})
    assert answer["Location"] == f"/workspace/agreements/{version.agreement.case_id}/"
    assert "内容が変わりました" in said(answer)
    answer = sign_in(town.coordinator).post(f"{path}{town.actor.pk}/", {"source": "telephone"})
    assert "内容が変わりました" in said(answer)
    assert not Confirmation.objects.exists()


def test_who_revises_what_was_agreed_meanwhile_is_told(town: Town, now: dt.datetime, sign_in: Any) -> None:
    case = make_case(town)
    version = make_agreement(case, state="confirming")
    client, path = sign_in(town.owner), f"/workspace/agreements/{case.pk}/revise/"
    html = page(client, path)
    assert 'name="seen" value="confirming"' in html
    assert "引きつがれません" in html
    for party in parties_of(case):
        confirm_version(version=version, actor=party.actor, by=owner_of(party.actor), now=now)
    answer = client.post(path, {"seen": "confirming"})
    assert "内容が変わりました" in said(answer)
    assert AgreementVersion.objects.count() == 1
    assert "そのまま有効です" in page(client, path)
    answer = client.post(path, {"seen": "agreed"})
    second = AgreementVersion.objects.get(number=2)
    assert answer["Location"] == f"/workspace/agreements/versions/{second.pk}/edit/"
    assert client.post(path, {"seen": "agreed"}).status_code == 409


# Staff, readers, changes, paper


def test_staff_type_in_what_they_heard(town: Town, sign_in: Any) -> None:
    case = make_case(town)
    version = make_agreement(case, state="confirming")
    actor = parties_of(case)[1].actor
    client, path = (
        sign_in(town.coordinator),
        f"/workspace/agreements/versions/{version.pk}/confirm/{actor.pk}/",
    )
    assert path in page(client, f"/workspace/agreements/{case.pk}/")
    assert "どのように聞きましたか" in page(client, path)
    answer = client.post(path)
    is_sound(answer.content.decode())
    assert "選んでください" in answer.content.decode()
    client.post(path, {"source": "telephone"})
    row = Confirmation.objects.get()
    assert (row.actor, row.source, row.said_by) == (actor, "telephone", town.coordinator)
    html = page(client, f"/workspace/agreements/{case.pk}/")
    assert "確認しました（電話）" in html
    assert f"入力した人：{town.coordinator.name}さん" in html
    assert client.get(path).status_code == client.post(path, {"source": "fax"}).status_code == 403
    assert sign_in(town.coordinator).get(path.replace(str(actor.pk), "999999")).status_code == 404


def test_who_only_reads_sees_why_the_buttons_do_nothing(town: Town, sign_in: Any) -> None:
    case = make_case(town)
    version = make_agreement(case, state="confirming")
    html = page(sign_in(town.viewer), f"/workspace/agreements/{case.pk}/")
    assert "当事者の団体の管理者・編集の担当と、コーディネーターだけ" in html
    assert "として確認しました" not in html
    path = f"/workspace/agreements/versions/{version.pk}/confirm/"
    refused = sign_in(town.viewer).post(path, {"actor": town.actor.pk})
    assert refused.status_code == 403
    assert "編集の担当です" in refused.content.decode()
    assert sign_in(town.owner).post(path, {"actor": "x"})["Location"] == f"/workspace/agreements/{case.pk}/"


def test_a_change_is_shown_word_by_word(town: Town, now: dt.datetime, sign_in: Any) -> None:
    case = make_case(town, state="agreed")
    first = make_agreement(case, cost="会場費は市が持つ。<b>")
    second = revise_agreement(agreement=first.agreement, by=town.owner, now=now)
    AgreementVersion.objects.filter(pk=second.pk).update(cost="会場費は町内会が持つ。<b>")
    client = sign_in(town.owner)
    for path in (f"/workspace/agreements/{case.pk}/", f"/workspace/agreements/versions/{second.pk}/"):
        html = page(client, path)
        assert "第1版から変わったところ" in html
        assert '<del><span class="visually-hidden">（削除：</span>市<span' in html
        assert '<ins><span class="visually-hidden">（追加：</span>町内会<span' in html
        assert "が持つ。&lt;b&gt;" in html
    assert "に合意した第1版です" in page(client, f"/workspace/agreements/{case.pk}/")
    assert "変わったところ" not in page(client, f"/workspace/agreements/versions/{first.pk}/")


def test_a_project_that_has_begun_shows_what_was_agreed(town: Town, now: dt.datetime, sign_in: Any) -> None:
    case = make_case(town, state="agreed")
    first = make_agreement(case, aim="合意した目標")
    second = revise_agreement(agreement=first.agreement, by=town.owner, now=now)
    AgreementVersion.objects.filter(pk=second.pk).update(aim="書きかけの目標")
    Case.objects.update(state="started")
    html = page(sign_in(town.owner), f"/workspace/agreements/{case.pk}/")
    assert "合意した目標" in html
    assert "書きかけの目標" not in html
    assert "もう変わりません" in html


@pytest.mark.parametrize("state", ["draft", "confirming", "agreed"])
def test_it_goes_on_paper(state: str, town: Town, sign_in: Any) -> None:
    case = make_case(town)
    version = make_agreement(case, state=state, **WORDS)
    html = page(sign_in(town.viewer), f"/workspace/agreements/versions/{version.pk}/print/")
    assert html.count("令和　　年　　月　　日") == html.count("署名または印") == 2
    for party in parties_of(case):
        assert party.actor.name in html
    assert ("合意した日：令和" in html) == (state == "agreed")


def test_who_has_left_reads_the_old_and_not_the_new(town: Town, now: dt.datetime, sign_in: Any) -> None:
    case = make_case(town, state="agreed", offers=2)
    first = make_agreement(case)
    gone = parties_of(case)[2]
    gone.left_at = timezone.now()
    gone.save()
    later = timezone.now()
    second = revise_agreement(agreement=first.agreement, by=town.owner, now=later)
    client = sign_in(owner_of(gone.actor))
    html = page(client, f"/workspace/agreements/{case.pk}/")
    assert "第1版" in html
    assert "続きを書く" not in html
    assert "第2版" not in html
    assert client.get(f"/workspace/agreements/versions/{second.pk}/").status_code == 404
    draft = make_agreement(make_case(town), state="draft").agreement.case
    left = parties_of(draft)[1]
    left.left_at = timezone.now()
    left.save()
    assert sign_in(owner_of(left.actor)).get(f"/workspace/agreements/{draft.pk}/").status_code == 404


# The section of the case page


def section(case: Case, person: Any) -> tuple[dict[str, Any], str]:
    from django.template.loader import render_to_string

    request = RequestFactory().get("/")
    request.user = person
    values = section_of(request, case)
    html = render_to_string("workspace/agreements/section.html", {"agreement": values, "case": case}, request)
    return values, html


def test_the_case_page_says_where_it_stands(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    assert "合意書を書きはじめる" in section(case, town.owner)[1]
    assert "button-refused" in section(case, town.viewer)[1]
    version = make_agreement(case, state="confirming")
    Confirmation.objects.create(version=version, actor=town.actor, said_at=now)
    values, html = section(case, town.owner)
    assert (values["state"], values["said"]) == ("確認中", [town.actor])
    assert "合意書を確認する" in html
    assert f"/workspace/agreements/{case.pk}/" in html
    case.state = "agreed"
    case.save()
    confirm_version(
        version=version, actor=parties_of(case)[1].actor, by=owner_of(parties_of(case)[1].actor), now=now
    )
    revise_agreement(agreement=version.agreement, by=town.owner, now=now)
    values, html = section(Case.objects.get(), town.owner)
    assert values["state"] == "下書き"
    assert "に合意した第1版が有効です" in html


def test_a_long_history_takes_as_many_questions_as_a_short_one(
    town: Town, now: dt.datetime, sign_in: Any
) -> None:
    case = make_case(town, state="agreed")
    version = make_agreement(case)
    client, counts = sign_in(town.owner), []
    for _ in range(2):
        client = sign_in(town.owner)
        with CaptureQueriesContext(connection) as counted:
            page(client, f"/workspace/agreements/{case.pk}/")
        counts.append(len(counted))
        for number in range(10):
            again = revise_agreement(agreement=version.agreement, by=town.owner, now=now)
            AgreementVersion.objects.filter(pk=again.pk).update(
                **WORDS, other=f"{number}回め", saves=1, review_on=version.review_on
            )
            again.refresh_from_db()
            propose_version(version=again, by=town.owner, now=now)
            for party in parties_of(case):
                confirm_version(version=again, actor=party.actor, by=owner_of(party.actor), now=now)
    html = page(client, f"/workspace/agreements/{case.pk}/")
    assert html.count("に合意しました") == 21
    assert "いま有効なのは" not in html
    assert counts[1] == counts[0]
