"""Single characters that are the same letter written with another shape.

Sources: JIS X 0208 / 0213 variant pairs and the Joyo table's old forms, limited to those that
occur in Japanese personal and place names or that phones and offices still produce.
"""

# Old or variant shape -> the shape in the Joyo table. Names: 髙橋, 山﨑, 濵田, 渡邉, 齋藤, 吉澤 …
VARIANT_KANJI = dict(
    pair.split("→")
    for pair in [
        "髙→高",
        "﨑→崎",
        "嵜→崎",
        "濵→浜",
        "濱→浜",
        "邉→辺",
        "邊→辺",
        "齋→斎",
        "齊→斉",
        "澤→沢",
        "櫻→桜",
        "廣→広",
        "國→国",
        "學→学",
        "會→会",
        "體→体",
        "藏→蔵",
        "黑→黒",
        "德→徳",
        "惠→恵",
        "榮→栄",
        "條→条",
        "眞→真",
        "壽→寿",
        "圓→円",
        "龍→竜",
        "瀧→滝",
        "淸→清",
        "曾→曽",
        "峯→峰",
        "嶋→島",
        "嶌→島",
        "鐵→鉄",
        "驛→駅",
        "區→区",
        "縣→県",
        "關→関",
        "橫→横",
        "靜→静",
        "團→団",
        "寫→写",
        "圖→図",
        "讀→読",
        "號→号",
        "廳→庁",
        "藝→芸",
        "實→実",
        "發→発",
        "傳→伝",
        "轉→転",
        "臺→台",
        "萬→万",
        "爲→為",
        "與→与",
        "劍→剣",
        "彌→弥",
        "豐→豊",
        "禮→礼",
        "靈→霊",
        "冨→富",
        "桒→桑",
        "舘→館",
        "舩→船",
        "埜→野",
        "鷗→鴎",
        "籠→篭",
        "莱→萊",
    ]
)

# Nothing to see, but enough to make two equal words unequal.
INVISIBLE = (
    *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
    0x2060,  # word joiner
    0xFEFF,  # byte order mark in the middle of pasted text
    0x00AD,  # soft hyphen
    *range(0xFE00, 0xFE10),  # variation selectors
    *range(0xE0100, 0xE01F0),  # ideographic variation selectors (葛󠄀, 辻󠄀)
)

# ァ…ヶ -> ぁ…ゖ: ゴミ/ごみ, コドモ/こども, イス/いす, タバコ/たばこ are typed either way.
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)} | {
    ord("ヽ"): ord("ゝ"),
    ord("ヾ"): ord("ゞ"),
}

SHAPES: dict[int, int | str | None] = {
    **{ord(old): new for old, new in VARIANT_KANJI.items()},
    **dict.fromkeys(INVISIBLE, None),
}
