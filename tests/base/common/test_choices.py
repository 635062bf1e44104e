"""What a choice is called: as Django's own `get_…_display` says it, in every language."""

import pytest
from django.db import models

from musubi.base.common.languages import BY_CODE, written_in
from musubi.flow.actors.models import Actor, Credential
from musubi.flow.issues.models import Issue
from musubi.flow.listings.models import Listing
from musubi.flow.projects.models import Partner, Project


@pytest.mark.parametrize("language", BY_CODE)
@pytest.mark.parametrize("model", [Actor, Credential, Issue, Listing, Partner, Project])
def test_every_choice_is_called_as_django_calls_it(model: type[models.Model], language: str) -> None:
    with written_in(language):
        for field in model._meta.concrete_fields:
            for value in (*(value for value, _ in field.flatchoices), "none of them", ""):
                row = model(**{field.attname: value}) if field.choices else None
                if row is not None:
                    said = getattr(row, f"get_{field.name}_display")()
                    assert said == models.Model._get_FIELD_display(row, field)  # type: ignore[attr-defined]
                    assert type(said) is str
