"""`{% load joining %}`: what joins words on a page, in its language."""

import datetime as dt

import pytest
from django.template import Context, Template

from musubi.base.common.languages import written_in

PAGE = (
    "{% load joining %}"
    "{{ names|listed }}[{% for name in names %}{{ name }}{% if not forloop.last %}{% comma %}{% endif %}{% endfor %}] "
    "<a>港</a>{% aside kind none town %} {{ kind }}{% colon %}{{ town }} {{ kind|labelled:town }} {{ kind|quoted }} "
    "{% spread kind town %} {% days_between day none %} {% times_between none time %} {{ time|clock }} {{ '2'|with_unit:'人' }}"
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            (
                "A、&lt;B&gt;[A、&lt;B&gt;] <a>港</a>（会社、川辺町） 会社：川辺町 会社：川辺町 「会社」 "
                "会社〜川辺町 2001年2月3日(土)〜 〜13:30 13:30 2人"
            ),
        ),
        (
            "en",
            (
                "A, &lt;B&gt;[A, &lt;B&gt;] <a>港</a> (会社, 川辺町) 会社: 川辺町 会社: 川辺町 “会社” "
                "会社 to 川辺町 from Saturday 3 February 2001 until 1:30 pm 1:30 pm 2 人"
            ),
        ),
    ],
)
def test_a_page_is_joined_in_its_language(language: str, said: str) -> None:
    values = {
        "names": ["A", "<B>"],
        "kind": "会社",
        "town": "川辺町",
        "none": None,
        "day": dt.date(2001, 2, 3),
        "time": dt.time(13, 30),
    }
    with written_in(language):
        assert Template(PAGE).render(Context(values)) == said
