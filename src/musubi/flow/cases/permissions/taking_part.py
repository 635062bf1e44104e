"""Who arranges a case, and who takes part in it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.enums import Visibility
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of

from ..models import Case
from ..queries import acts_for_in

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def can_arrange(user: "Person", case: Case) -> Verdict:
    """Staff of the case's town who may read it: opening, introducing, answering for others, closing."""
    standing, town = standing_of(user), case.municipality_id
    if town in standing.office_in:
        return ALLOWED
    if town in standing.coordinates_in and case.need.visibility != Visibility.CITY_HALL:
        return ALLOWED
    return refuse(_("この操作は、この町のコーディネーターと市の担当だけができます。"))


def can_take_part(user: "Person", case: Case) -> Verdict:
    """Staff, and those who may act for one of the parties."""
    if can_arrange(user, case) or acts_for_in(user, case):
        return ALLOWED
    return refuse(_("この操作は、当事者の団体の管理者・編集の担当と、コーディネーターだけができます。"))
