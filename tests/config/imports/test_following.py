"""What an import changes of an actor is true of its listings in search too."""

from django.utils import timezone

from musubi.base.index.queries import search
from musubi.base.places.models import Municipality
from musubi.config.imports.actors import ReadActor, import_actors
from musubi.config.imports.cells import Cells
from musubi.config.imports.report import Report
from musubi.flow.actors.models import Actor
from musubi.flow.actors.services import ActorRow
from musubi.flow.listings.services import index_listing
from tests import factories

from .conftest import Run, WriteCsv
from .test_actors import HEADER, ROW, changed


def found(municipality: Municipality, words: str) -> list[int]:
    hits = search(partitions=[municipality.pk], text=words, kinds=["listing"])
    return [ref.object_id for ref in hits.refs]


def test_a_renamed_actors_listings_are_found_by_its_new_name(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    run("import", "actors", write_csv("a.csv", HEADER, [ROW]))
    listing = factories.make_listing(Actor.objects.get(), title="台所", body="場所があります。")
    index_listing(listing)
    assert found(kawasaki, "あおぞら食堂の会") == [listing.pk]
    run("import", "actors", write_csv("b.csv", HEADER, [changed(名前="ゆうやけ子どもの家")]))
    assert found(kawasaki, "ゆうやけ子どもの家") == [listing.pk]
    assert found(kawasaki, "あおぞら食堂の会") == []


def test_a_dissolved_actors_listings_are_found_no_more(kawasaki: Municipality) -> None:
    actor = factories.make_actor(kawasaki, source="import", external_ref="G-1")
    listing = factories.make_listing(actor, title="台所", body="場所があります。")
    index_listing(listing)
    assert found(kawasaki, "台所") == [listing.pk]
    row = ActorRow(external_ref="G-1", kind=actor.kind, name=actor.name)
    gone = ReadActor(cells=Cells(line=2, values={}), row=row, dissolved="2026/3/31")
    report = Report()
    import_actors(municipality=kawasaki, rows=[gone], report=report, now=timezone.now(), state="draft")
    assert Actor.objects.get().state == "closed"
    assert found(kawasaki, "台所") == []
