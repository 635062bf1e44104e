"""A file like the 内閣府 NPO法人ポータル's bulk CSV: seeded, real-looking, with the dirt of the real one.

Also a command: `python -m tests.config.imports.portal 60000 portal.csv`
"""

import csv
import random
import sys
from collections import Counter
from pathlib import Path

HEADER = [
    *(
        "法人名称",
        "法人名称カナ",
        "所轄庁",
        "権限移譲先市町村",
        "主たる事務所の所在地",
        "主たる事業所の郵便番号",
    ),
    *(
        "従たる事務所の所在地",
        "代表者氏名",
        "団体代表者名（フリガナ）",
        "法人設立認証年月日",
        "設立年月日",
        "定款に記載された目的",
    ),
    *(
        f"活動分野{number}"
        for number in [
            "１",
            "２",
            "３",
            "４",
            "５",
            "６",
            "７",
            "８",
            "９",
            "１０",
            "１１",
            "１２",
            "１３",
            "１４",
            "１５",
            "１６",
            "１７",
            "１８",
            "１９",
            "２０",
        ]
    ),
    *(f"認定（認定・特例認定{number}）" for number in "１２３４"),
    *(f"認定（PST基準{number}）" for number in "１２３"),
    "認定（PST基準 条例指定（都道府県及び市区町村名））",
    *("認定（認定開始日）", "認定（認定満了日）", "認定（認定取消日）"),
    *("認定（特例認定年月日）", "認定（特例認定満了日）", "認定（特例認定取消日）"),
    *(
        "監督情報",
        "解散情報",
        "法人情報URL",
        "法人番号",
        "条例個別指定フラグ",
        "特定非営利活動に係る事業",
        "その他の事業",
    ),
    *("事業年度開始日", "事業年度終了日", "条例個別指定：有効期間(開始日)", "条例個別指定：有効期間(満了日)"),
    *(
        "条例個別指定：有効期限（更新申請日)",
        "条例個別指定：有効期限（更新日)",
        "条例個別指定：有効期限（条例個別指定：取消日)",
    ),
]
FIRST = [
    "みずいろ",
    "ひだまり",
    "あおぞら",
    "たんぽぽ",
    "さざなみ",
    "こもれび",
    "わかば",
    "つばさ",
    "かけはし",
    "ほほえみ",
]
SECOND = ["子育て", "見守り", "里山", "福祉", "防災", "文化", "国際交流", "就労支援", "まちづくり", "環境"]
THIRD = ["ネットワーク", "の会", "サポートセンター", "協議会", "くらぶ", "プロジェクト", "研究所", "ひろば"]
KANA = {"みずいろ": "ミズイロ", "ひだまり": "ヒダマリ"}
CHOME = "１２３４５６"


def corporate_number(serial: int) -> str:
    """A 法人番号 whose check digit is right."""
    twelve = f"{20005000000 + serial:012d}"
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(twelve)))
    return f"{9 - total % 9}{twelve}"


def rows_of(
    count: int, places: list[tuple[str, list[str]]], *, seed: int = 7
) -> tuple[list[list[str]], Counter[str]]:
    """`count` rows in the given places [(name with prefecture, towns)], and how many of which dirt."""
    dice = random.Random(seed)
    rows = []
    dirt: Counter[str] = Counter()
    for serial in range(count):
        row = _clean(serial, dice, places)
        kind = DIRT[serial % 100] if serial % 100 < len(DIRT) else "clean"
        _spoil(row, kind)
        dirt[kind] += 1
        rows.append([row.get(name, "") for name in HEADER])
    return rows, dirt


def write(
    path: Path,
    rows: list[list[str]],
    *,
    memo: str = "※本データは各所轄庁の公表による",
    encoding: str = "cp932",
) -> None:
    """The file as one downloads it, with a remark under it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)
        if memo:
            writer.writerow([memo])


DIRT = ("number_wrong", "number_rounded", "no_address", "dissolved", "elsewhere", "date_unreadable", "dashes")
REFUSED = frozenset({"number_wrong", "number_rounded", "no_address", "dissolved", "elsewhere"})
REPAIRED = frozenset({"date_unreadable"})


def _clean(serial: int, dice: random.Random, places: list[tuple[str, list[str]]]) -> dict[str, str]:
    first, second, third = dice.choice(FIRST), dice.choice(SECOND), dice.choice(THIRD)
    place, towns = dice.choice(places)
    year, month, day = dice.randint(1999, 2024), dice.randint(1, 12), dice.randint(1, 28)
    row = {
        "法人名称": f"特定非営利活動法人{first}{second}{third}{serial}",
        "法人名称カナ": f"トクテイヒエイリカツドウホウジン {KANA.get(first, 'アオゾラ')} {serial}",
        "所轄庁": dice.choice(["川崎市", "神奈川県"]),
        "主たる事務所の所在地": f"{place}{dice.choice(towns)}{dice.choice(CHOME)}丁目{dice.randint(1, 40)}番{dice.randint(1, 20)}号",
        "代表者氏名": dice.choice(["結城　花子", "川辺　太郎", "港　三郎"]),
        "法人設立認証年月日": dice.choice(
            [
                f"{year}/{month}/{day}",
                f"{year}年{month:02d}月{day:02d}日",
                f"平成{year - 1988}年{month}月{day}日" if year < 2019 else f"{year}-{month:02d}-{day:02d}",
            ]
        ),
        "設立年月日": f"{year}/{month}/{day}",
        "定款に記載された目的": f"この法人は、{second}に関する事業を行い、地域の{dice.choice(SECOND)}に寄与することを目的とする。",
        "監督情報": "",
        "解散情報": "",
        "法人情報URL": f"https://www.example.jp/npoportal/{serial}",
        "法人番号": corporate_number(serial),
        "事業年度開始日": "04月01日",
        "事業年度終了日": "03月31日",
    }
    for number in dice.sample(range(20), 3):
        row[HEADER[12 + number]] = "○"
    if serial % 20 == 0:
        row |= {
            "認定（認定・特例認定１）": "認定",
            "認定（認定開始日）": "2023/4/1",
            "認定（認定満了日）": "2028/3/31",
        }
    return row


def _spoil(row: dict[str, str], kind: str) -> None:
    if kind == "number_wrong":
        number = row["法人番号"]
        row["法人番号"] = f"{int(number[0]) % 9 + 1}{number[1:]}"
    elif kind == "number_rounded":
        row["法人番号"] = "5.02E+12"
    elif kind == "no_address":
        row["主たる事務所の所在地"] = "―"
    elif kind == "dissolved":
        row["解散情報"] = "2020/3/31 社員総会の決議"
    elif kind == "elsewhere":
        row["主たる事務所の所在地"] = "東京都千代田区霞が関３丁目１番１号"
    elif kind == "date_unreadable":
        row["設立年月日"] = "昭和の終わりごろ"
    elif kind == "dashes":
        row |= {"法人名称カナ": "―", "法人情報URL": "－", "代表者氏名": "―", "定款に記載された目的": "―"}


if __name__ == "__main__":
    kawasaki = [
        ("神奈川県川崎市中原区", ["小杉町", "新丸子町", "木月"]),
        ("神奈川県川崎市幸区", ["南幸町", "塚越"]),
        ("神奈川県川崎市川崎区", ["駅前本町", "砂子"]),
        ("川崎市高津区", ["溝口", "久本"]),
    ]
    made, counted = rows_of(int(sys.argv[1]), kawasaki)
    write(Path(sys.argv[2]), made)
    print(counted)
