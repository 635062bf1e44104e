"""Who is told what about a story: those who look after the partners, the coordinator, and who writes it."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.joining import run_on
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import editors_of, officers_of
from musubi.flow.projects.enums import PartnerRole
from musubi.flow.projects.models import Partner
from musubi.flow.projects.permissions import can_run_project
from musubi.flow.projects.queries import coordinator_of

from .models import Consent, Story
from .queries import current_partners


@in_readers_language
def tell_asked(consent: Consent, *, by: User, at: dt.datetime) -> None:
    """A partner's people read the story and answer; one known by name only is asked by the coordinator."""
    partner, story = consent.partner, consent.story
    own = partner.actor is not None
    text = (
        _(
            "いっしょに行った取り組み「%(title)s」の事例ができました。だれでも読めるように公開する前に、"
            "文章と写真に同意していただけるか、%(name)sの答えをお願いします。直してほしいところも書けます。"
        )
        if own
        else _(
            "事例「%(title)s」について、%(name)sの答えを待っています。"
            "電話や窓口で確かめて、代わりに入力してください。"
        )
    )
    _tell(
        _people_of(partner) if own else _staff_of(story),
        kind=MessageKind.CONSENT_ASKED,
        subject=_("事例への同意をお願いします：%(title)s") % {"title": story},
        text=text % {"title": story, "name": partner},
        path=f"/workspace/stories/consents/{consent.pk}/",
        at=at,
        but=None if own else by,
    )


@in_readers_language
def tell_refused(story: Story, consent: Consent, *, by: User, at: dt.datetime) -> None:
    """Who writes learns what to change."""
    text = _("%(name)sから、事例「%(title)s」を直してほしいという返事がありました。\n\n%(words)s")
    _tell(
        _writers_of(story),
        kind=MessageKind.STORY_CHANGED,
        subject=_("直してほしいところがあります：%(title)s") % {"title": story},
        text=text % {"name": consent.partner, "title": story, "words": consent.words},
        path=f"/workspace/stories/{story.pk}/",
        at=at,
        but=by,
    )


@in_readers_language
def tell_all_agreed(story: Story, *, by: User, at: dt.datetime) -> None:
    """Who writes may publish."""
    text = _("事例「%(title)s」に、チームの全員が同意しました。内容を確かめて、公開してください。")
    _tell(
        _writers_of(story),
        kind=MessageKind.STORY_CHANGED,
        subject=_("同意がそろいました：%(title)s") % {"title": story},
        text=text % {"title": story},
        path=f"/workspace/stories/{story.pk}/",
        at=at,
        but=by,
    )


@in_readers_language
def tell_published(story: Story, *, by: User, at: dt.datetime, office_too: bool) -> None:
    """The whole team; and the office where it had been taken down before."""
    text = _(
        "事例「%(title)s」を公開しました。ほかの地域の人も読めます。"
        "同意を取り消したいときは、いつでも取り消せます。"
    )
    people = [*_team_of(story), *(officers_of(story.municipality_id) if office_too else ())]
    _tell(
        people,
        kind=MessageKind.STORY_CHANGED,
        subject=_("事例を公開しました：%(title)s") % {"title": story},
        text=text % {"title": story},
        path=f"/stories/{story.pk}/",
        at=at,
        but=by,
    )


@in_readers_language
def tell_unpublished(story: Story, *, reason: str, by: User, at: dt.datetime) -> None:
    """The whole team and the office; a partner's reason stays with the office and is not in the message."""
    why = _("理由：%(reason)s") % {"reason": reason} if reason else _("同意の取り消しがあったためです。")
    text = run_on((_("事例「%(title)s」の公開をやめました。") % {"title": story}, why))
    text += "\n" + _("書き直して、もう一度同意をお願いすることができます。")
    _tell(
        _team_of(story),
        kind=MessageKind.STORY_CHANGED,
        subject=_("事例の公開をやめました：%(title)s") % {"title": story},
        text=text,
        path=f"/workspace/stories/{story.pk}/",
        at=at,
        but=by,
    )
    _tell_office(story, by=by, at=at)


@in_readers_language
def tell_without_pictures(story: Story, *, by: User, at: dt.datetime) -> None:
    """The text stays, the pictures do not."""
    text = _(
        "写真への同意の取り消しがあったため、事例「%(title)s」の写真を見えなくしました。文章は公開したままです。"
    )
    _tell(
        _team_of(story),
        kind=MessageKind.STORY_CHANGED,
        subject=_("事例の写真を見えなくしました：%(title)s") % {"title": story},
        text=text % {"title": story},
        path=f"/workspace/stories/{story.pk}/",
        at=at,
        but=by,
    )
    _tell_office(story, by=by, at=at)


@in_readers_language
def tell_rewritten(story: Story, *, by: User, at: dt.datetime) -> None:
    """The team hears that it is a draft again and that they will be asked anew."""
    text = _(
        "事例「%(title)s」を書き直しています。書き直している間は、ほかの人には見えません。"
        "できあがったら、もう一度同意をお願いします。"
    )
    _tell(
        _team_of(story),
        kind=MessageKind.STORY_CHANGED,
        subject=_("事例を書き直しています：%(title)s") % {"title": story},
        text=text % {"title": story},
        path=f"/workspace/stories/{story.pk}/",
        at=at,
        but=by,
    )


@in_readers_language
def tell_repeated(story: Story, actor: Actor, *, by: User, at: dt.datetime) -> None:
    """The team hears who wants to do the same, and where."""
    text = _(
        "%(town)sの%(actor)sが、事例「%(title)s」を見て「うちの地域でもやりたい」を押しました。"
        "相談があったときは、ぜひ経験を伝えてください。"
    )
    _tell(
        _team_of(story),
        kind=MessageKind.STORY_REPEATED,
        subject=_("「うちの地域でもやりたい」が届きました：%(title)s") % {"title": story},
        text=text % {"town": actor.municipality, "actor": actor, "title": story},
        path=f"/stories/{story.pk}/",
        at=at,
        but=by,
    )


def _tell_office(story: Story, *, by: User, at: dt.datetime) -> None:
    """Where the reasons are kept."""
    _tell(
        officers_of(story.municipality_id),
        kind=MessageKind.STORY_CHANGED,
        subject=_("事例の同意・公開について：%(title)s") % {"title": story},
        text=_(
            "「%(title)s」の同意の取り消しや公開の取りやめがありました。理由は、市の事務のページで読めます。"
        )
        % {"title": story},
        path="/office/consents/",
        at=at,
        but=by,
    )


def _people_of(partner: Partner) -> list[User]:
    return list(editors_of(partner.actor)) if partner.actor is not None else []


def _staff_of(story: Story) -> list[User]:
    """The project's coordinator; the office where it has none."""
    return _coordinator_of(story) or list(officers_of(story.municipality_id))


def _writers_of(story: Story) -> list[User]:
    """Who began it and still has to do with it, those in the lead, and the coordinator."""
    leads = [row for row in current_partners(story) if row.role == PartnerRole.LEAD]
    people = [person for row in leads for person in _people_of(row)]
    writer = story.written_by
    if writer is not None and can_run_project(writer, story.project):
        people.append(writer)
    return [*people, *_coordinator_of(story)]


def _team_of(story: Story) -> list[User]:
    people = [person for row in current_partners(story) for person in _people_of(row)]
    return [*people, *_coordinator_of(story)]


def _coordinator_of(story: Story) -> list[User]:
    coordinator = coordinator_of(story.project)
    return [coordinator] if coordinator is not None else []


def _tell(
    people: Iterable[User],
    *,
    kind: str,
    subject: str,
    text: str,
    path: str,
    at: dt.datetime,
    but: User | None,
) -> None:
    """Each person once, however many of the partners they look after."""
    for person in {person.pk: person for person in people if person.is_active}.values():
        if person != but:
            tell(to=person, kind=kind, subject=subject, text=text, path=path, at=at)
