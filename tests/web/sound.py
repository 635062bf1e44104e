"""Is a page valid HTML, and does everything in it point somewhere?

html5lib tells what the parser had to repair, turbohtml what a document must have; what neither sees stands below.
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as SENTENCES
from turbohtml.conformance import check_html

from tests.web import html_rules as rules

Tree = Element


def faults(html: str) -> list[str]:
    """Every fault of a whole page, as a sentence; none: the page is sound."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    parents = {child: parent for parent in tree.iter() for child in parent}
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    found = [
        f"line {place[0]}: {SENTENCES.get(code, code) % (values or {})}"
        for place, code, values in parser.errors
    ]
    found += [f"line {fault.line}: {fault.message}" for fault in check_html(html).messages]
    found += _of_references(elements)
    for element in elements:
        if _is_drawing(element, parents):
            continue
        found += _of_attributes(element)
        found += _of_place(element, parents)
    return found


def is_sound(html: str) -> None:
    found = faults(html)
    assert found == [], "\n".join(found)


def ids_and_references(html: str) -> tuple[list[str], set[str]]:
    """All ids of a page, and all ids that something points to."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return _ids_and_references([element for element in tree.iter() if isinstance(element.tag, str)])


def _ids_and_references(elements: list[Tree]) -> tuple[list[str], set[str]]:
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    wanted: set[str] = set()
    for element in elements:
        for name in rules.REFERENCES:
            wanted.update(element.attrib.get(name, "").split())
        href = element.attrib.get("href", "")
        wanted.update([href[1:]] if href.startswith("#") and len(href) > 1 else [])
    return ids, wanted


def _of_references(elements: list[Tree]) -> Iterator[str]:
    ids, wanted = _ids_and_references(elements)
    yield from (f"the id {name} stands {count} times" for name, count in Counter(ids).items() if count > 1)
    yield from (f"something points to #{name}, which is not there" for name in sorted(wanted - set(ids)))
    tags = {element.attrib["id"]: element.tag for element in elements if "id" in element.attrib}
    for element in elements:
        target = tags.get(element.attrib.get("for", ""))
        if element.tag == "label" and target and target not in rules.LABELLED:
            yield f"a label is for #{element.attrib['for']}, a <{target}>"


def _is_drawing(element: Tree, parents: dict[Tree, Tree]) -> bool:
    """Inside an SVG other rules hold."""
    while element in parents and not element.tag.endswith("svg"):
        element = parents[element]
    return element.tag.endswith("svg")


def _of_attributes(element: Tree) -> Iterator[str]:
    known = rules.ELEMENTS.get(element.tag)
    if "-" in element.tag:  # an element of the page's own
        return
    if known is None:
        yield f"<{element.tag}> is not an element"
        return
    for name in element.attrib:
        if name == "style" or name.startswith("on"):
            yield f"<{element.tag}> has an inline {name}"
        elif not (name in known | rules.GLOBAL or name.startswith(("data-", "aria-"))):
            yield f"<{element.tag}> has no attribute {name}"
    kind = element.attrib.get("type")
    types = {"input": rules.INPUT_TYPES, "button": rules.BUTTON_TYPES, "script": rules.SCRIPT_TYPES}
    if kind is not None and kind not in types.get(element.tag, {kind}):
        yield f"<{element.tag}> has no type {kind}"
    if element.tag == "script" and "src" not in element.attrib and kind != "application/json":
        yield "a script stands in the page itself"
    if "" in (element.attrib.get(name) for name in ("id", "for", "name", "href", "action")):
        yield f"an empty id, name or address: {ET.tostring(element, encoding='unicode')[:200]}"


def _of_place(element: Tree, parents: dict[Tree, Tree]) -> Iterator[str]:
    above = [element]
    while above[-1] in parents:
        above.append(parents[above[-1]])
    tags = [one.tag for one in above[1:]]
    parent = tags[0] if tags else ""
    allowed = rules.ONLY_CHILDREN.get(parent)
    if allowed is not None and element.tag not in allowed | rules.EVERYWHERE:
        yield f"<{element.tag}> stands in <{parent}>"
    wanted = rules.ONLY_PARENTS.get(element.tag)
    if wanted is not None and parent not in wanted:
        yield f"<{element.tag}> stands in <{parent}>"
    if element.tag in rules.FLOW_ONLY:
        for tag in tags:
            if tag not in rules.WORDS_ONLY:
                break
            if not (tag in rules.HEADED and element.tag in rules.HEADINGS):
                yield f"<{element.tag}> stands in <{tag}>"
    if element.tag in rules.PRESSED and element.attrib.get("type") != "hidden":
        yield from (f"<{element.tag}> stands in <{tag}>" for tag in tags if tag in ("a", "button", "summary"))
    if element.tag in ("form", "label", "main"):
        yield from (f"<{element.tag}> stands in <{tag}>" for tag in tags if tag == element.tag)


def faults_of_a_page(html: str) -> list[str]:
    """`faults`, and what every page of ours has: a language, a title, one heading above all, one main part."""
    found = faults(html)
    if not re.search(r'<html lang="(ja|en)"', html):
        found.append("the page does not say its language")
    title = re.search(r"<title>\s*([^|]*?)\s*\|", html)
    if not title or not title[1]:
        found.append("the page has no title of its own")
    found += [
        f"{html.count(tag)} × {tag}" for tag in ("<h1", "<main") if len(re.findall(rf"{tag}\b", html)) != 1
    ]
    return found


def fingerprint(html: str) -> str:
    """The same for two pages that differ only in what keeps strangers from posting, and in whose they are."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|data-keep-owner)="[^"]*"', "", html)
