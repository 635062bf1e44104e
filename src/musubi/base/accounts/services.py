"""People made by the operator: at the command line and in the demonstration."""

from allauth.account.models import EmailAddress
from django.db import transaction

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
