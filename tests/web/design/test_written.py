"""The writing helper stands beside every public text field: none is forgotten, none is copied."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict

import musubi.web
from musubi.web.design import forms
from musubi.web.design.rows import rows_of
from musubi.web.design.written import advice_in

WEB = Path(musubi.web.__file__).parent
# Text fields that nobody reads in public, and why.
NOT_PUBLIC = {
    "searching": {
        "desk.entry.forms.SearchForm.q", "office.actors.forms.FilterForm.q",
        "desk.needs.forms", "workspace.listings.recipe_forms.WishForm.words",
    },
    "between those who work together": {
        "shared.dates.DatesForm", "shared.reply_form.ReplyForm", "workspace.cases.forms",
        "workspace.introductions.forms", "workspace.meetings.forms", "workspace.projects.forms.LeaveForm",
        "workspace.projects.forms.ReviewForm", "workspace.projects.forms.TaskForm", "desk.cases.forms",
        "desk.outreach.forms", "workspace.stories.forms.ConsentForm", "workspace.agreements.forms.IndicatorForm",
        *(f"workspace.agreements.forms.TermsForm.{name}" for name in ("cost", "risk", "publicity", "other")), "workspace.evaluations.forms.ReviewForm",
        "workspace.evaluations.forms.CloseForm.next_year", "workspace.stories.forms.ReasonForm",
        "workspace.stories.forms.WithdrawForm",
    },
    "for the office and the counter alone": {
        "workspace.issues.forms.EnterIssueForm.reporter_name", "office.actors.forms.ReasonForm",
        "office.reports.forms", "public.reports.forms", "workspace.hidings.forms",         "workspace.listings.forms.WithdrawForm", "workspace.listings.forms.FulfilForm",
    },
    "one's own name, or shown only as far as one says": {
        "workspace.messages.forms.NameForm", "workspace.home.forms",
        *(f"{form}.{name}" for form in ("workspace.actors.forms.ActorForm", "desk.entry.forms.PersonForm", "office.actors.forms.EnterForm")
          for name in ("kana", "representative", "phone", "address")),
        "workspace.actors.forms.ActorForm.corporate_number",
    },
    "words of a table": {"office.knowledge.forms", "office.knowledge.recipe_form.RecipeForm.words", "design.gallery.ExampleRow"},
}  # fmt: skip
# Fields that are made while a form is; each has a test below or its own.
MADE = {
    "workspace/stories/forms.py:_field", "workspace/projects/forms.py:__init__",
    "workspace/agreements/forms.py:_part_fields",
}  # fmt: skip


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(musubi.web.__path__, "musubi.web."):
        if "form" in found.name.rpartition(".")[2] or found.name.endswith((".dates", ".gallery")):
            yield importlib.import_module(found.name)


def form_classes() -> list[type[forms.Form]]:
    found = {
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, (forms.Form, forms.ModelForm))
        and value.__module__ == module.__name__
    }
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def text_fields() -> Iterator[tuple[str, type[forms.Form], str]]:
    """(address, form, name) of every text field that a form declares itself."""
    for form in form_classes():
        for name, field in form.base_fields.items():
            inherited = any(name in getattr(base, "base_fields", {}) for base in form.__mro__[1:])
            if isinstance(field, forms.PlainTextField) and not inherited:
                yield f"{form.__module__.removeprefix('musubi.web.')}.{form.__qualname__}.{name}", form, name


def is_named(address: str) -> bool:
    return any(
        address == key or address.startswith(f"{key}.") for keys in NOT_PUBLIC.values() for key in keys
    )


def test_every_text_field_is_advised_or_named_as_not_public() -> None:
    forgotten = [
        a
        for a, form, name in text_fields()
        if not (form.written and form.written.part_of(name)) and not is_named(a)
    ]
    assert forgotten == [], (
        "say in the form's `written` what part of the text it is, or name it here with a reason"
    )
    both = [
        a for a, form, name in text_fields() if form.written and form.written.part_of(name) and is_named(a)
    ]
    assert both == []


def test_nothing_is_named_that_is_not_there() -> None:
    addresses = [address for address, _form, _name in text_fields()]
    named = {key for keys in NOT_PUBLIC.values() for key in keys}
    assert {key for key in named if not any(a == key or a.startswith(f"{key}.") for a in addresses)} == set()
    stray = [
        (form.__qualname__, name)
        for form in form_classes()
        if form.written
        for name in form.written.parts
        if name not in form.base_fields and not name.endswith("_")
    ]
    assert stray == []


def test_fields_that_are_made_later_are_known() -> None:
    """A text field outside a class body escapes the list above: its place is named here."""
    found = set()
    for path in WEB.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) == "PlainTextField"
                ):
                    found.add(f"{path.relative_to(WEB)}:{function.name}")
    assert found == MADE


class Example(forms.Form):
    written = forms.Written(
        forms.Kind.ISSUE, title=forms.Part.TITLE, body=forms.Part.BODY, alt_=forms.Part.PICTURE
    ).asking(forms.Question.WHERE)
    title = forms.PlainTextField(label="題名", help_text="ひとことで")
    body = forms.PlainTextField(label="くわしく", rows=4, required=False)
    alt_1 = forms.PlainTextField(label="写真1", required=False)
    secret = forms.PlainTextField(label="ひみつ", required=False)


TYPED = {"title": "ワークショップ", "body": "", "alt_1": "写真", "secret": "090-1234-5678"}


def test_the_field_is_tied_to_its_advice_and_asks_by_itself() -> None:
    html = str(Example(TYPED)["title"].as_field_group())
    assert 'aria-describedby="id_title_helptext id_title_advised"' in html
    assert '<p class="advice-said" id="id_title_advised" role="status">書き方の助言：1</p>' in html
    assert 'data-live="/writing/?name=title&amp;kind=issue&amp;part=title&amp;asked=where"' in html
    assert 'data-live-fields="title"' in html
    assert "知らない人もいることばです" in html
    assert 'data-live-fields="body title"' in str(Example()["body"].as_field_group())


def test_what_nobody_reads_in_public_is_left_alone() -> None:
    html = str(Example(TYPED)["secret"].as_field_group())
    assert "advice" not in html
    assert "data-live" not in html


def test_rows_ask_with_their_own_names() -> None:
    rows = rows_of(Example)(None, prefix="lines")
    html = str(rows.forms[0]["body"].as_field_group())
    assert 'data-live-fields="lines-0-body lines-0-title"' in html
    assert "name=lines-0-body" in html


def test_the_whole_form_is_summed_up_by_weight() -> None:
    found = advice_in(Example(TYPED))
    assert [(one.label, one.target, one.advice.rule) for one in found] == [
        ("写真1", "id_alt_1", "picture_empty"),
        ("題名", "id_title", "katakana"),
    ]


def posted(**more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({**TYPED, **more})
    return data


def test_looking_judges_nothing_and_does_nothing() -> None:
    form = Example(posted(act="look", title=""))
    assert not form.is_valid()
    assert form.looked_at
    assert dict(form.errors) == {}
    assert form["alt_1"].value() == "写真"
    assert Example(posted()).is_valid()


def test_looking_stops_rows_too() -> None:
    rows = rows_of(Example)(
        posted(
            act="look",
            **{"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "ワークショップ"},
        )
    )
    assert not rows.is_valid()
    assert rows.row_asked


@pytest.mark.parametrize(("act", "shown"), [("look", True), ("save", False)])
def test_the_summary_stands_where_the_errors_would(act: str, *, shown: bool) -> None:
    from django.template import Context, Template

    source = Template("{% load design %}{% error_summary form %}")
    html = source.render(Context({"form": Example(posted(act=act))}))
    assert ('id="looked-at"' in html) is shown
    assert ('href="#id_alt_1"' in html) is shown


def test_the_button_is_offered_only_where_there_is_something_to_look_at() -> None:
    from django.template import Context, Template

    class Other(forms.Form):
        word = forms.PlainTextField()

    source = Template("{% load design %}{% look_button form %}")
    assert 'value="look"' in source.render(Context({"form": Example()}))
    assert "button" not in source.render(Context({"form": Other()}))
