"""The Japanese words for the vocabulary, for the sentences people read."""

from typing import Final

RESOURCES: Final = {
    "people": "人手",
    "expertise": "専門知識",
    "place": "場所",
    "goods": "物品",
    "money": "資金",
    "publicity": "広報",
    "endorsement": "後援・信用",
    "partner": "連携先",
}
UNITS: Final = {
    "people": "人",
    "capacity": "席",
    "yen": "円",
    "items": "個",
    "times": "回",
    "hours": "時間",
}
KINDS: Final = {
    "individual": "個人",
    "civic_group": "市民活動団体",
    "npo": "NPO法人",
    "neighborhood_association": "町内会・自治会",
    "social_business": "ソーシャルビジネス",
    "company": "企業",
    "school": "大学・学校",
    "department": "行政担当課",
    "intermediary": "中間支援組織",
}
CONDITIONS: Final = {
    "fee_required": "有料",
    "non_profit_only": "営利を目的としない団体に限る",
    "online_ok": "オンライン可",
    "wheelchair_ok": "車いす可",
    "no_political_religious": "政治・宗教の利用は不可",
    "registered_groups_only": "登録団体に限る",
    "no_food": "飲食不可",
    "adults_only": "大人に限る",
}
FIELDS: Final = {
    1: "保健・医療・福祉",
    2: "社会教育",
    3: "まちづくり",
    4: "観光",
    5: "農山漁村・中山間地域",
    6: "学術・文化・芸術・スポーツ",
    7: "環境の保全",
    8: "災害救援",
    9: "地域安全",
    10: "人権・平和",
    11: "国際協力",
    12: "男女共同参画",
    13: "子どもの健全育成",
    14: "情報化社会",
    15: "科学技術",
    16: "経済活動の活性化",
    17: "職業能力・雇用",
    18: "消費者の保護",
    19: "団体への助言・援助",
    20: "条例で定める活動",
}
WEEKDAYS: Final = "月火水木金土日"

SIDES: Final = {"need": "ニーズ", "offer": "提供"}
STATES: Final = {
    "draft": "下書き",
    "published": "公開中",
    "reserved": "調整中",
    "fulfilled": "成立・解決",
    "withdrawn": "取り下げ",
    "expired": "期限切れ",
}


def amount_words(amount: int, unit: str) -> str:
    """An amount with its unit as people write it: 「30席」「300,000円」."""
    return f"{amount:,}{UNITS.get(unit, '')}"
