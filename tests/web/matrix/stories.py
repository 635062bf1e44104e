"""The addresses of stories."""

from typing import Any

from django.utils import timezone

from musubi.base.files.services import store_file
from musubi.flow.projects.models import Project, Update, UpdatePicture
from musubi.flow.stories.services import add_picture
from tests.factories import Town
from tests.flow.stories.samples import agree, picture_file, told
from tests.together import make_project

from .people import EVERYBODY, OFFICE, SIGNED_IN, Case, L, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """What the addresses below are about: a story in each state, one for the city hall only, and their parts."""
    now = timezone.now()
    draft, consenting, published = (told(town, state=state) for state in ("draft", "consenting", "published"))
    ready = told(town, state="consenting")
    agree(ready, now)
    hall = told(town)
    Project.objects.filter(pk=hall.project.pk).update(visibility="city_hall")
    picture = add_picture(
        story=draft.story, upload=picture_file(), alt="いす", licence="cc_by", by=draft.writer, now=now
    )
    update = Update.objects.create(project=draft.project, text="運びました", posted_at=now)
    file = store_file(upload=picture_file(), by=draft.writer, municipality_id=town.municipality.pk, now=now)
    return {
        "project": make_project(town, state="achieved"),
        "draft": draft.story,
        "consenting": consenting.story,
        "ready": ready.story,
        "published": published.story,
        "unpublished": told(town, state="unpublished").story,
        "hall": hall.story,
        "picture": picture,
        "news": UpdatePicture.objects.create(update=update, file=file, alt="いす"),
        "asked": consenting.consent_of(consenting.lead),
        "agreed": published.consent_of(published.lead),
    }


#              visitor citizen member owner coordinator officer other_owner other_officer
TEAM = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
TEAM_ACTS = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
NOT_FROM_HERE = row(L, "404", "403", "403", "403", "403", "404", "404")
TOO_LATE = row(L, "404", "409", "409", "409", "409", "404", "404")
STAFF_ACTS = row(L, "404", "403", "403", "ok", "ok", "404", "404")
READERS = row("404", "404", "ok", "ok", "ok", "ok", "404", "404")
HALL = row("404", "404", "ok", "ok", "404", "ok", "404", "404")

CASES: list[Case] = [
    ("GET", "public:stories", "", EVERYBODY),
    ("GET", "public:story", "published", EVERYBODY),
    *[("GET", "public:story", what, READERS) for what in ("draft", "consenting", "unpublished")],
    ("GET", "public:story", "hall", HALL),
    ("GET", "public:story_picture", "picture", READERS),
    ("GET", "workspace:stories", "", SIGNED_IN),
    ("POST", "workspace:story_begin", "project", TEAM_ACTS),
    *[
        ("GET", "workspace:story_edit", what, TEAM)
        for what in ("draft", "consenting", "published", "unpublished")
    ],
    ("GET", "workspace:story_edit", "hall", HALL | {"visitor": L}),
    ("GET", "workspace:story_step", "draft =title", TEAM_ACTS),
    ("GET", "workspace:story_step", "published =title", NOT_FROM_HERE),
    ("GET", "workspace:story_step", "draft =nothing", row(L, *["404"] * 7)),
    # an empty post does not say what it was written over: it would overwrite, and is told so
    (
        "POST",
        "workspace:story_step",
        "draft =limits",
        row(L, "404", "403", "409", "409", "409", "404", "404"),
    ),
    ("GET", "workspace:story_pictures", "draft", TEAM),
    ("POST", "workspace:story_pictures", "published", NOT_FROM_HERE),
    ("GET", "workspace:story_picture_use", "draft news", TEAM_ACTS),
    ("GET", "workspace:story_picture_edit", "picture", TEAM_ACTS),
    ("POST", "workspace:story_picture_remove", "picture", TEAM_ACTS),
    ("GET", "workspace:story_ask", "draft", TEAM_ACTS),
    ("POST", "workspace:story_ask", "draft", TEAM_ACTS),
    ("POST", "workspace:story_ask", "published", TOO_LATE),
    ("GET", "workspace:story_ask", "unpublished", STAFF_ACTS),
    ("GET", "workspace:story_publish", "consenting", NOT_FROM_HERE),
    ("GET", "workspace:story_publish", "ready", TEAM_ACTS),
    ("POST", "workspace:story_publish", "draft", TOO_LATE),
    ("GET", "workspace:story_rewrite", "published", TEAM_ACTS),
    ("POST", "workspace:story_rewrite", "published", TEAM_ACTS),
    ("POST", "workspace:story_rewrite", "draft", TOO_LATE),
    ("GET", "workspace:story_unpublish", "published", STAFF_ACTS),
    ("GET", "workspace:story_unpublish", "draft", NOT_FROM_HERE),
    ("GET", "workspace:story_repeat", "published", SIGNED_IN),
    ("GET", "workspace:story_repeat", "draft", row(L, *["404"] * 7)),
    ("GET", "workspace:consent", "asked", TEAM),
    ("POST", "workspace:consent", "asked", TEAM_ACTS),
    ("POST", "workspace:consent", "agreed", row(L, "404", "403", "409", "409", "409", "404", "404")),
    ("GET", "workspace:consent_withdraw", "agreed", TEAM_ACTS),
    ("GET", "workspace:consent_withdraw", "asked", NOT_FROM_HERE),
    ("GET", "office:consents", "", OFFICE),
]
