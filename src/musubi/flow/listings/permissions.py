"""Who may do what with a listing; every refusal is a sentence the person may read."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.audit.queries import count_since
from musubi.base.common.enums import Source, Visibility
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.enums import ACTOR_SHOWN, MENU_KINDS, ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from .enums import ListingState, Template
from .models import Listing
from .workflow import WORKFLOW

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person

PUBLISHINGS_AN_HOUR = 30


def can_create_listing(user: "Person", actor: Actor, template: str = Template.FREE) -> Verdict:
    """Members who may edit post for their actor; only departments and intermediaries make menu items."""
    if template == Template.MENU and actor.kind not in MENU_KINDS:
        return refuse(_("協働メニューを載せられるのは、行政担当課と中間支援組織だけです。"))
    verdict = _edits(user, actor)
    return _goes_on(actor) if verdict else verdict


def can_enter_listing(user: "Person", actor: Actor, template: str = Template.FREE) -> Verdict:
    """Staff type in what came on paper or by telephone, for any actor of their town."""
    if actor.municipality_id not in standing_of(user).staff_in:
        return refuse(_("代わりに入力できるのは、この町のコーディネーターと市の担当だけです。"))
    if template == Template.MENU and actor.kind not in MENU_KINDS:
        return refuse(_("協働メニューを載せられるのは、行政担当課と中間支援組織だけです。"))
    return _goes_on(actor)


def can_edit_listing(user: "Person", listing: Listing) -> Verdict:
    """Editors of the actor, and staff for what staff brought in; not while it is being arranged."""
    if listing.state == ListingState.RESERVED:
        return refuse(_("いま調整中のため、書き直せません。調整が終わってから直してください。"))
    return _acts_for(user, listing)


def can_publish_listing(user: "Person", listing: Listing) -> Verdict:
    """Whoever may edit it, once the actor has asked to be registered, unless the office hid it; also again after it was met."""
    if not WORKFLOW.allows("publish", listing.state):
        return refuse(
            _("いまの状態（%(state)s）からは公開できません。") % {"state": listing.get_state_display()}
        )
    if listing.hidden_at is not None:
        return refuse(
            _("市が非表示にしているため、公開できません。お知らせの理由を読んで、返事を送ってください。")
        )
    verdict = _acts_for(user, listing)
    if verdict:
        verdict = _goes_on(listing.actor)
    if verdict and listing.actor.state not in ACTOR_SHOWN and not _brought_in_by_staff(listing):
        return refuse(
            _("市がまだ団体の登録を見ていません。先に団体のページで「市に確認を頼む」を押してください。")
        )
    return verdict


def can_publish_now(user: "User", listing: Listing, now: dt.datetime) -> Verdict:
    """The limit on postings; staff bring in piles of paper and have none."""
    if listing.municipality_id in standing_of(user).staff_in:
        return ALLOWED
    since = now - dt.timedelta(hours=1)
    if count_since(by=user, verbs=("listing.publish",), since=since) >= PUBLISHINGS_AN_HOUR:
        return refuse(
            _(
                "1時間に公開できるのは%(limit)d件までです。下書きは残っていますので、少し時間をおいてから公開してください。"
            )
            % {"limit": PUBLISHINGS_AN_HOUR}
        )
    return ALLOWED


def can_delete_draft(user: "Person", listing: Listing) -> Verdict:
    if listing.state != ListingState.DRAFT or listing.published_at is not None:
        return refuse(_("一度公開したものは消せません。「取り下げる」を使ってください。"))
    return _acts_for(user, listing)


def can_withdraw_listing(user: "Person", listing: Listing) -> Verdict:
    return _by_verb("withdraw", user, listing)


def can_fulfil_listing(user: "Person", listing: Listing) -> Verdict:
    return _by_verb("fulfil", user, listing)


def can_confirm_listing(user: "Person", listing: Listing) -> Verdict:
    """Saying that a published listing is still true."""
    if listing.state != ListingState.PUBLISHED:
        return refuse(_("公開中のものだけ、内容がいまも正しいことを知らせられます。"))
    return _acts_for(user, listing)


def can_reserve_listing(user: "Person", listing: Listing) -> Verdict:
    """Staff who arrange, and the actor's own editors."""
    return _by_verb("reserve", user, listing, staff=True)


def can_release_listing(user: "Person", listing: Listing) -> Verdict:
    return _by_verb("release", user, listing, staff=True)


def can_put_up(listing: Listing) -> Verdict:
    """A poster of it hangs where everybody passes: only for what everybody may read and still answer."""
    actor = listing.actor
    if listing.hidden_at is not None or actor.hidden_at is not None or actor.state not in ACTOR_SHOWN:
        return refuse(_("いまは見えないようになっているため、ポスターは作れません。"))
    if listing.state != ListingState.PUBLISHED:
        return refuse(
            _("ポスターは、公開中のときに作れます（いまの状態：%(state)s）。")
            % {"state": listing.get_state_display()}
        )
    if listing.visibility != Visibility.PUBLIC:
        return refuse(
            _(
                "だれでも読めるもの（公開）だけ、ポスターにできます。「だれに見せるか」を「公開」に直してください。"
            )
        )
    return ALLOWED


def can_hide_listing(user: "Person", listing: Listing) -> Verdict:
    """The office of the listing's town."""
    if listing.municipality_id in standing_of(user).office_in:
        return ALLOWED
    return refuse(_("非表示にできるのは、この町の市の運営担当だけです。"))


def _by_verb(verb: str, user: "Person", listing: Listing, *, staff: bool = False) -> Verdict:
    if not WORKFLOW.allows(verb, listing.state):
        return refuse(
            _("いまの状態（%(state)s）では、この操作はできません。") % {"state": listing.get_state_display()}
        )
    if staff and _staff_reads(user, listing):
        return ALLOWED
    return _acts_for(user, listing)


def _acts_for(user: "Person", listing: Listing) -> Verdict:
    if _brought_in_by_staff(listing) and _staff_reads(user, listing):
        return ALLOWED
    return _edits(user, listing.actor)


def _staff_reads(user: "Person", listing: Listing) -> bool:
    """The same condition for one row as `editable_listings_for` and `listings_for` have for many."""
    standing, town = standing_of(user), listing.municipality_id
    if town not in standing.staff_in:
        return False
    if listing.entered_by_id == user.pk:
        return True
    if listing.state == ListingState.DRAFT:
        return False
    return town in standing.office_in or listing.visibility != Visibility.CITY_HALL


def _goes_on(actor: Actor) -> Verdict:
    if actor.state == ActorState.CLOSED:
        return refuse(
            _("活動を終えた団体の名前では載せられません。続けるときは、先に活動を再開してください。")
        )
    return ALLOWED


def _brought_in_by_staff(listing: Listing) -> bool:
    return listing.source != Source.WEB


def _edits(user: "Person", actor: Actor) -> Verdict:
    standing = standing_of(user)
    if actor.pk in standing.edits:
        return ALLOWED
    if actor.pk in standing.actor_ids:
        return refuse(
            _(
                "「閲覧のみ」の方は投稿や書き直しができません。団体の管理者に「編集」への変更を頼んでください。"
            )
        )
    return refuse(_("この団体の一員ではないため、できません。団体の管理者に招待を頼んでください。"))
