"""`{% load design %}`: the components as tags, and dates, waiting times, yen and text as filters."""

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from musubi.base.common.languages import LANGUAGES, current_language
from musubi.base.common.turn import Turn
from musubi.base.common.verdict import Verdict
from musubi.base.knowledge.words import topic
from musubi.web.design import wording
from musubi.web.design.forms import errors_of
from musubi.web.design.markdown import to_html
from musubi.web.design.written import Advice, advice_in

register = template.Library()

# What a badge's colour tells; the words beside it always say the same.
TONES: Mapping[tuple[str, str], str] = {
    ("state", "published"): "success",
    ("state", "open"): "success",
    ("state", "active"): "success",
    ("state", "reserved"): "info",
    ("state", "fulfilled"): "done",
    ("state", "proposed"): "waiting",
    ("state", "connected"): "success",
    ("state", "talking"): "info",
    ("state", "agreed"): "success",
    ("state", "started"): "done",
    ("state", "hidden"): "error",
    ("state", "draft"): "waiting",
    ("visibility", "public"): "success",
    ("visibility", "registered"): "info",
    ("visibility", "intermediaries"): "waiting",
    ("visibility", "city_hall"): "waiting",
    ("credential", "valid"): "success",
    ("credential", "verified"): "success",
    ("side", "need"): "need",
    ("side", "offer"): "offer",
}


class PageLike(Protocol):
    number: int
    has_previous: bool
    has_next: bool
    total: int | None

    def page_url(self, number: int) -> str: ...


WRITING_FORM = re.compile(r"<form\b[^<>]*\bmethod=\"post\"[^<>]*>")


@register.simple_block_tag(takes_context=True)
def page_part(context: template.Context, content: str) -> SafeString:
    """The page's main part, made before the header; its first form that somebody may have half filled gets a name.

    `writing.form` is its id and `writing.page` the page that gives what was typed back (`kept_for`): the form's own
    address, where it posts to another page. A switch of the header or the footer posts that form (ADR 0013).
    """
    for found in WRITING_FORM.finditer(content):
        opening = found.group()
        action = re.search(r'\baction="([^"]+)"', opening)
        if action and "data-keep=" not in opening:
            continue
        page = html.unescape(action.group(1)) if action else ""
        own = re.search(r'\bid="([^"]+)"', opening)
        if own is None:
            named = opening.replace("<form", '<form id="writing"', 1)
            content = content[: found.start()] + named + content[found.end() :]
        context["writing"] = {"form": own.group(1) if own else "writing", "page": page}
        break
    return SafeString(content)


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """`aria_label="…"` in a template becomes `aria-label="…"`; what is empty or false is left out."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    return flatatt({name: value for name, value in named.items() if value not in (None, False, "")})


@register.inclusion_tag("design/components/icon.html")
def icon(name: str) -> dict[str, Any]:
    """A small picture beside words; screen readers pass over it. Names: the ids in icons.svg."""
    return {"name": name}


# Acts

SAID_OTHERWISE = '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'


@register.inclusion_tag("design/components/button.html")
def button(
    label: str,
    *,
    style: str = "primary",
    href: str = "",
    verdict: Verdict | None = None,
    type: str = "submit",  # noqa: A002 - it is the attribute's name
    spoken: str = "",
    **attrs: Any,
) -> dict[str, Any]:
    """A button or a link that looks like one; a refusing verdict shows its sentence instead.

    `spoken` is what screen readers say where the label alone would not tell what is meant; it holds the label's words.
    """
    return {
        "label": format_html(SAID_OTHERWISE, label, spoken) if spoken else label,
        "style": style,
        "href": href,
        "refused": verdict is not None and not verdict,
        "reason": verdict.reason if verdict is not None else "",
        "type": type,
        "attrs": _attributes(attrs),
    }


@register.inclusion_tag("design/components/print_button.html")
def print_button() -> dict[str, Any]:
    """A button that prints the page; shown only where script runs."""
    return {}


@register.inclusion_tag("design/components/back_to_top.html")
def back_to_top() -> dict[str, Any]:
    """A link to the beginning of a long page."""
    return {}


@register.inclusion_tag("design/components/ask_person.html", takes_context=True)
def ask_person(context: template.Context) -> dict[str, Any]:
    """Beside what people wrote, for readers of furigana or やさしい日本語: where a person helps to read it."""
    return {"helps_readers": context.get("helps_readers", False)}


# Forms


@register.simple_tag
def field(bound: BoundField, *, label: str = "", help: str = "") -> SafeString:  # noqa: A002 - Django says help_text
    """A field with its label, 「※必須」, support text and errors; both texts may be said anew here."""
    bound.label = label or bound.label
    bound.help_text = help or bound.help_text
    return SafeString(bound.as_field_group())


@register.inclusion_tag("design/components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet | list[BaseForm], is_search: bool = False) -> dict[str, Any]:
    """What is wrong in these forms, each sentence a link to its field; nothing when all is well.

    `is_search`: nothing was to be sent, somebody only looked for something.
    """
    looked = any(getattr(form, "looked_at", False) for form in forms)
    return {
        "errors": errors_of(*forms),
        "is_search": is_search,
        "looked_at": looked,
        "advised": advice_in(*forms) if looked else [],
    }


@register.inclusion_tag("design/components/look_button.html")
def look_button(*forms: BaseForm | list[BaseForm]) -> dict[str, Any]:
    """Shows what was written with advice, and sends nothing; for forms that have no page of their own to check them."""
    rows = [row for form in forms for row in (form if isinstance(form, list) else [form])]
    return {"is_offered": any(getattr(form, "written", None) for form in rows)}


@register.simple_tag
def advice_said(advice: list[Advice]) -> str:
    """How many advices stand below a field, for those who hear the page; nothing where there are none."""
    return _("書き方の助言：%(n)s") % {"n": len(advice)} if advice else ""


@register.inclusion_tag("design/components/looked_at.html")
def advice_summary(*forms: BaseForm | BaseFormSet, address: str = "") -> dict[str, Any]:
    """What the writing helper says over a whole form, each with a link to its field (on the page at `address`)."""
    return {"advised": advice_in(*forms), "address": address}


@register.inclusion_tag("design/components/form_rows.html")
def form_rows(
    formset: BaseFormSet,
    *,
    legend: str,
    add_label: str,
    row_label: str,
    action: str = "",
) -> dict[str, Any]:
    """Rows of a form with buttons that add and remove them without JavaScript."""
    return {
        "formset": formset,
        "legend": legend,
        "add_label": add_label,
        "row_label": row_label,
        "action": action,
    }


# Content


@register.simple_block_tag
def card(content: str, *, title: str, href: str = "", level: int = 3) -> SafeString:
    """A box with a title that may be a link."""
    values = {"content": content, "title": title, "href": href, "level": level}
    return SafeString(render_to_string("design/components/card.html", values))


@register.inclusion_tag("design/components/door.html")
def door(title: str, text: str, *, href: str, icon: str, level: int = 3) -> dict[str, Any]:
    """One of the ways in, inside `<ul class="doors">`: a picture, a few words, and where it leads."""
    return {"title": title, "text": text, "href": href, "icon": icon, "level": level}


@register.inclusion_tag("design/components/tally.html")
def tally(
    title: str, number: int, *, href: str, since: date | datetime | None = None, urgent: bool = False
) -> dict[str, Any]:
    """How many of something wait, inside `<ul class="tallies">`.

    `since`: when the one that has waited longest began to; what waits so, or is `urgent`, stands out.
    """
    text = _("いちばん長く待っているもの：%(time)s") % {"time": wording.waiting(since)} if since else ""
    return {
        "title": title,
        "number": number,
        "href": href,
        "text": text,
        "urgent": (urgent or bool(since)) and number > 0,
    }


# What stands on a page dozens of times is no template of its own: rendering those took a third of a list's time.
ROW = """<li class="row">
  <div class="row-main">
    <h{level} class="row-title">
    <a href="{href}">{title}</a>
    </h{level}>
    {content}
  </div>
  {aside}
</li>
"""
ROW_ASIDE = '<p class="row-aside">{}</p>'
BADGE = '<span class="badge badge-{} badge-{}">{}</span>'


@register.simple_block_tag
def list_row(content: str, *, title: str, href: str, aside: str = "", level: int = 3) -> SafeString:
    """One row of `<ul class="rows">`: a linked title, what is to know, and a short remark beside."""
    beside = format_html(ROW_ASIDE, aside) if aside else ""
    return format_html(ROW, content=content, title=title, href=href, aside=beside, level=level)


@register.simple_tag
def badge(label: str, *, kind: str = "kind", value: str = "") -> SafeString:
    """A short word about a state, a visibility, a credential, a side or a kind of actor."""
    return format_html(BADGE, kind, TONES.get((kind, str(value)), "plain"), label)


@register.simple_block_tag
def notice(content: str, *, tone: str = "info", title: str = "") -> SafeString:
    """A box that says something apart from the text; `tone` is info, success, warning or error."""
    values = {"content": content, "tone": tone, "title": title}
    return SafeString(render_to_string("design/components/notice.html", values))


@register.simple_block_tag
def table(content: str, *, caption: str, quiet: bool = False) -> SafeString:
    """A table with its caption; on a phone each row becomes a list (cells carry `data-label`)."""
    values = {"content": content, "caption": caption, "quiet": quiet}
    return SafeString(render_to_string("design/components/table.html", values))


@register.inclusion_tag("design/components/definitions.html")
def definitions(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Terms and what they say; a term without a value is left out."""
    return {"items": [(term, value) for term, value in items if value not in (None, "")]}


@register.inclusion_tag("design/components/timeline.html")
def timeline(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, in order: each item has `when`, `title`, and may have `text` and `now`."""
    wanted = ("when", "title", "text", "now")
    return {"items": [{name: item.get(name, "") for name in wanted} for item in items]}


@register.inclusion_tag("design/components/turns.html", takes_context=True)
def turns(context: template.Context, items: Iterable[Turn]) -> dict[str, Any]:
    """Whose turn it is: what is awaited from whom since when; a link only where it leads off this page."""
    request = context.get("request")
    return {"turns": list(items), "here": request.path if request else ""}


@register.inclusion_tag("design/components/letters.html")
def letters(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What people wrote to each other, oldest first: `who`, `when`, `text`, `own`, and `file_url` with `file_name`."""
    wanted = ("who", "when", "text", "own", "file_url", "file_name")
    return {"letters": [{name: item.get(name, "") for name in wanted} for item in items]}


@register.simple_block_tag
def empty_state(content: str, *, title: str) -> SafeString:
    """Says that there is nothing yet, and what to do next."""
    values = {"content": content, "title": title}
    return SafeString(render_to_string("design/components/empty_state.html", values))


# Ways around


def _pairs(parts: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(str(parts[i]), str(parts[i + 1])) for i in range(0, len(parts) - 1, 2)]


@register.inclusion_tag("design/components/breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """Label and address in turn, the last label (this page) without an address."""
    return {"links": _pairs(parts), "here": parts[-1]}


@register.inclusion_tag("design/components/tabs.html")
def tabs(*parts: Any, current: str, label: str) -> dict[str, Any]:
    """Views of one thing as links: label and address in turn; `current` is one of the addresses."""
    return {"tabs": _pairs(parts), "current": str(current), "label": label}


@register.inclusion_tag("design/components/pagination.html")
def pagination(page: PageLike) -> dict[str, Any]:
    """Earlier and later pages of a list; nothing where there is only one."""
    return {
        "page": page,
        "previous_url": page.page_url(page.number - 1) if page.has_previous else "",
        "next_url": page.page_url(page.number + 1) if page.has_next else "",
    }


# Words


@register.simple_tag
def spoken() -> dict[str, Any]:
    """The language of the page (`current`) and all it can be read in (`choices`)."""
    return {"current": current_language(), "choices": LANGUAGES}


register.filter("topic", topic)


@register.filter
def markdown(text: str | None, level: int = 3) -> SafeString:
    """Safe HTML of what somebody wrote; its headings begin at `level` (one below the page's)."""
    return to_html(text or "", level=level)


@register.filter
def day(value: date | datetime | None) -> str:
    """「11月20日(金)」."""
    return wording.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """「11月20日(金) 13:30」."""
    return wording.moment(value) if value else ""


@register.filter
def wareki(value: date | datetime | None) -> str:
    """「令和8年11月20日(金)」."""
    return wording.era_day(value) if value else ""


@register.filter
def wareki_year(value: date | datetime | None) -> str:
    """「令和8年」."""
    return wording.era_year(value) if value else ""


@register.filter
def waiting(since: date | datetime | None, now: datetime | None = None) -> str:
    """「3日」: how long something has waited."""
    return wording.waiting(since, now) if since else ""


@register.filter
def yen(value: float | Decimal | None) -> str:
    """「12,000円」."""
    return "" if value is None else wording.yen(value)


@register.filter
def weekdays(numbers: list[int] | None) -> str:
    """「土・日」, 「平日」, 「毎日」."""
    return wording.weekdays(numbers or [])
