"""Letters as a page shows them, and the file of one of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.common.joining import bracketed
from musubi.base.common.verdict import NotAllowed
from musubi.base.files.services import FileRefused
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.services import write_letter

from .forms import LetterForm

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.models import Actor
    from musubi.flow.cases.models import Case, Letter
    from musubi.flow.matching.models import Introduction


def shown_letters(letters: "Iterable[Letter]", user: "User", *, town_id: int) -> list[dict[str, Any]]:
    """Who wrote what, oldest first; what one's own actor or, for staff, the coordinators wrote is marked."""
    standing = standing_of(user)
    staff = town_id in standing.staff_in
    return [
        {
            "who": writer_of(letter),
            "when": letter.sent_at,
            "text": letter.text,
            "own": letter.actor_id in standing.actor_ids if letter.actor_id else staff,
            "file_url": _file_url(letter),
            "file_name": letter.file.name if letter.file else "",
        }
        for letter in letters
    ]


def send(
    form: LetterForm,
    *,
    case: "Case",
    introduction: "Introduction | None",
    actor: "Actor | None",
    by: "User",
) -> bool:
    """Write what was typed; a refusal stands at its field, and nothing typed is lost."""
    try:
        write_letter(
            case=case,
            introduction=introduction,
            actor=actor,
            text=form.cleaned_data["text"],
            upload=form.cleaned_data["upload"],
            by=by,
            now=timezone.now(),
        )
    except FileRefused as refused:
        form.add_error("upload", str(refused))
    except NotAllowed as refused:
        form.add_error(None, str(refused))
    return form.is_valid()


def writer_of(letter: "Letter") -> str:
    """「浜商店会（佐藤）」: for whom, and by which of its people."""
    side = letter.actor.name if letter.actor else _("コーディネーター")
    return bracketed(side, letter.author)


def file_of(letters: "Iterable[Letter]", pk: int) -> FileResponse:
    """The file of one of the letters that this person may read, as a download; 404 without one."""
    for letter in letters:
        if letter.pk == pk and letter.file:
            content = letter.file.file.open("rb")
            answer = FileResponse(
                content, as_attachment=True, filename=letter.file.name, content_type=letter.file.content_type
            )
            answer["Cache-Control"] = "private, no-store"
            return answer
    raise Http404


def _file_url(letter: "Letter") -> str:
    if not letter.file:
        return ""
    if letter.introduction_id:
        return reverse("workspace:introduction_file", args=[letter.introduction_id, letter.pk])
    return reverse("workspace:case_file", args=[letter.case_id, letter.pk])
