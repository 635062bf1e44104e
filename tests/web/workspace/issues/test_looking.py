"""Without script: a button shows what was written with advice, and sends nothing."""

from django.test import Client

from musubi.flow.issues.models import Issue
from tests.factories import Town


def test_looking_shows_the_advice_and_keeps_what_was_typed(town: Town) -> None:
    client = Client()
    client.force_login(town.citizen)
    typed = {"title": "ワークショップをしたい", "body": "090-1234-5678 へ", "act": "look"}
    html = client.post("/workspace/issues/new/", typed).content.decode()
    assert 'id="looked-at"' in html
    assert 'href="#id_body"' in html
    assert "電話番号のようです" in html
    assert 'value="ワークショップをしたい"' in html
    assert "error-summary" not in html
    assert Issue.objects.count() == 0
