"""The pages on which a project is looked back on."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from musubi.base.accounts.models import User
from musubi.flow.outcomes.enums import PartnerQuestion, VoiceQuestion
from musubi.flow.outcomes.models import Evaluation, PartnerReview, Voice
from musubi.flow.outcomes.services import close_evaluation
from musubi.web.workspace.evaluations.section import section_of
from tests.factories import Town
from tests.flow.outcomes.samples import give_review, join, make_team, name_only, owner, voice_value
from tests.together import make_evaluation
from tests.web.sound import is_sound


@pytest.fixture
def evaluation(town: Town) -> Evaluation:
    return make_evaluation(make_team(town)[0])


def path_of(evaluation: Evaluation, rest: str = "") -> str:
    return f"/workspace/evaluations/{evaluation.pk}/{rest}"


def page(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    is_sound(html)
    return html


def answers(points: int = 4, **fields: Any) -> dict[str, Any]:
    return {
        **{f"q_{name}": points for name in PartnerQuestion.values},
        "without_musubi": "later",
        "decision": "continue",
        **fields,
    }


def rows(*lines: dict[str, str], **fields: str) -> dict[str, str]:
    data = {"rows-TOTAL_FORMS": str(len(lines)), "rows-INITIAL_FORMS": "0", **fields}
    for number, line in enumerate(lines):
        data |= {f"rows-{number}-{name}": value for name, value in line.items()}
    return data


BOTH = ({"name": "参加した人", "unit": "人"}, {"name": "手伝った人", "unit": "人"})


def test_beginning(town: Town, sign_in: Any) -> None:
    project, _ = make_team(town)
    client = sign_in(town.owner)
    answer = client.post(f"/workspace/evaluations/new/{project.pk}/", follow=True)
    evaluation = Evaluation.objects.get()
    assert answer.redirect_chain == [(path_of(evaluation), 302)]
    html = answer.content.decode()
    is_sound(html)
    assert "10の質問への答えをお願いしました" in html
    assert "参加した人" in html
    again = client.post(f"/workspace/evaluations/new/{project.pk}/")
    assert again.status_code == 403
    assert "いま記入中の振り返り" in again.content.decode()
    assert client.get(f"/workspace/evaluations/new/{project.pk}/").status_code == 405
    assert sign_in(town.citizen).post(f"/workspace/evaluations/new/{project.pk}/").status_code == 404


def test_ten_answers(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    lead, company = evaluation.project.partners.order_by("pk")
    give_review(evaluation, company, 2, learnt="会社のことば")
    client, path = sign_in(town.owner), path_of(evaluation, f"partners/{lead.pk}/")
    before = page(client, path_of(evaluation))
    assert "会社のことば" not in before
    assert "あなたの団体が答えたあとに読めます" in before
    assert "団体の答えの平均" not in before
    html = page(client, path)
    assert html.count('type="radio"') == 10 * 5 + 5 + 3
    answer = client.post(path, answers(learnt="早めの声かけ"), follow=True)
    assert answer.redirect_chain == [(path_of(evaluation), 302)]
    html = answer.content.decode()
    is_sound(html)
    assert "ほかの団体の答えも読めるようになりました" in html
    assert "会社のことば" in html
    assert "団体の答えの平均" in html
    assert "早めの声かけ" in page(client, path)
    client.post(path, answers(5))
    assert PartnerReview.objects.get(partner=lead).answers["aim"] == 5


def test_what_is_missing_is_said_at_its_question(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    lead = evaluation.project.partners.get(role="lead")
    data = answers(learnt="書きかけ")
    del data["q_aim"], data["without_musubi"]
    html = sign_in(town.owner).post(path_of(evaluation, f"partners/{lead.pk}/"), data).content.decode()
    is_sound(html)
    assert "次の2か所を直してください" in html
    assert "「目的を、みんなで分かち合えた」を選んでください。" in html
    assert "書きかけ" in html
    assert PartnerReview.objects.count() == 0


def test_staff_type_in_what_they_heard(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    named = name_only(evaluation.project)
    client, path = sign_in(town.coordinator), path_of(evaluation, f"partners/{named.pk}/")
    assert "聞いた答えを入力する" in page(client, path_of(evaluation))
    assert "代わりに入力します" in page(client, path)
    assert "「答えの受け取り方」を選んでください。" in client.post(path, answers()).content.decode()
    assert "直してください" in client.post(path, answers(source="web")).content.decode()
    assert PartnerReview.objects.count() == 0
    client.post(path, answers(source="telephone"))
    assert PartnerReview.objects.get().source == "telephone"
    html = page(client, path_of(evaluation))
    assert "（電話）" in html
    assert "まだ答えていない団体には、ほかの団体の答えは見えていません" in html


def test_nobody_answers_for_another(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    lead, company = evaluation.project.partners.order_by("pk")
    path = path_of(evaluation, f"partners/{lead.pk}/")
    for person in (town.viewer, owner(company)):
        client = sign_in(person)
        for answer in (client.get(path), client.post(path, answers())):
            assert answer.status_code == 403
            assert "その団体の管理者・編集の担当" in answer.content.decode()
    other = make_evaluation(make_team(town)[0]).project.partners.get(role="partner")
    assert sign_in(town.owner).get(path_of(evaluation, f"partners/{other.pk}/")).status_code == 404
    assert PartnerReview.objects.count() == 0


def test_an_expired_sign_in_gives_back_the_answers(evaluation: Evaluation, town: Town) -> None:
    lead = evaluation.project.partners.get(role="lead")
    for path, data, kept in (
        (path_of(evaluation, f"partners/{lead.pk}/"), answers(learnt="長い答えです。"), "長い答えです。"),
        (path_of(evaluation, "figures/"), rows({"name": "出店の数"}), "出店の数"),
        (path_of(evaluation, "close/"), {"summary": "長いまとめです。"}, "長いまとめです。"),
    ):
        client = Client()
        client.post(path, data)
        client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
        html = page(client, path)
        assert kept in html
        assert "入力していた内容を戻しました" in html


def test_figures_as_people_type_them(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.owner), path_of(evaluation, "figures/")
    html = page(client, path)
    assert 'value="参加した人"' in html
    lines = (
        {**BOTH[0], "before": "０", "target": "約1,200人", "after": "1.2万"},
        {**BOTH[1], "after": "３．５時間", "note": "半日"},
        {"name": "出店", "unit": "店", "after": "7店"},
    )
    answer = client.post(path, rows(*lines), follow=True)
    assert answer.redirect_chain == [(path_of(evaluation), 302)]
    found = list(evaluation.indicators.values_list("name", "before", "target", "after"))
    assert [[None if v is None else str(v.normalize()) for v in line[1:]] for line in found] == [
        ["0", "1.2E+3", "1.2E+4"],
        [None, None, "3.5"],
        [None, None, "7"],
    ]
    assert "目標の1,200人に届きました" in answer.content.decode()
    assert 'value="12,000"' in page(client, path)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("たくさん", "数は「30」や「30人」のように入れてください。"),
        ("0.333", "小数は2けたまでにしてください。"),
        ("3時間半", "「時間半」では数えられません。"),
        ("10000000000000", "以下の数を入れてください。"),
    ],
)
def test_a_figure_that_cannot_be_read(
    after: str, sentence: str, evaluation: Evaluation, town: Town, sign_in: Any
) -> None:
    data = rows({**BOTH[0], "after": after}, BOTH[1])
    html = sign_in(town.owner).post(path_of(evaluation, "figures/"), data).content.decode()
    is_sound(html)
    assert sentence in html
    assert f'value="{after}"' in html


def test_rows_are_added_and_what_was_agreed_on_stays(
    evaluation: Evaluation, town: Town, sign_in: Any
) -> None:
    client, path = sign_in(town.owner), path_of(evaluation, "figures/")
    html = client.post(path, rows(*BOTH, add_row="rows")).content.decode()
    assert 'name="rows-2-name"' in html
    assert evaluation.indicators.count() == 2


def test_two_who_write_figures_at_once(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.owner), path_of(evaluation, "figures/")
    seen = client.get(path).context["seen"]
    sign_in(town.officer).post(path, rows({**BOTH[0], "after": "80"}, BOTH[1], seen=seen))
    answer = client.post(path, rows({**BOTH[0], "after": "90"}, BOTH[1], seen=seen))
    html = answer.content.decode()
    is_sound(html)
    assert "ほかの人が先に数を直しました" in html
    assert 'value="90"' in html
    assert "80人" in html
    client.post(path, rows({**BOTH[0], "after": "90"}, BOTH[1], seen=answer.context["seen"]))
    assert evaluation.indicators.first().after == 90


def test_summing_up_and_opening_again(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    lead, company = evaluation.project.partners.order_by("pk")
    give_review(evaluation, lead, next_year="いす60脚")
    client, path = sign_in(town.owner), path_of(evaluation, "close/")
    html = page(client, path)
    assert "まだ答えていない団体があります" in html
    assert company.actor.name in html
    assert "いす60脚" in html
    missing = client.post(path, {"summary": "よい会でした。"}).content.decode()
    is_sound(missing)
    assert "「これから」を選んでください。" in missing
    assert "よい会でした。" in missing
    answer = client.post(path, {"summary": "よい会でした。", "decision": "repeat"}, follow=True)
    html = answer.content.decode()
    is_sound(html)
    assert "もう一度行う" in html
    assert "数を入れる" not in html
    second = client.post(path, {"summary": "二回目", "decision": "stop"})
    assert second.status_code == 409
    assert client.get(path).status_code == 302
    client.post(path_of(evaluation, "reopen/"))
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.summary) == ("open", "よい会でした。")
    assert client.post(path_of(evaluation, "reopen/")).status_code == 409


def test_who_does_not_lead_reads_why_the_button_does_nothing(
    evaluation: Evaluation, town: Town, sign_in: Any
) -> None:
    company = evaluation.project.partners.get(role="partner")
    for person in (owner(company), town.viewer):
        client = sign_in(person)
        assert "まとめるのは、中心になる団体" in page(client, path_of(evaluation))
        for verb in ("close/", "reopen/"):
            assert client.post(path_of(evaluation, verb), {"decision": "stop"}).status_code == 403


def test_voices_are_read_and_typed_in(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    client = sign_in(town.coordinator)
    assert "まだ声は届いていません" in page(client, path_of(evaluation, "voices/"))
    path = path_of(evaluation, "voices/new/")
    page(client, path)
    data = {**dict.fromkeys(VoiceQuestion.values, 4), "relation": "family", "words": "また来ます。"}
    html = client.post(path, data, follow=True).content.decode()
    is_sound(html)
    assert "1枚入力しました" in html
    assert "いまは1人の声" in html
    assert Voice.objects.get().typed_by == town.coordinator
    html = page(sign_in(town.viewer), path_of(evaluation, "voices/"))
    assert "また来ます。" in html
    assert "家族が参加した" in html
    assert sign_in(town.owner).get(path).status_code == 403
    assert "紙の声を入力する" not in page(sign_in(town.owner), path_of(evaluation))


def test_the_sheet_to_hand_out(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    html = page(sign_in(town.viewer), path_of(evaluation, "voices/print/"))
    assert f"http://testserver/v/{evaluation.token}/" in html
    for question in VoiceQuestion:
        assert str(question.label) in html
    assert "□ そう思う" in html


def test_it_is_nobody_elses_business(
    evaluation: Evaluation, town: Town, other_town: Town, sign_in: Any
) -> None:
    left = join(evaluation.project, town, left_on=dt.date(2026, 1, 1))
    for person in (town.citizen, other_town.officer, other_town.owner, owner(left)):
        client = sign_in(person)
        for rest in ("", "figures/", "close/", "voices/", "voices/new/", "voices/print/"):
            assert client.get(path_of(evaluation, rest)).status_code == 404
        assert client.post(path_of(evaluation, "reopen/")).status_code == 404


def test_pages_ask_a_constant_number_of_questions(
    evaluation: Evaluation, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    lead = evaluation.project.partners.get(role="lead")
    give_review(evaluation, lead)

    def fill() -> None:
        give_review(evaluation, join(evaluation.project, town), next_year="いす")
        join(evaluation.project, town)
        evaluation.voices.create(relation="other", answers=voice_value().answers, given_at=now)
        evaluation.indicators.create(name="さらに")

    counts: dict[str, list[int]] = {}
    for times in (1, 29):
        for _ in range(times):
            fill()
        for person in (town.owner, town.coordinator):
            for rest in ("", "voices/", "close/", "figures/", "voices/print/"):
                client = sign_in(person)
                with CaptureQueriesContext(connection) as counted:
                    page(client, path_of(evaluation, rest))
                counts.setdefault(f"{person} {rest}", []).append(len(counted))
    assert {key: first for key, (first, _) in counts.items()} == {
        key: last for key, (_, last) in counts.items()
    }


def test_the_part_on_the_projects_page(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=town.owner.pk)
    part = section_of(request, evaluation.project)
    assert (part["current"], part["earlier"], len(part["turns"])) == (evaluation, [], 2)
    assert not part["may_open"]
    close_evaluation(evaluation=evaluation, decision="continue", by=town.owner, now=now)
    part = section_of(request, evaluation.project)
    assert part["may_open"]
    assert part["result"].decision_label == "続ける"
    second = make_evaluation(evaluation.project, number=2)
    part = section_of(request, evaluation.project)
    assert (part["current"], part["earlier"]) == (second, [evaluation])
    request.user = User.objects.get(pk=town.citizen.pk)
    part = section_of(request, evaluation.project)
    assert (part["current"], part["result"]) == (None, None)


def test_the_projects_own_pages_lead_here_and_show_the_result(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    project, _ = make_team(town)
    path, client = f"/workspace/projects/{project.pk}/", sign_in(town.owner)
    assert "振り返りを始める" in page(client, path)
    evaluation = make_evaluation(project)
    assert path_of(evaluation) in page(client, path)
    assert "よい会でした。" not in page(Client(), f"/projects/{project.pk}/")
    close_evaluation(
        evaluation=evaluation, summary="よい会でした。", decision="repeat", by=town.owner, now=now
    )
    assert "もう一度、振り返りを始める" in page(client, path)
    assert "よい会でした。" in page(Client(), f"/projects/{project.pk}/")


def test_staff_read_why_they_cannot_replace_a_partners_own_answer(
    evaluation: Evaluation, town: Town, sign_in: Any
) -> None:
    company = evaluation.project.partners.get(role="partner")
    give_review(evaluation, company)
    client, path = sign_in(town.coordinator), path_of(evaluation, f"partners/{company.pk}/")
    html = page(client, path_of(evaluation))
    assert "この団体は、自分で画面から答えています" in html
    assert path not in html
    assert client.get(path).status_code == 403
    late = client.post(path, answers(source="telephone", learnt="聞いた話です。"))
    is_sound(late.content.decode())
    assert late.status_code == 409
    assert "自分で画面から答えています" in late.content.decode()
    assert "聞いた話です。" in late.content.decode()
    own = page(sign_in(owner(company)), path_of(evaluation))
    assert path in own
    assert "自分で画面から答えています" not in own
    assert PartnerReview.objects.get().learnt == ""


def test_who_types_while_it_is_closed_keeps_the_words(
    evaluation: Evaluation, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    lead, company = evaluation.project.partners.order_by("pk")
    close_evaluation(evaluation=evaluation, decision="continue", by=town.owner, now=now)
    voice = {**dict.fromkeys(VoiceQuestion.values, 4), "relation": "family", "words": "書いた言葉"}
    for rest, person, data, says in (
        (f"partners/{lead.pk}/", town.owner, answers(learnt="書いた言葉"), "もうまとめてあります"),
        (
            f"partners/{company.pk}/",
            town.officer,
            answers(learnt="書いた言葉", source="paper"),
            "もうまとめて",
        ),
        ("figures/", town.owner, rows({**BOTH[0], "note": "書いた言葉"}), "もうまとめてあります"),
        ("voices/new/", town.coordinator, voice, "もうまとめてあります"),
        ("close/", town.owner, {"summary": "書いた言葉"}, "ほかの人が先に、この振り返りをまとめました"),
    ):
        answer = sign_in(person).post(path_of(evaluation, rest), data)
        html = answer.content.decode()
        is_sound(html)
        assert answer.status_code == 409
        for said in (says, "書いた言葉", "まだ保存していません"):
            assert said in html
        assert "直してください" not in html
    for rest in (f"partners/{lead.pk}/", "figures/", "voices/new/"):
        assert sign_in(town.viewer).post(path_of(evaluation, rest), answers()).status_code == 403
    assert (PartnerReview.objects.count(), Voice.objects.count()) == (0, 0)


def test_a_sheet_with_a_blank_is_typed_in_as_it_is(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.coordinator), path_of(evaluation, "voices/new/")
    empty = client.post(path, {"relation": "resident"})
    assert "1つ以上" in empty.content.decode()
    assert not Voice.objects.exists()
    assert client.post(path, {"relation": "resident", "better": 5}).status_code == 302
    assert Voice.objects.get().answers == {"better": 5}
    assert "答えなし" in page(client, path_of(evaluation, "voices/"))
