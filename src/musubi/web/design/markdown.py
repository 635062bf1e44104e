"""Plain text with lists, links and tables from strangers, made safe to show."""

import html as entities
import re

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_RENDERER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
_TAGS = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
LOWEST_HEADING = 6


def _lower_headings(tokens: list[Token], level: int) -> None:
    """The text's headings begin at `level` and never skip one, whatever was typed."""
    typed = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    depth: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            here = typed.pop(0)
            depth = [*(above for above in depth if above < here), here]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(level + len(depth) - 1, LOWEST_HEADING)}"


def to_html(text: str, *, level: int = 3) -> SafeString:
    """Safe HTML of a text, its headings from `level` on; other marks are shown as they were typed."""
    tokens = _RENDERER.parse(text)
    _lower_headings(tokens, level)
    for token in tokens:
        # Column alignment is an inline style, which our pages forbid.
        token.attrs.pop("style", None)
    html = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)


def to_text(text: str) -> str:
    """What the text says without its marks, a paragraph or an item on each line."""
    lines = entities.unescape(strip_tags(to_html(text))).split("\n")
    return "\n".join(clean for line in lines if (clean := re.sub(r"\s+", " ", line).strip()))
