"""The verbs of this stage."""

from .actors import confirm_actor, create_actor, enter_actor, record_profile_view, update_profile
from .credentials import give_credential, revoke_credential
from .imports import ActorRow, Imported, import_actor, import_actors
from .indexing import index_rows
from .mandates import change_contact, end_mandate, give_mandate
from .members import (
    accept_invitation,
    change_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from .profile import Profile, ProfileChange
from .registering import register_person, rename_person
from .states import (
    close_actor,
    hide_actor,
    reopen_actor,
    return_actor,
    submit_actor,
    submit_actors,
    unhide_actor,
    unverify_actor,
    verify_actor,
)
from .ties import tie_actors

__all__ = [
    "ActorRow",
    "Imported",
    "Profile",
    "ProfileChange",
    "accept_invitation",
    "change_contact",
    "change_role",
    "close_actor",
    "confirm_actor",
    "create_actor",
    "end_mandate",
    "enter_actor",
    "give_credential",
    "give_mandate",
    "hide_actor",
    "import_actor",
    "import_actors",
    "index_rows",
    "invite_member",
    "record_profile_view",
    "register_person",
    "remove_member",
    "rename_person",
    "reopen_actor",
    "return_actor",
    "revoke_credential",
    "submit_actor",
    "submit_actors",
    "tie_actors",
    "unhide_actor",
    "unverify_actor",
    "update_profile",
    "verify_actor",
    "withdraw_invitation",
]
