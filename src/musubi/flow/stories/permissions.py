"""Who may write, agree to, publish and repeat a story; every refusal is a sentence the person may read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.joining import all_of
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.permissions import can_create_listing
from musubi.flow.outcomes.queries import closed_evaluation_of
from musubi.flow.projects.enums import PROJECT_ENDED, ProjectState
from musubi.flow.projects.models import Project
from musubi.flow.projects.permissions import can_arrange_project, can_run_project

from .enums import StoryState
from .models import Consent, Story
from .queries import current_partners, missing_consents, somebody_refuses
from .workflow import WORKFLOW

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def can_begin_story(user: "Person", project: Project) -> Verdict:
    """The team and its staff, once there is something to tell; one story a project."""
    verdict = can_run_project(user, project)
    if not verdict:
        return verdict
    if Story.objects.filter(project=project).exists():
        return refuse(_("この取り組みの事例は、もう書き始めてあります。そのページで続きを書いてください。"))
    if project.state in PROJECT_ENDED:
        return ALLOWED
    if project.state == ProjectState.ACTIVE and closed_evaluation_of(project) is not None:
        return ALLOWED
    return refuse(_("事例は、取り組みが終わったあとか、振り返りをまとめたあとに書けます。"))


def can_write_story(user: "Person", story: Story) -> Verdict:
    """The team and its staff, as long as nobody has been asked to agree to the words."""
    verdict = can_run_project(user, story.project)
    if not verdict:
        return verdict
    if story.state == StoryState.DRAFT:
        return ALLOWED
    return refuse(
        _(
            "いまの状態（%(state)s）では、書き直せません。事例のページで「書き直す」を押すと、下書きに戻ります。"
        )
        % {"state": story.get_state_display()}
    )


def can_ask_consent(user: "Person", story: Story) -> Verdict:
    """Asking the partners; what was taken down goes out again unchanged only through staff."""
    verdict = _from_here("ask", story)
    if not verdict:
        return verdict
    if not current_partners(story):
        return refuse(_("チームにだれもいないため、同意をお願いできません。先にチームを確かめてください。"))
    if story.state == StoryState.UNPUBLISHED and not can_arrange_project(user, story.project):
        return refuse(
            _(
                "公開をやめた事例をそのまま出せるのは、コーディネーターと市の担当だけです。"
                "「書き直す」を押して直してから、同意をお願いしてください。"
            )
        )
    return can_run_project(user, story.project)


def can_answer_consent(user: "Person", consent: Consent) -> Verdict:
    """The partner's own people, and staff who were told, while the story waits for it."""
    if took_down(consent):
        return refuse(
            _(
                "同意が取り消されたので、この事例の公開をやめました。いまは、だれでも読めるページには出ていません。"
            )
        )
    if consent.story.state != StoryState.CONSENTING or consent.version != consent.story.version:
        return refuse(_("いまは、同意をお願いしていません。事例が書き直されたか、公開が決まったためです。"))
    return _speaks(user, consent)


def took_down(consent: Consent) -> bool:
    """Whether the story is out of sight because this answer was taken back."""
    story = consent.story
    return (
        story.state == StoryState.UNPUBLISHED
        and consent.withdrawn_at is not None
        and consent.withdrawn_at == story.unpublished_at
    )


def can_withdraw_consent(user: "Person", consent: Consent) -> Verdict:
    """Whoever agreed, at any time."""
    if not (consent.text or consent.pictures):
        return refuse(_("取り消せる同意が、いまはありません。"))
    return _speaks(user, consent)


def can_publish_story(user: "Person", story: Story) -> Verdict:
    """The team and its staff, once every partner of today agrees to exactly these words."""
    verdict = _from_here("publish", story)
    if verdict:
        verdict = can_run_project(user, story.project)
    if not verdict:
        return verdict
    if somebody_refuses(story):
        return refuse(_("同意していない方がいるため、公開できません。希望を読んで、書き直してください。"))
    asked = set(story.consents.filter(version=story.version).values_list("partner", flat=True))
    missing = missing_consents(story)
    new = [str(partner) for partner in missing if partner.pk not in asked]
    if new:
        return refuse(
            _(
                "新しくチームに入った方（%(names)s）に、まだ同意をお願いしていません。"
                "「書き直す」を押して、もう一度同意をお願いしてください。"
            )
            % {"names": all_of(new)}
        )
    if missing or not asked:
        names = all_of(missing)
        return refuse(_("まだ同意がそろっていません（待っている相手：%(names)s）。") % {"names": names})
    return ALLOWED


def can_rewrite_story(user: "Person", story: Story) -> Verdict:
    """The team and its staff; whoever reads it then no longer finds it until it is agreed to again."""
    verdict = _from_here("rewrite", story)
    return can_run_project(user, story.project) if verdict else verdict


def can_unpublish_story(user: "Person", story: Story) -> Verdict:
    """Staff of the town, with a reason."""
    verdict = _from_here("unpublish", story)
    return can_arrange_project(user, story.project) if verdict else verdict


def can_repeat_story(user: "Person", story: Story, actor: Actor) -> Verdict:
    """Whoever may post for an actor, of any town, after a story that everybody may read."""
    if story.state != StoryState.PUBLISHED:
        return refuse(_("公開をやめた事例からは始められません。"))
    return can_create_listing(user, actor)


def _from_here(verb: str, story: Story) -> Verdict:
    if WORKFLOW.allows(verb, story.state):
        return ALLOWED
    return refuse(
        _("いまの状態（%(state)s）では、この操作はできません。") % {"state": story.get_state_display()}
    )


def _speaks(user: "Person", consent: Consent) -> Verdict:
    if consent.partner.actor_id in standing_of(user).edits or can_arrange_project(
        user, consent.story.project
    ):
        return ALLOWED
    return refuse(
        _("答えられるのは、その団体の管理者・編集の担当と、話を聞いたコーディネーター・市の担当だけです。")
    )
