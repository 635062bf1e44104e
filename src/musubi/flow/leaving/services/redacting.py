"""What an actor said to others loses its words; what it agreed and did with them stays, without its name."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.files.models import StoredFile
from musubi.base.files.services import remove_file
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.models import Actor, Mandate
from musubi.flow.cases.models import Case, DateAnswer, Letter, Party
from musubi.flow.listings.models import Listing, MenuItem
from musubi.flow.listings.services import index_listing
from musubi.flow.matching.enums import Initiative
from musubi.flow.matching.models import Introduction, Invitee, Proposal, Reply, TeamProposal
from musubi.flow.moderation.models import Hiding, Report
from musubi.flow.projects.models import Partner
from musubi.flow.stories.enums import StoryState

from ..queries import (
    case_title_instead,
    letters_of_person,
    listing_title_instead,
    pictures_of_actor,
    somebody,
    words_instead,
)

NO_WORDS = {"title", "body", "town", "closing_note", "hidden_reason", "external_ref"}


def empty_letters_of_person(person: User, now: dt.datetime) -> int:
    """The person's letters in the parties' names, and the files with them; how many there were."""
    return _empty(letters_of_person(person.pk), words_instead(person=True), person, now)


def empty_letters_of_actor(actor: Actor, by: User, now: dt.datetime) -> int:
    """Everything that was written in the actor's name."""
    return _empty(Letter.objects.filter(actor=actor).order_by("pk"), words_instead(person=False), by, now)


def remove_pictures(actor: Actor, by: User, now: dt.datetime) -> None:
    """The actor's pictures leave the news and the stories; their words stay."""
    for picture in pictures_of_actor(actor):
        file = StoredFile.objects.get(pk=picture.file_id)
        picture.delete()
        remove_file(file=file, by=by, now=now)


def silence(actor: Actor, now: dt.datetime) -> None:
    """Remarks in introductions, cases and projects go; the answers themselves stay as figures."""
    Reply.objects.filter(actor=actor).update(words="")
    its_word = Q(need__actor=actor, initiative=Initiative.NEED) | Q(
        offer__actor=actor, initiative=Initiative.OFFER
    )
    Introduction.objects.filter(its_word).update(words="")
    Introduction.objects.filter(Q(need__actor=actor) | Q(offer__actor=actor)).update(reasons=[])
    Party.objects.filter(actor=actor).update(left_note="")
    Partner.objects.filter(actor=actor).update(left_note="")
    _leave_teams(actor, now)
    DateAnswer.objects.filter(actor=actor).update(name=somebody(), words="", actor=None)
    if actor.kind == ActorKind.INDIVIDUAL:
        Case.objects.filter(need__actor=actor).update(title=case_title_instead())
    Mandate.objects.filter(actor=actor).update(actor=None)
    actor.issued_credentials.exclude(actor=actor).update(issuer=None)


def redact_listing(listing: Listing) -> None:
    """What others' records hang on stays with its kind and its amounts, and without a sentence."""
    for name in NO_WORDS:
        setattr(listing, name, "")
    listing.title = listing_title_instead()
    listing.conditions, listing.wanted_kinds, listing.hidden_at = [], [], None
    listing.concepts, listing.concepts_added, listing.concepts_removed = [], [], []
    listing.save()
    listing.availabilities.all().delete()
    for model in (MenuItem, Hiding, Report):
        model._default_manager.filter(listing=listing).delete()
    Proposal.objects.filter(Q(need=listing) | Q(offer=listing)).delete()
    TeamProposal.objects.filter(Q(need=listing) | Q(members__offer=listing)).delete()
    # Why it was not introduced names the two in a sentence.
    passed = Invitee.objects.filter(Q(offer=listing) | Q(outreach__need=listing)).exclude(passed_over="")
    passed.update(passed_over=listing_title_instead())
    index_listing(listing)


def _leave_teams(actor: Actor, now: dt.datetime) -> None:
    """Nobody waits for it any more; where a story is published it is still told that there was one more."""
    rows = Partner.objects.filter(actor=actor, left_on=None)
    rows.exclude(project__story__state=StoryState.PUBLISHED).update(left_on=timezone.localdate(now))


def _empty(letters: Iterable[Letter], words: str, by: User, now: dt.datetime) -> int:
    number = 0
    for letter in letters:
        file, letter.file, letter.text = letter.file, None, words
        letter.save(update_fields=["text", "file"])
        if file is not None:
            remove_file(file=file, by=by, now=now)
        number += 1
    return number
