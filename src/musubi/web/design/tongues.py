"""On a page in English, what is Japanese says so (WCAG 3.1.2), whoever wrote it and wherever it stands.

Titles, names and reasons come from a hundred templates; marked one by one, some would be forgotten. So the finished page is
read once, and every run of Japanese that stands in no element with a Japanese `lang` gets one. A screen reader then says it
with a Japanese voice instead of spelling it or passing over it.
"""

import re
from functools import lru_cache

LETTERS = r"\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u3005\u3006\u3400-\u4dbf\u4e00-\u9fff"
SIGNS = r"\u3000-\u3004\u3007-\u303f\u30fb\uff01-\uff9f"
JAPANESE = re.compile(f"[{LETTERS}]")
# A run goes on over numbers and capitals (「机20脚」, 「市のNPO」), never over an English word.
RUN = re.compile(
    f"[「『（【〈《〔０-９Ａ-Ｚ]*[{LETTERS}](?:[{LETTERS}{SIGNS}]|[0-9A-Z.,:/()%~ -]{{1,12}}(?=[{LETTERS}{SIGNS}]))*"
)
ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^'\"<>]+)*+"
TOKEN = re.compile(
    r"(?P<aside><!--.*?-->|<!doctype[^>]*>|<(?P<raw>script|style)\b.*?</(?P=raw)>)"
    rf"|<(?P<plain>title|option|textarea|text)\b(?P<given>{ATTRIBUTES})>(?P<words>.*?)</(?P=plain)>"
    rf"|(?P<tag><(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<more>{ATTRIBUTES})>)"
    r"|[^<]+|<",
    re.DOTALL | re.IGNORECASE,
)
# What needs no looking at, as much as follows: tags without `lang` that say nothing themselves, and texts without Japanese.
DULL = re.compile(
    r"(?:</?(?!(?:title|option|textarea|text|script|style|img|input|svg)\b)[a-z][a-z0-9-]*"
    r"(?:\"[^\"]*\"|'[^']*'|[^'\"<>\s]+|\s(?!lang=))*+>"
    rf"|[^<{LETTERS}]++(?=<|\Z))++"
)
LANG = re.compile(r"\slang=\"(\w+)")
SAID = re.compile(r"\s(?:alt|value|placeholder|title|aria-label)=\"([^\"]*)\"")
ALONE = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def mark_japanese(page: str) -> str:
    """A page, or a part of one, whose Japanese is marked; what is marked already stays as it is."""
    if not JAPANESE.search(page):
        return page
    out: list[str] = []
    within, depth, at = "", 0, 0
    while at < len(page):
        if dull := (_dull_within(within) if within else DULL).match(page, at):
            out.append(dull.group())
            at = dull.end()
            continue
        found = TOKEN.match(page, at)
        assert found is not None  # a lone `<` is a token too
        at = found.end()
        token, name = found.group(), (found["name"] or "").lower()
        if within:
            out.append(token)
            if name == within and not token.endswith("/>"):
                depth += -1 if found["end"] else 1
                within = within if depth else ""
        elif found["plain"]:
            out.append(_marked_whole(token, found["plain"], found["given"], found["words"]))
        elif name:
            if not found["end"] and name not in ALONE and _is_japanese(found["more"]):
                within, depth = name, 1
            out.append(_marked_tag(token, name, found["more"]))
        else:
            out.append(token if found["aside"] else _marked_text(token))
    return "".join(out)


@lru_cache(maxsize=256)
def _dull_within(name: str) -> re.Pattern[str]:
    """All of a Japanese element but what may end it, open another of its name, or hold no elements."""
    return re.compile(
        rf"(?:</?(?!(?:{name}|title|option|textarea|text|script|style)\b)[a-z][a-z0-9-]*{ATTRIBUTES}>|[^<]+)++"
    )


def _is_japanese(attributes: str) -> bool:
    told = LANG.search(attributes)
    return told is not None and told.group(1) == "ja"


def _marked_whole(token: str, name: str, attributes: str, words: str) -> str:
    """An element that holds no others: it is Japanese as a whole. A title speaks of its page first, then of the town."""
    telling = words.partition("|")[0] if name == "title" else words
    if LANG.search(attributes) or not JAPANESE.search(telling):
        return token
    return f'<{name} lang="ja"{token[1 + len(name) :]}'


def _marked_tag(token: str, name: str, attributes: str) -> str:
    """What only an attribute says: a picture's words, what somebody typed into a field."""
    if name not in ("img", "input", "svg") or LANG.search(attributes) or 'type="hidden"' in attributes:
        return token
    if not any(JAPANESE.search(said) for said in SAID.findall(attributes)):
        return token
    return f'<{name} lang="ja"{token[1 + len(name) :]}'


@lru_cache(maxsize=4096)
def _marked_text(text: str) -> str:
    if not JAPANESE.search(text):
        return text
    bare = text.strip()
    before, _, after = text.partition(bare)
    marked = RUN.sub(lambda run: f'<span lang="ja">{run.group()}</span>', bare)
    # One piece: a button lays its parts side by side and would lose the spaces between them.
    return f"{before}{marked if RUN.fullmatch(bare) else f'<span>{marked}</span>'}{after}"
