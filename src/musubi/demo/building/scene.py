"""Who acts in the demonstration's cases, and when: the steps that several of them take."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.places.models import Municipality
from musubi.flow.actors.models import Actor
from musubi.flow.cases import services
from musubi.flow.cases.models import AgreementVersion, Case
from musubi.flow.cases.queries import parties_of
from musubi.flow.cases.queries.terms import IndicatorValue, PartValue, Terms, terms_of
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.queries import partners_of
from musubi.flow.projects.services import give_task, post_update, start_project

from .actors import Cast
from .content import Row
from .places import Places


@dataclass(frozen=True)
class Span:
    """The time a case takes: `at(0.5)` is its middle."""

    start: dt.datetime
    end: dt.datetime

    def at(self, share: float) -> dt.datetime:
        return self.start + (self.end - self.start) * share


@dataclass(frozen=True)
class Scene:
    """The town, its actors, and the coordinator and officer who help them."""

    municipality: Municipality
    cast: Cast
    places: Places
    coordinator: User
    officer: User
    now: dt.datetime

    def writer(self, actor: Actor) -> User:
        """Who presses in this actor's name."""
        return self._writers()[actor.pk]

    def _writers(self) -> dict[int, User]:
        return {self.cast.actors[key].pk: user for key, user in self.cast.writers.items()}

    def introduce(self, need: Listing, offers: Iterable[Listing], words: str, at: dt.datetime) -> Case:
        """The coordinator opens a case and introduces these offers."""
        case = services.open_case(need=need, by=self.coordinator, now=at)
        for number, offer in enumerate(offers):
            services.introduce(
                case=case,
                offer=offer,
                words=words,
                by=self.coordinator,
                now=at + dt.timedelta(minutes=5 + number),
            )
        return case

    def introductions_of(self, case: Case) -> list[Introduction]:
        rows = case.introductions.select_related("introduction__need__actor", "introduction__offer__actor")
        return [row.introduction for row in rows.order_by("pk")]

    def say_yes(self, introduction: Introduction, side: str, at: dt.datetime) -> None:
        """One side, by one of its people."""
        actor = getattr(introduction, side).actor
        services.reply(
            introduction=introduction,
            side=side,
            answer="yes",
            reason="",
            words="ぜひお話ししたいです。",
            source="web",
            by=self.writer(actor),
            now=at,
        )

    def connect(self, case: Case, span: Span) -> Case:
        """Both sides of every introduction say yes."""
        for introduction in self.introductions_of(case):
            for side, share in (("need", 0.08), ("offer", 0.1)):
                reply = introduction.replies.get(side=side)
                if not reply.answer:
                    self.say_yes(introduction, side, span.at(share))
        case.refresh_from_db()
        return case

    def write_agreement(
        self, case: Case, row: Row, days: tuple[dt.date, dt.date, dt.date], at: dt.datetime
    ) -> AgreementVersion:
        """A draft with what the content says of it; dates are first, review, last."""
        version = services.begin_agreement(case=case, by=self.coordinator, now=at)
        begun = terms_of(version)
        starts_on, review_on, ends_on = days
        terms = Terms(
            form=row.get("form", "cooperation"),
            aim=row["aim"],
            cost=row.get("cost", "材料代は必要な分だけ、求める側が持つ。"),
            risk=row.get("risk", "行事保険に入る。あぶないと思ったら、その場でやめる。"),
            publicity=row.get("publicity", "おたがいの名前を、ちらしと回覧板に載せる。"),
            starts_on=starts_on,
            review_on=review_on,
            ends_on=ends_on,
            parts=self._parts(case, row),
            uses=begun.uses,
            indicators=tuple(
                IndicatorValue(name=name, unit=unit, before=Decimal(before), target=Decimal(target))
                for name, unit, before, target, _after in row.get("indicators", [])
            ),
        )
        return services.save_version(
            version=version, terms=terms, saves=version.saves, by=self.coordinator, now=at
        )

    def agree(self, case: Case, version: AgreementVersion, at: dt.datetime) -> None:
        """All parties confirm the version that is shown to them."""
        version = services.propose_version(version=version, by=self.coordinator, now=at)
        for number, party in enumerate(parties_of(case)):
            services.confirm_version(
                version=version,
                actor=party.actor,
                source="web",
                by=self.writer(party.actor),
                now=at + dt.timedelta(hours=2 + number),
            )

    def start(self, case: Case, row: Row, span: Span, share: float) -> Project:
        """The project begins, with its tasks."""
        case.refresh_from_db()
        project = start_project(
            case=case, by=self.coordinator, now=span.at(share), title=row.get("title", "")
        )
        for who, what, *days in row.get("tasks", []):
            partner = self.partner(project, case, who)
            give_task(
                project=project,
                what=what,
                partner=partner,
                due_on=timezone.localdate(self.now + dt.timedelta(days=days[0]))
                if days
                else timezone.localdate(span.at(share + 0.1)),
                by=self.coordinator,
                now=span.at(share),
            )
        return project

    def tell(self, project: Project, case: Case, row: Row, span: Span, shares: tuple[float, float]) -> None:
        """The news of a project, evenly between two moments."""
        updates = row.get("updates", [])
        first, last = shares
        for number, (who, text) in enumerate(updates):
            partner = self.partner(project, case, who)
            assert partner.actor is not None
            post_update(
                project=project,
                partner=partner,
                text=text,
                by=self.writer(partner.actor),
                now=span.at(first + (last - first) * (number + 1) / (len(updates) + 1)),
            )

    def partner(self, project: Project, case: Case | None, who: str) -> Partner:
        """By the actor's key, or 「need」 and 「offer」: the two sides of the case."""
        partners = {row.actor_id: row for row in partners_of(project) if row.actor_id}
        if who in ("need", "offer"):
            assert case is not None
            ids = [party.actor_id for party in parties_of(case)]
            return partners[ids[0] if who == "need" else ids[1]]
        return partners[self.cast.actors[who].pk]

    def _parts(self, case: Case, row: Row) -> dict[int, PartValue]:
        parties = parties_of(case)
        if "does" in row:
            return {
                party.actor_id: PartValue(does=does, cannot="夜遅くの対応")
                for party, does in zip(parties, row["does"], strict=False)
            }
        return {
            self.cast.actors[key].pk: PartValue(does=does, cannot=cannot)
            for key, (does, cannot) in row["parts"].items()
        }
