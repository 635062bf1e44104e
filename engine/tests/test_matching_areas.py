"""Codes and containment, against the table of every municipality where it is at hand."""

import csv
import os
from pathlib import Path

import pytest

from musubi_engine import AreaPath, check_digit, contains, path_of_code

REAL = Path(os.environ.get("MUSUBI_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("140007", ("140007",)),
        ("141305", ("140007", "141305")),
        ("141330", ("140007", "141305", "141330")),
        ("141518", ("140007", "141500", "141518")),
        ("142077", ("140007", "142077")),
        ("131016", ("130001", "131016")),
        ("011011", ("010006", "011002", "011011")),
    ],
)
def test_path_of_a_code(code, codes):
    assert path_of_code(code).codes == codes


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("14133", "5桁"),
        ("1413３0", "数字でない"),
        ("141331", "検査数字は0"),
        ("481009", "先頭2桁"),
        ("―", "数字でない"),
        ("", "数字でない"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(code, words):
    with pytest.raises(ValueError, match=words):
        path_of_code(code)


def test_check_digit_wants_five_digits():
    with pytest.raises(ValueError, match="5桁"):
        check_digit("141330")


def test_a_city_contains_its_wards_and_no_other():
    assert contains(path_of_code("141305"), path_of_code("141330"))
    assert not contains(path_of_code("141330"), path_of_code("141305"))
    assert not contains(path_of_code("141305"), path_of_code("142077"))


def test_a_town_is_inside_its_ward_only():
    ward = path_of_code("141330")
    town = AreaPath(codes=ward.codes, names=("神奈川県", "川崎市", "中原区", "木月"))
    other = AreaPath(codes=ward.codes, names=("神奈川県", "川崎市", "中原区", "井田"))
    assert contains(ward, town)
    assert not contains(town, other)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data (MUSUBI_REAL_DATA) is not here")
def test_every_municipality_of_japan_has_its_path():
    with (REAL / "areas" / "localgovjp-utf8.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["lgcode"]]
    city_codes = {row["city"]: row["lgcode"] for row in rows if row["city"].endswith("市")}
    wrong = []
    for row in rows:
        city, _, ward = row["city"].partition(" ")
        above = [city_codes[city]] if ward else []
        if list(path_of_code(row["lgcode"]).codes[1:]) != [*above, row["lgcode"]]:
            wrong.append(row["city"])
    assert wrong == []
