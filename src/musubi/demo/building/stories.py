"""Twenty stories, each lived through from its need to its publication, or entered afterwards."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from musubi.flow.cases.models import Case
from musubi.flow.listings import services as listings
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, LineValue
from musubi.flow.outcomes.enums import PartnerQuestion, VoiceQuestion
from musubi.flow.outcomes.services import (
    IndicatorValue,
    ReviewValue,
    VoiceValue,
    answer_review,
    close_evaluation,
    enter_voice,
    open_evaluation,
    save_indicators,
)
from musubi.flow.projects.models import Project
from musubi.flow.projects.queries import partners_of
from musubi.flow.projects.services import PartnerValue, ProjectContent, achieve_project, enter_project
from musubi.flow.stories import services
from musubi.flow.stories.models import Story
from musubi.flow.stories.services import StoryContent
from musubi.flow.stories.services.content import content_of

from .content import Row, rows_of
from .scene import Scene, Span

LISTED = dt.timedelta(days=170)


def build_stories(scene: Scene) -> None:
    """In the order written, so that whoever followed an example comes after it."""
    told: dict[str, Story] = {}
    for row in rows_of("collaborations"):
        project = _entered(scene, row) if "elsewhere" in row else _lived(scene, row, told)
        told[row["key"]] = _tell(scene, row, project)


def _lived(scene: Scene, row: Row, told: dict[str, Story]) -> Project:
    begun = scene.now - dt.timedelta(days=row["days"])
    span = Span(begun, scene.now - dt.timedelta(days=row["days"] * 0.2))
    need = _need(scene, row, told, begun)
    offers = [
        _listing(scene, offer, "offer", row, begun + dt.timedelta(hours=3 + number))
        for number, offer in enumerate(row["offers"])
    ]
    case = scene.connect(scene.introduce(need, offers, "", span.at(0.05)), span)
    days = (
        timezone.localdate(span.at(0.3)),
        timezone.localdate(span.at(0.6)),
        timezone.localdate(span.at(0.85)),
    )
    scene.agree(case, scene.write_agreement(case, row, days, span.at(0.15)), span.at(0.2))
    project = scene.start(case, row, span, 0.3)
    scene.tell(project, case, row, span, (0.35, 0.8))
    project = achieve_project(
        project=project, result=row["updates"][-1][1], by=scene.coordinator, now=span.at(0.85)
    )
    _look_back(scene, row, project, case, span)
    return project


def _need(scene: Scene, row: Row, told: dict[str, Story], at: dt.datetime) -> Listing:
    """Written from nothing, or begun after the example of a story."""
    if row["after"] is None:
        return _listing(scene, row["need"], "need", row, at)
    actor = scene.cast.actors[row["need"]["actor"]]
    writer = scene.writer(actor)
    draft = services.repeat_story(story=told[row["after"]], actor=actor, by=writer, now=at)
    content = _content(scene, row["need"], row, at)
    draft = listings.save_listing(listing=draft, content=content, version=draft.version, by=writer, now=at)
    return listings.publish_listing(listing=draft, by=writer, now=at)


def _listing(scene: Scene, said: Row, side: str, row: Row, at: dt.datetime) -> Listing:
    actor = scene.cast.actors[said["actor"]]
    writer = scene.writer(actor)
    draft = listings.create_draft(
        actor=actor, side=side, template="free", content=_content(scene, said, row, at), by=writer, now=at
    )
    return listings.publish_listing(listing=draft, by=writer, now=at)


def _content(scene: Scene, said: Row, row: Row, at: dt.datetime) -> Content:
    areas = said.get("areas") or row["need"]["areas"]
    return Content(
        title=said["title"],
        body=said["body"],
        lines=tuple(
            LineValue(resource=resource, what=what, amount=amount, unit=unit)
            for resource, what, amount, unit in said["lines"]
        ),
        area_ids=tuple(scene.places.areas[key].pk for key in areas),
        town=said.get("town", ""),
        fields=tuple(said.get("fields") or row["need"]["fields"]),
        expires_on=timezone.localdate(at + LISTED),
    )


def _look_back(scene: Scene, row: Row, project: Project, case: Case, span: Span) -> None:
    """Figures, ten answers of each partner, three of those concerned, and what comes of it."""
    evaluation = open_evaluation(project=project, by=scene.coordinator, now=span.at(0.87))
    rows = [
        IndicatorValue(
            name=name, unit=unit, before=Decimal(before), target=Decimal(target), after=Decimal(after)
        )
        for name, unit, before, target, after in row["indicators"]
    ]
    save_indicators(evaluation=evaluation, rows=rows, by=scene.coordinator, now=span.at(0.88))
    for number, (key, learnt) in enumerate(row["learnt"].items()):
        answers = {
            question: 5 - (place + number) % 3 % 2 - (place % 7 == 6)
            for place, question in enumerate(PartnerQuestion.values)
        }
        review = ReviewValue(
            answers=answers,
            learnt=learnt,
            without_musubi=row["without"],
            decision=row["decision"],
            next_year=row["next_year"] if number == 0 else "",
        )
        answer_review(
            evaluation=evaluation,
            partner=scene.partner(project, case, key),
            review=review,
            source="web",
            by=scene.writer(scene.cast.actors[key]),
            now=span.at(0.9),
        )
    for relation, marks, words in row["voices"]:
        voice = VoiceValue(
            relation=relation, answers=dict(zip(VoiceQuestion.values, marks, strict=True)), words=words
        )
        enter_voice(evaluation=evaluation, voice=voice, by=scene.coordinator, now=span.at(0.91))
    close_evaluation(
        evaluation=evaluation,
        summary=row["summary"],
        decision=row["decision"],
        next_year=row["next_year"],
        by=scene.coordinator,
        now=span.at(0.93),
    )


def _entered(scene: Scene, row: Row) -> Project:
    """What the city's inventory knew of."""
    said = row["elsewhere"]

    def day(days: int) -> dt.date:
        return timezone.localdate(scene.now + dt.timedelta(days=days))

    return enter_project(
        municipality=scene.municipality,
        content=ProjectContent(
            title=said["title"],
            aim=said["aim"],
            form=row["form"],
            partners=tuple(
                PartnerValue(
                    actor_id=scene.cast.actors[partner["actor"]].pk if "actor" in partner else None,
                    name=partner.get("name", ""),
                    role=partner["role"],
                )
                for partner in said["partners"]
            ),
            starts_on=day(said["starts"]),
            ends_on=day(said["ends"]),
            area_ids=tuple(scene.places.areas[key].pk for key in said["areas"]),
            fields=tuple(said["fields"]),
            state="achieved",
            result=said["result"],
        ),
        source="paper",
        by=scene.officer,
        now=scene.now - dt.timedelta(days=40),
    )


def _tell(scene: Scene, row: Row, project: Project) -> Story:
    """Written from what is known, agreed to by all, published."""
    days = 30 if "elsewhere" in row else row["days"] * 0.18
    at = scene.now - dt.timedelta(days=days)
    story = services.begin_story(project=project, by=scene.coordinator, now=at)
    known = content_of(story)
    written = {name: value for name, value in row["story"].items() if value}
    content = StoryContent(
        **{name: getattr(known, name) for name in StoryContent.__dataclass_fields__}
        | {"year": row["year"]}
        | written
    )
    story = services.save_story(
        story=story, content=content, version=story.version, by=scene.coordinator, now=at
    )
    story = services.ask_consent(story=story, by=scene.coordinator, now=at + dt.timedelta(hours=2))
    for number, consent in enumerate(story.consents.select_related("partner__actor").order_by("pk")):
        actor = consent.partner.actor
        services.answer_consent(
            consent=consent,
            text=True,
            pictures=True,
            words="",
            source="telephone" if actor is None else "web",
            by=scene.coordinator if actor is None else scene.writer(actor),
            now=at + dt.timedelta(hours=20 + number),
        )
    story.refresh_from_db()
    assert len(partners_of(project)) == story.consents.count()
    return services.publish_story(story=story, by=scene.coordinator, now=at + dt.timedelta(days=2))
