"""Signing in with one press: the demonstration's own people, and only in the demonstration."""

from types import SimpleNamespace

import pytest
from django.test import Client

from musubi.demo.models import Persona
from tests.factories import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(town: Town) -> Persona:
    town.municipality.is_demonstration = True
    town.municipality.save()
    return Persona.objects.create(user=town.owner, position=0, role="町内会長", story="会長です。")


def test_one_press_signs_in_as_a_persona(persona: Persona, town: Town) -> None:
    client = Client()
    assert "町内会長" in client.get("/dev/people/").content.decode()
    client.post(f"/dev/people/{persona.pk}/")
    assert client.session["_auth_user_id"] == str(town.owner.pk)


def test_nobody_else_can_be_reached(persona: Persona, town: Town) -> None:
    client = Client()
    assert client.post(f"/dev/people/{persona.pk + 1}/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/dev/people/", "/dev/mail/"])
def test_outside_the_demonstration_there_is_no_such_page(
    persona: Persona, settings: SimpleNamespace, path: str
) -> None:
    assert Client().get(path).status_code == 200
    settings.DEMONSTRATION = False
    assert Client().get(path).status_code == 404
    assert Client().post(f"/dev/people/{persona.pk}/").status_code == 404


def test_it_leads_nowhere_else(persona: Persona) -> None:
    answer = Client().post(f"/dev/people/{persona.pk}/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/workspace/welcome/"
    answer = Client().post(f"/dev/people/{persona.pk}/", {"next": "/issues/"})
    assert answer["Location"] == "/issues/"


def test_beside_a_real_town_nobody_reads_the_mail(persona: Persona, other_town: Town) -> None:
    client = Client()
    assert client.get("/dev/people/").status_code == client.get("/dev/mail/").status_code == 404
    assert client.post(f"/dev/people/{persona.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_town_shows_no_way_there(persona: Persona, town: Town) -> None:
    assert "/dev/mail/" in Client().get("/").content.decode()
    town.municipality.is_demonstration = False
    town.municipality.save()
    assert "/dev/" not in Client().get("/").content.decode()


def test_another_host_name_is_not_answered(persona: Persona) -> None:
    assert Client(headers={"host": "musubi.example.jp"}).get("/dev/mail/").status_code == 400
