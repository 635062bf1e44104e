"""Rows that the tests of projects begin with."""

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from musubi.base.accounts.models import User
from musubi.base.notify.models import Message
from musubi.flow.cases.models import Case
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.services import start_project
from tests.factories import Town
from tests.together import make_agreement, make_case, owner_of


def agreed_case(town: Town, **fields: Any) -> Case:
    case = make_case(town, state="agreed", **fields.pop("case", {}))
    make_agreement(case, **fields)
    return case


def started(town: Town, now: dt.datetime, **fields: Any) -> Project:
    """A project that was really started, with 40 of 100 chairs in use."""
    return start_project(case=agreed_case(town, **fields), by=town.coordinator, now=now)


def partner_of(project: Project, role: str = "partner") -> Partner:
    return project.partners.filter(role=role, left_on=None).select_related("actor", "project").get()


def company_of(project: Project) -> User:
    """Who acts for the partner that lent something."""
    return owner_of(partner_of(project).actor)


def told(kind: str) -> set[int]:
    """Who has been told of something, by the number of the person."""
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def picture(size: tuple[int, int] = (8, 8)) -> SimpleUploadedFile:
    """A photograph, as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "PNG")
    return SimpleUploadedFile("matsuri.png", out.getvalue())
