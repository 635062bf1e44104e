"""Those concerned answer by a link, without an account."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from musubi.base.audit.models import Event
from musubi.flow.outcomes.enums import VoiceQuestion
from musubi.flow.outcomes.models import Evaluation, Voice
from musubi.flow.outcomes.permissions import VOICES_A_DAY
from musubi.flow.outcomes.services import close_evaluation, give_voice
from musubi.web.public.voices.part import result_part
from tests.factories import Town
from tests.flow.outcomes.samples import give_review, make_team, voice_value
from tests.together import make_evaluation
from tests.web.reading import without_terms
from tests.web.sound import is_sound

DATA = {**dict.fromkeys(VoiceQuestion.values, 5), "relation": "participant", "words": "また来たいです。"}


@pytest.fixture
def evaluation(town: Town) -> Evaluation:
    return make_evaluation(make_team(town)[0])


@pytest.mark.parametrize("signed_in", [True, False])
def test_anybody_with_the_link(signed_in: bool, evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen) if signed_in else Client()
    path = f"/v/{evaluation.token}/"
    html = client.get(path).content.decode()
    is_sound(html)
    assert evaluation.project.title in without_terms(html)
    assert "data-keep=" not in html
    answer = client.post(path, DATA, follow=True)
    assert answer.redirect_chain == [(f"{path}thanks/", 302)]
    is_sound(answer.content.decode())
    assert "声が届きました" in answer.content.decode()
    voice = Voice.objects.get()
    assert (voice.relation, voice.words, voice.typed_by) == ("participant", "また来たいです。", None)
    assert len(voice.giver_mark) == 32
    assert "127.0.0.1" not in voice.giver_mark
    assert Event.objects.get(verb="evaluation.voice").by == "system"


@pytest.mark.parametrize("missing", ["better", "again", "relation"])
def test_what_is_missing_is_said(missing: str, evaluation: Evaluation) -> None:
    data = {name: value for name, value in DATA.items() if name != missing}
    html = Client().post(f"/v/{evaluation.token}/", data).content.decode()
    is_sound(html)
    assert "次の1か所を直してください" in html
    assert "また来たいです。" in html
    assert Voice.objects.count() == 0


def test_an_unknown_link(town: Town, evaluation: Evaluation) -> None:
    for path in ("/v/unknown/", "/v/unknown/thanks/"):
        assert Client().get(path).status_code == 404
    assert Client().post("/v/unknown/", DATA).status_code == 404
    assert Voice.objects.count() == 0


def test_a_flood_is_stopped_with_a_sentence(evaluation: Evaluation, town: Town, sign_in: Any) -> None:
    """Signing in or out makes no difference: nobody is kept, so only the address can be counted."""
    path = f"/v/{evaluation.token}/"
    for number in range(VOICES_A_DAY):
        client = sign_in(town.citizen) if number % 2 else Client()
        assert client.post(path, DATA).status_code == 302
    for client in (Client(), sign_in(town.owner)):
        refused = client.post(path, DATA)
        assert refused.status_code == 403
        is_sound(refused.content.decode())
        assert "明日もう一度" in refused.content.decode()
        assert "また来たいです。" in refused.content.decode()
        assert "明日もう一度" in client.get(path).content.decode()
    assert Voice.objects.count() == VOICES_A_DAY
    other = make_evaluation(make_team(town)[0])
    assert Client().post(f"/v/{other.token}/", DATA).status_code == 302


def test_readers_behind_one_proxy_are_counted_one_by_one(
    evaluation: Evaluation, settings: SimpleNamespace
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def tell(address: str) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.77, {address}"}
        return Client(headers=headers).post(f"/v/{evaluation.token}/", DATA).status_code

    assert {tell(f"203.0.113.{number}") for number in range(VOICES_A_DAY + 2)} == {302}
    assert [tell("203.0.113.200") for _ in range(VOICES_A_DAY + 1)] == [302] * VOICES_A_DAY + [403]


def test_after_closing_one_is_thanked(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    close_evaluation(evaluation=evaluation, decision="continue", by=town.owner, now=now)
    path = f"/v/{evaluation.token}/"
    answer = Client().get(path)
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 200
    assert "もうまとめました" in html
    assert "<textarea" not in html
    refused = Client().post(path, DATA)
    html = refused.content.decode()
    is_sound(html)
    assert refused.status_code == 409
    for said in ("もうまとめました", "まだ届いていません", "また来たいです。"):
        assert said in html
    assert Voice.objects.count() == 0


def test_what_everybody_reads_of_it(evaluation: Evaluation, town: Town, now: dt.datetime) -> None:
    """Nothing before it is closed; then the figures, the partners' averages from two and the voices' from three."""
    lead, company = evaluation.project.partners.order_by("pk")
    give_review(evaluation, lead, learnt="ひみつの学び")
    for _ in range(2):
        give_voice(evaluation=evaluation, voice=voice_value(words="ひみつの声"), mark="", now=now)

    def read() -> str:
        return render_to_string("public/voices/result.html", {"result": result_part(evaluation.project)})

    assert read().strip() == ""
    close = {"summary": "よい会でした。", "decision": "repeat", "next_year": "いす60脚"}
    closed = close_evaluation(evaluation=evaluation, by=town.owner, now=now, **close)
    html = read()
    for words in ("よい会でした。", "もう一度行う", "いす60脚", "参加した人"):
        assert words in html
    assert "平均" not in html
    give_review(evaluation, company)
    closed.voices.create(relation="other", answers=voice_value().answers, given_at=now)
    html = read()
    assert "いっしょに取り組んだ団体の答え" in html
    assert "関わった人の声" in html
    assert "ひみつ" not in html
