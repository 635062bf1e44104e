"""Words of the office in plain words, and a link to them wherever a page uses one.

The glossary (`/glossary/`) shows these with an anchor each. A middleware links the first time each stands in a page's running
text (`link_terms`): in `p`, `li`, `dd`, `td` of the main part; not in links, buttons, headings or forms, where a link would lead
away from what somebody is doing; not in what people wrote (`lang`), where it would look like the writer's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """`also` holds further forms that are linked, parted by 、 (in English by commas)."""

    code: str
    name: Promise
    says: Promise
    example: Promise
    brings: Promise
    also: Promise | str = ""

    @property
    def title(self) -> str:
        """As somebody would search for it: 「協働とは」."""
        return gettext("%(word)sとは") % {"word": self.name}


TERMS = (
    Term(
        "kyodo",
        _("協働"),
        _("立場のちがう者どうしが、同じ目的のために、対等な立場で力を出し合うこと。"),
        _("町内会と会社と市が、それぞれできることを出し合い、公園をきれいにする。"),
        _("何をよくしたいかという考えと、自分にできること、できないこと。"),
    ),
    Term(
        "kyosai",
        _("共催"),
        _("いっしょに主催すること。責任も費用も分け合います。"),
        _("子ども会と図書館が、二つの名前で読み聞かせの会を開く。"),
        _("計画、費用の見積もり、だれが何を受け持つかの案。"),
    ),
    Term(
        "koen",
        _("後援"),
        _("市などが趣旨に賛同し、名前を使うことを認めること。ふつう、お金は出ません。"),
        _("NPOの講演会のチラシに「後援：結浜市」と書く。"),
        _("申請書、行事の計画、団体の決まりと名簿。行事の1か月前までに出すのがふつうです。"),
        _("後援名義"),
    ),
    Term(
        "hojo",
        _("補助"),
        _("団体の活動に、市などがお金の一部を出すこと。活動の主体は団体です。"),
        _("花だんづくりの苗代6万円のうち、3万円を市が出す。"),
        _("申請書、計画、予算書。終わったあとに、領収書を付けた報告が要ります。"),
        _("補助金、助成、助成金"),
    ),
    Term(
        "itaku",
        _("委託"),
        _("市がすべき仕事を、契約を結んで団体や企業に任せること。"),
        _("市の子育て講座の運営を、NPOが引き受ける。"),
        _("見積書、仕事のできる体制、これまでの実績。市と契約書を交わします。"),
    ),
    Term(
        "kyotei",
        _("協定"),
        _("目的や役割を文書で約束すること。災害のときの協力などに使われます。"),
        _("災害のときに店の水や食べ物を配ると、スーパーと市が約束する。"),
        _("何をいつまで、だれの費用でするかの案。双方の代表が名前を書きます。"),
    ),
    Term(
        "jigyo-kyoryoku",
        _("事業協力"),
        _("お金のやりとりを主とせず、得意なことを出し合って事業を進めること。"),
        _("市の健康教室に、会社が会場を、団体が案内役を出す。"),
        _("出せるもの（人、場所、物、知恵）と、出せる期間。"),
    ),
    Term(
        "shitei-kanri",
        _("指定管理"),
        _("市の建物の世話と運営を、市議会の議決を受けて、団体や企業に任せること。"),
        _("地区センターを、地域の団体が5年間、受付から修理まで受け持つ。"),
        _("応募の書類、5年ほどの運営計画と予算、会計の書類。公募で選ばれます。"),
        _("指定管理者"),
    ),
    Term(
        "jikko-iinkai",
        _("実行委員会"),
        _("一つの行事のために、いくつもの団体や市が集まってつくる会。終わると解散します。"),
        _("町内会、商店会、学校、市で「夏祭り実行委員会」をつくる。"),
        _("会の決まり、役員の名簿、会計の担当者、通帳。"),
    ),
    Term(
        "kobo",
        _("公募"),
        _("市などが、だれでも応募できる形で、団体や案を広く募ること。"),
        _("市が「空き家を使う取り組み」の案を募り、話を聞いて選ぶ。"),
        _("応募書、計画、予算書。締め切りと選び方は、募集の案内にあります。"),
    ),
)  # fmt: skip

_CONTEXT = frozenset({"p", "li", "dd", "td"})
_CLOSED = frozenset(
    {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "summary", "form", "select", "textarea", "nav", "svg"}
    | {"code", "pre", "script", "style", "template", "th", "dt", "caption", "q", "blockquote", "ruby", "figcaption"}
)  # fmt: skip
_VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>", re.DOTALL)
_MAIN = re.compile(r"<main\b")
_WRITTEN = re.compile(r'\slang="|\sclass="(?:prose|badges)\b')
_JAPANESE = r"\u4e00-\u9fff\u3005\u30a1-\u30fa\u30fc"  # kanji and katakana


def link_terms(page: str) -> str:
    """A page whose main part links each term to the glossary where it stands first."""
    words = _words(get_language() or "ja")
    matches = list(_whole_words(page, words))
    if not matches:
        return page
    codes = words.codes
    missing = {codes[match[0].casefold()] for match in matches}
    glossary = reverse("public:glossary")
    seen: set[str] = set()
    parts, at = [], 0
    for match in _in_running_text(page, matches):
        code = codes[match[0].casefold()]
        if code not in seen:
            seen.add(code)
            link = f'<a class="term" href="{glossary}#{code}">{match[0]}</a>'
            parts += [page[at : match.start()], link]
            at = match.end()
            if seen == missing:
                break
    return "".join([*parts, page[at:]])


@dataclass(frozen=True)
class _Words:
    """What is looked for in a language (`before`: what makes it part of another word), and the anchor of each form."""

    pattern: re.Pattern[str]
    before: re.Pattern[str]
    codes: dict[str, str]


def _whole_words(page: str, words: _Words) -> Iterator[re.Match[str]]:
    """Those in the main part that are words of their own.

    What stands before is looked at afterwards: a pattern that begins with the words themselves is found many times faster.
    """
    main = _MAIN.search(page)
    end = page.find("</main>", main.end()) if main else -1
    at = main.end() if main else 0
    while end >= 0 and (match := words.pattern.search(page, at, end)):
        if words.before.match(page, match.start() - 1):
            at = match.start() + 1
        else:
            yield match
            at = match.end()


@lru_cache(maxsize=8)
def _words(language: str) -> _Words:
    is_japanese = language.startswith("ja")
    codes: dict[str, str] = {}
    # やさしい日本語 explains a word behind it; the word itself is the Japanese one.
    with override("ja" if is_japanese else language):
        for term in TERMS:
            for form in re.split(r"、|,\s*", f"{term.name}、{term.also}"):
                if form.strip():
                    codes.setdefault(form.strip().casefold(), term.code)
    part = f"[{_JAPANESE}]" if is_japanese else r"[\w-]"
    forms = sorted(codes, key=len, reverse=True)
    first = "".join({re.escape(letter) for form in forms for letter in (form[0], form[0].upper())})
    rest = "|".join(f"(?<={re.escape(form[0])}){re.escape(form[1:])}" for form in forms)
    return _Words(re.compile(f"[{first}](?i:{rest})(?!{part})"), re.compile(part), codes)


def _in_running_text(page: str, matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those matches that stand in a paragraph and in nothing that keeps links out; one walk over the tags."""
    waiting = iter(matches)
    match = next(waiting)
    open_tags: list[tuple[str, int, int]] = []
    paragraphs = closed = 0
    for tag in _TAG.finditer(page, page.index("<main")):
        while match.start() < tag.end():
            if match.start() < tag.start() and paragraphs and not closed:
                yield match
            found = next(waiting, None)
            if found is None:
                return
            match = found
        name = (tag[2] or "").lower()
        if not name or name in _VOID or tag[3].endswith("/"):
            continue
        if not tag[1]:
            entry = (name, name in _CONTEXT, name in _CLOSED or bool(_WRITTEN.search(tag[3])))
            open_tags.append(entry)
            paragraphs, closed = paragraphs + entry[1], closed + entry[2]
        elif any(entry[0] == name for entry in reversed(open_tags)):
            while open_tags:
                gone = open_tags.pop()
                paragraphs, closed = paragraphs - gone[1], closed - gone[2]
                if gone[0] == name:
                    break
