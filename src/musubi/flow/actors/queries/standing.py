"""Who somebody is in which town, in three queries a request; every permission starts here."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from musubi.base.common.enums import Visibility

from ..enums import MandateRole, MembershipRole
from ..models import Mandate, Membership, Registrant

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from musubi.base.accounts.models import User

    Person = User | AnonymousUser

MAY_EDIT = frozenset({MembershipRole.OWNER, MembershipRole.EDITOR})


@dataclass(frozen=True)
class Standing:
    """A person's rights as sets of municipality and actor ids."""

    registered_in: frozenset[int] = frozenset()
    coordinates_in: frozenset[int] = frozenset()
    office_in: frozenset[int] = frozenset()
    roles: dict[int, str] = field(default_factory=dict)

    @property
    def staff_in(self) -> frozenset[int]:
        return self.coordinates_in | self.office_in

    @property
    def reads_in(self) -> frozenset[int]:
        """Where the person reads what is open to 登録者."""
        return self.registered_in | self.staff_in

    @property
    def actor_ids(self) -> frozenset[int]:
        return frozenset(self.roles)

    @property
    def edits(self) -> frozenset[int]:
        return frozenset(actor for actor, role in self.roles.items() if role in MAY_EDIT)

    @property
    def owns(self) -> frozenset[int]:
        return frozenset(actor for actor, role in self.roles.items() if role == MembershipRole.OWNER)


NOBODY = Standing()


def standing_of(user: "Person") -> Standing:
    """The person's standing today; computed once and kept on the user object."""
    if not user.is_authenticated:
        return NOBODY
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None:
        kept = _read_standing(user)
        user._standing = kept  # type: ignore[attr-defined]
    return kept


def forget_standing(user: "Person") -> None:
    """To be called by the service that changes a membership, registration or mandate."""
    if hasattr(user, "_standing"):
        del user._standing


def _read_standing(user: "User") -> Standing:
    memberships = Membership.objects.filter(user_id=user.pk).values_list(
        "actor_id", "actor__municipality_id", "role"
    )
    roles = {actor: role for actor, _, role in memberships}
    registered = set(Registrant.objects.filter(user_id=user.pk).values_list("municipality_id", flat=True))
    registered |= {municipality for _, municipality, _ in memberships}
    today = timezone.localdate()
    mandates = list(
        Mandate.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=today), user_id=user.pk, valid_from__lte=today
        )
        .order_by("pk")
        .values_list("municipality_id", "role")
    )
    return Standing(
        registered_in=frozenset(registered),
        coordinates_in=frozenset(m for m, role in mandates if role == MandateRole.COORDINATOR),
        office_in=frozenset(m for m, role in mandates if role == MandateRole.OFFICE),
        roles=roles,
    )


def readable(user: "Person", visibility: str = "visibility", municipality: str = "municipality_id") -> Q:
    """The rows whose level of visibility this person reaches, each in the towns where they reach it."""
    standing = standing_of(user)
    reach = Q(**{visibility: Visibility.PUBLIC})
    for level, towns in (
        (Visibility.REGISTERED, standing.reads_in),
        (Visibility.INTERMEDIARIES, standing.staff_in),
        (Visibility.CITY_HALL, standing.office_in),
    ):
        if towns:
            reach |= Q(**{visibility: level, f"{municipality}__in": towns})
    return reach


def reads_level(user: "Person", level: str, municipality_id: int) -> bool:
    """Whether this person reads things of this level in this town."""
    standing = standing_of(user)
    reached_in: dict[str, frozenset[int]] = {
        Visibility.REGISTERED: standing.reads_in,
        Visibility.INTERMEDIARIES: standing.staff_in,
        Visibility.CITY_HALL: standing.office_in,
    }
    return level == Visibility.PUBLIC or municipality_id in reached_in.get(level, frozenset())


def facets_of_reach(user: "Person", municipality_id: int) -> frozenset[str]:
    """The levels of visibility this person reads in this town: for the index's facets."""
    return frozenset(level for level in Visibility.values if reads_level(user, level, municipality_id))
