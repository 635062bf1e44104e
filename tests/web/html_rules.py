"""What HTML knows: its elements, their attributes, and what may stand in what (html.spec.whatwg.org, as far as we use it)."""


def words(text: str) -> set[str]:
    return set(text.split())


GLOBAL = words("""
    accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert
    inputmode is itemid itemprop itemref itemscope itemtype lang nonce popover role slot spellcheck
    tabindex title translate
""")

_MEDIA = "src width height loading crossorigin referrerpolicy"
_SENDING = "formaction formenctype formmethod formnovalidate formtarget disabled form name value type"
_TYPED = "autocomplete dirname maxlength minlength placeholder readonly required"
ELEMENTS: dict[str, set[str]] = {
    name: words(attributes)
    for names, attributes in (
        ("html", "xmlns"),
        ("head title body header footer main nav section article aside search hgroup address", ""),
        ("h1 h2 h3 h4 h5 h6 p div span hr br wbr dl dt dd figure figcaption ul pre code kbd samp var", ""),
        ("strong em b i s u small sub sup mark abbr dfn cite ruby rt rp bdi bdo noscript legend summary", ""),
        ("table caption thead tbody tfoot tr menu picture datalist template", ""),
        ("meta", "name content charset http-equiv media property"),
        ("link", "rel href type media sizes hreflang as crossorigin integrity referrerpolicy"),
        ("script", "src type async defer nomodule crossorigin integrity referrerpolicy"),
        ("a", "href rel target download hreflang type referrerpolicy ping"),
        ("img", f"{_MEDIA} alt srcset sizes decoding fetchpriority ismap usemap"),
        ("source", "src srcset sizes media type width height"),
        ("iframe", f"{_MEDIA} name sandbox allow allowfullscreen srcdoc"),
        ("form", "action method enctype novalidate autocomplete accept-charset name rel target"),
        ("fieldset", "disabled form name"),
        ("label output", "for form name"),
        (
            "input",
            f"{_SENDING} {_TYPED} accept alt checked height list max min multiple pattern popovertarget popovertargetaction size src step width",
        ),
        ("button", f"{_SENDING} popovertarget popovertargetaction command commandfor"),
        ("select", "autocomplete disabled form multiple name required size"),
        ("option optgroup", "disabled label selected value"),
        ("textarea", f"{_TYPED} cols disabled form name rows wrap"),
        ("progress meter", "value max min low high optimum"),
        ("details dialog", "open name"),
        ("ol", "reversed start type"),
        ("li data", "value"),
        ("time del ins", "datetime cite"),
        ("q blockquote", "cite"),
        ("th td", "colspan rowspan headers"),
        ("col colgroup", "span"),
    )
    for name in names.split()
}
ELEMENTS["th"] |= {"scope", "abbr"}

INPUT_TYPES = words("""
    hidden text search tel url email password date month week time datetime-local number range color
    checkbox radio file submit image reset button
""")
BUTTON_TYPES = {"submit", "reset", "button"}
SCRIPT_TYPES = {"module", "application/json"}

FLOW_ONLY = words("""
    address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre search section table ul
""")
"""May not stand where only words may."""

WORDS_ONLY = words("""
    abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark output p pre q rt
    ruby s samp small span strong sub sup time u var progress meter summary legend
""")
"""Hold words and what stands between words; a summary or legend one heading beside."""

HEADED = {"summary", "legend"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

PRESSED = {"a", "button", "input", "select", "textarea", "details", "iframe", "label"}
"""One presses them: none stands in a link, a button or a summary."""

ONLY_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup", "hr"},
    "optgroup": {"option"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"th", "td"},
    "ruby": {"rt", "rp", "span"},
}
EVERYWHERE = {"script", "template"}

ONLY_PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "rt": {"ruby"},
    "option": {"select", "optgroup", "datalist"},
    "wbr": None,
}
"""None: anywhere."""

LABELLED = {"button", "input", "meter", "output", "progress", "select", "textarea"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage",
              "for", "form", "list", "headers", "popovertarget", "commandfor", "aria-activedescendant")  # fmt: skip
