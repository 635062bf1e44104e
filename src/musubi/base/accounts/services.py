"""People made by the operator, and what a person chooses for everything they read."""

from allauth.account.models import EmailAddress
from django.db import transaction

from musubi.base.common.languages import BY_CODE

from .models import User


@transaction.atomic
def make_person(*, email: str, name: str) -> User:
    """Somebody whose address is known to be right, so that a code by mail lets them in; found if there already."""
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def choose_language(*, by: User, language: str) -> None:
    """From now on this person's pages and mail are written in it. ValueError for one that Musubi does not speak."""
    if language not in BY_CODE:
        raise ValueError("not a language of Musubi")
    User.objects.filter(pk=by.pk).update(language=language)
    by.language = language
