"""Stories on their way, for the tests of the stage and of its pages."""

import datetime as dt
import io
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from musubi.base.accounts.models import User
from musubi.base.common.enums import Source
from musubi.flow.projects.models import Partner, Project
from musubi.flow.stories.models import Consent, Story
from musubi.flow.stories.services import answer_consent, ask_consent, publish_story
from tests.factories import Town, make_actor
from tests.together import make_project, make_story, owner_of

STATES = ("draft", "consenting", "published", "unpublished")


@dataclass
class Told:
    """A story with its project and the two partners: `town.actor` in the lead and a company."""

    story: Story
    project: Project
    lead: Partner
    partner: Partner
    writer: User
    other: User

    def consent_of(self, partner: Partner) -> Consent:
        return Consent.objects.select_related("story", "partner__actor").get(
            story=self.story, partner=partner
        )

    def refresh(self) -> Story:
        self.story = Story.objects.select_related("project", "municipality").get(pk=self.story.pk)
        return self.story


def told(town: Town, *, state: str = "draft", project: Project | None = None, **fields: object) -> Told:
    """A complete story in any state; beyond a draft with the consents that lead there."""
    project = project or make_project(town, state="achieved")
    fields = {"activity": "いすを40脚運びました。", "result": "120人が集まりました。"} | fields
    story = make_story(project, **fields)
    lead = project.partners.get(role="lead")
    partner = project.partners.exclude(role="lead").get()
    found = Told(story, project, lead, partner, town.owner, owner_of(partner.actor))
    now = story.moved_at
    if state != "draft":
        ask_consent(story=story, by=found.writer, now=now)
    if state in ("published", "unpublished"):
        agree(found, now)
        publish_story(story=story, by=found.writer, now=now)
    if state == "unpublished":
        from musubi.flow.stories.services import unpublish_story

        unpublish_story(story=story, reason="確かめたいことがあります。", by=town.officer, now=now)
    found.refresh()
    return found


def agree(found: Told, now: dt.datetime, *, pictures: bool = True) -> None:
    """Both partners say yes to the text."""
    for partner, by in ((found.lead, found.writer), (found.partner, found.other)):
        say(found, partner, by, now, pictures=pictures)


def say(found: Told, partner: Partner, by: User, now: dt.datetime, **fields: object) -> Consent:
    """One answer; yes to everything unless said otherwise."""
    values = {"text": True, "pictures": True, "words": "", "source": Source.WEB} | fields
    return answer_consent(consent=found.consent_of(partner), by=by, now=now, **values)


def by_name_only(project: Project, name: str = "山田さん") -> Partner:
    return Partner.objects.create(project=project, name=name, joined_on=project.starts_on)


def newcomer(project: Project, owner: User) -> Partner:
    actor = make_actor(project.municipality, owner)
    return Partner.objects.create(project=project, actor=actor, joined_on=project.starts_on)


def picture_file(name: str = "natsu.png", colour: str = "red") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
