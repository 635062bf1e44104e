"""Fields: what they accept, what they answer, and how the page ties the answer to the box."""

from datetime import date, time

import pytest
from django import forms as django_forms
from django.http import QueryDict
from django.template import Context, Template

from musubi.web.design import forms
from musubi.web.design.gallery import ExampleForm, ExampleRows
from tests.web.sound import ids_and_references


class Plan(forms.Form):
    title = forms.PlainTextField(label="題名", max_length=5, help_text="短く")
    on = forms.JapaneseDateField(label="日")
    at = forms.JapaneseTimeField(label="時刻", required=False)
    days = forms.WeekdaysField(label="曜日", required=False)
    people = forms.AmountField(label="人数", units=("人", "名"), maximum=1000)
    hours = forms.AmountField(label="時間", whole=False, minimum=0, required=False)
    kind = django_forms.ChoiceField(label="種類", choices=[("a", "甲")], widget=django_forms.RadioSelect)


def posted(**changes: str) -> dict[str, object]:
    data: dict[str, object] = {
        "title": "食堂",
        "on_year": "令和8",
        "on_month": "１１",
        "on_day": "20日",
        "at": "午後1時半",
        "days": ["5", "0"],
        "people": "約３０人",
        "hours": "1.5時間",
        "kind": "a",
    }
    data.update(changes)
    return data


def test_what_people_type_is_understood() -> None:
    form = Plan(posted())
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": "食堂",
        "on": date(2026, 11, 20),
        "at": time(13, 30),
        "days": [0, 5],
        "people": 30,
        "hours": form.cleaned_data["hours"],
        "kind": "a",
    }
    assert str(form.cleaned_data["hours"]) == "1.5"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"title": ""}, "title", "「題名」を入れてください。"),
        ({"title": "子ども食堂を"}, "title", "5文字までにしてください（いま6文字です）。"),
        ({"on_day": ""}, "on", "年・月・日の3つとも入れてください。"),
        ({"on_year": "", "on_month": "", "on_day": ""}, "on", "「日」を入れてください。"),
        ({"on_year": "26"}, "on", "年は「2026」または「令和8」のように入れてください。"),
        ({"on_month": "2", "on_day": "30"}, "on", "その日付はありません。月と日を確かめてください。"),
        ({"at": "夕方"}, "at", "時刻は「13:30」または「午後1時30分」のように入れてください。"),
        ({"people": "たくさん"}, "people", "数は「30」や「30人」のように入れてください。"),
        ({"people": "2.5"}, "people", "小数は使えません。「30」のように入れてください。"),
        ({"people": "0"}, "people", "1以上の数を入れてください。"),
        ({"people": "1001人"}, "people", "1,000以下の数を入れてください。"),
        ({"people": "30円"}, "people", "「円」では数えられません。数だけを入れてください。"),
        ({"kind": ""}, "kind", "「種類」を選んでください。"),
        ({"kind": "z"}, "kind", "選んだものが一覧にありません。もう一度選んでください。"),
        ({"days": ["7"]}, "days", "選んだものが一覧にありません。もう一度選んでください。"),
    ],
)
def test_a_mistake_gets_a_sentence_that_says_what_to_do(
    change: dict[str, str], field: str, sentence: str
) -> None:
    form = Plan(posted(**change))
    assert not form.is_valid()
    assert form.errors == {field: [sentence]}


def test_a_sentence_given_by_the_author_stays() -> None:
    class Own(forms.Form):
        name = django_forms.CharField(error_messages={"required": "お名前をどうぞ。"})

    assert Own({}).errors == {"name": ["お名前をどうぞ。"]}


def test_the_three_boxes_show_a_date_and_give_back_what_was_typed() -> None:
    shown = str(Plan(initial={"on": date(2026, 1, 5)})["on"])
    assert 'value="2026"' in shown
    assert 'value="5"' in shown
    wrong = str(Plan(posted(on_day="三十日"))["on"])
    assert 'value="三十日"' in wrong
    assert forms.posted_boxes("on", date(2026, 1, 5)) == {"on_year": "2026", "on_month": "1", "on_day": "5"}


def test_errors_are_tied_to_their_boxes_and_linked_from_the_summary() -> None:
    html = Template("{{ form }}").render(Context({"form": ExampleForm({}, prefix="x")}))
    ids, wanted = ids_and_references(html)
    assert len(ids) == len(set(ids))
    assert wanted - set(ids) == set()
    for part in (
        "x-title_error",
        "x-title_helptext",
        "x-starts_on_error",
        "id_x-starts_on_0",
        "id_x-visibility_0",
    ):
        assert any(part in one for one in wanted), part
    assert 'aria-invalid="true"' in html


def test_an_unjudged_form_shows_what_was_typed_without_complaint_and_is_never_valid() -> None:
    form = Plan({"title": "途中"})
    form.keep_unchecked()
    html = Template("{{ form }}").render(Context({"form": form}))
    assert 'value="途中"' in html
    assert "error" not in html
    assert not form.is_valid()


def rows_posted(*whats: str, **buttons: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"rows-TOTAL_FORMS": str(len(whats)), "rows-INITIAL_FORMS": "0", **buttons})
    for number, what in enumerate(whats):
        data.update(
            {f"rows-{number}-resource": "people", f"rows-{number}-what": what, f"rows-{number}-amount": "3人"}
        )
    return data


def shown_rows(data: QueryDict) -> list[str]:
    return [str(form["what"].value() or "") for form in ExampleRows(data, prefix="rows")]


def test_rows_are_added_and_removed_by_buttons_and_keep_what_was_typed() -> None:
    assert shown_rows(rows_posted("机", "椅子", add_row="rows")) == ["机", "椅子", ""]
    assert shown_rows(rows_posted("机", "椅子", "鍋", remove_row="rows-1")) == ["机", "鍋"]
    assert shown_rows(rows_posted("机", remove_row="rows-7")) == ["机"]
    assert shown_rows(rows_posted("机", add_row="other")) == ["机"]


def test_pressing_a_row_button_judges_nothing() -> None:
    rows = ExampleRows(rows_posted("", "椅子", add_row="rows"), prefix="rows")
    assert rows.row_asked
    assert not rows.is_valid()
    assert rows.errors == []


def test_no_more_rows_than_allowed() -> None:
    full = rows_posted(*"一二三四五", add_row="rows")
    rows = ExampleRows(full, prefix="rows")
    assert rows.is_full
    assert len(rows.forms) == 5
    html = Template(
        '{% load design %}{% form_rows rows legend="物" row_label="物" add_label="もう一つ" %}'
    ).render(Context({"rows": rows}))
    assert "もう一つ" not in html


def test_filled_rows_are_the_whole_list() -> None:
    data = rows_posted("机", "", "鍋")
    data["rows-1-amount"] = ""
    rows = ExampleRows(data, prefix="rows", initial=[{"what": "机", "amount": 3}])
    assert rows.is_valid(), rows.errors
    assert [(row["what"], row["amount"]) for row in rows.filled] == [("机", 3), ("鍋", 3)]


def test_a_half_filled_row_is_judged() -> None:
    data = rows_posted("机", "")
    rows = ExampleRows(data, prefix="rows")
    assert not rows.is_valid()
    assert rows.errors[1] == {"what": ["「内容」を入れてください。"]}
