"""Links that let their holder do one thing without signing in, such as answering an introduction.

A link names its purpose, the thing and the person it was sent to. It needs no table: it is signed,
and whether it may still do something is asked of the thing itself.
"""

from django.core import signing


def token_for(purpose: str, *, thing: int, person: int) -> str:
    """The part of a link's address that only the person it is sent to knows."""
    return signing.Signer(salt=f"musubi.link.{purpose}").sign_object([thing, person], compress=False)


def read_token(purpose: str, token: str) -> tuple[int, int] | None:
    """The thing and the person of a link; None if it was not made by us for this purpose."""
    try:
        thing, person = signing.Signer(salt=f"musubi.link.{purpose}").unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(thing), int(person)
