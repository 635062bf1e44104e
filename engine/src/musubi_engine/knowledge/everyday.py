"""Words that tell nothing, and words that mix scripts and are still one word."""

import re
from typing import Final

# Words that stand in any listing and tell nothing about what it is for.
_EVERYDAY_WORDS = (
    "活動 団体 地域 参加 利用 場所 時間 無料 有料 募集 提供 希望 可能 必要 対応 相談 協力 支援 開催 実施 予定 程度 "
    "毎月 毎週 毎年 平日 土曜 日曜 月曜 火曜 水曜 木曜 金曜 土日 午前 午後 夜間 以上 以下 以内 会員 代表 連絡 市内 "
    "区内 町内 一緒 自分 方々 年間 月間 週間 当日 今年 来年 年度 年前 年代 世帯 人数 全員 各種 一部 半日 一日 月末 "
    "万円 千円 年生 費用 実費 交通費 謝礼 応募 申込 受付 中心 皆様 皆さん 大歓迎 歓迎 気軽 大切 経験 年以上 名以上 上限 対象 "
    "本人 人前 何人 何度 一回 二回 三回 一度 二度 毎回 毎日 時半 普段 最近 最初 最後 今度 前回 次回 部分 全部 場合 問題 "
    "土曜日 日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土日祝 平日昼 週末 月二回 週一回 随時 人以上 時以降 見込 出来 "
    "一人 二人 三人 四人 五人 十人 二十人 三十人 四十人 五十人 何人 数人 数名 大勢 本当 大丈夫 紹介 準備 用意 お礼 期間 日時"
)
# Words for a whole kind of help or place: sharing them does not make two things the same.
KIND_WORDS: Final = frozenset(
    [
        "手伝い",
        "お手伝い",
        "ボランティア",
        "人手",
        "部屋",
        "会場",
        "会議",
        "場所",
        "受け入れ",
        "仕事",
        "作業",
        "道具",
        "相手",
        "若者",
        "学生",
        "スタッフ",
        "メンバー",
        "サポート",
        "使い方",
        "作り方",
        "部品",
        "物品",
        "用品",
        "品物",
        "一式",
        "資金",
        "助成",
        "広報",
        "後援",
        "名義",
        "講師",
        "先生",
        "指導",
        "専門家",
        "助言",
        "会員",
        "社員",
        "貸出",
        "貸し出し",
        "現物",
        "中古",
        "新品",
        "不要",
        "大型",
        "小型",
    ]
)
EVERYDAY: Final = frozenset(_EVERYDAY_WORDS.split())

# Words of kanji and kana together, in the forms people type; the longest is taken first.
_MIXED_WORDS = (
    "子ども食堂 こども食堂 子供食堂 子ども会 こども会 子ども服 子ども こども 子供たち 子育て 子育て支援 読み聞かせ 見守り 買い物 買い物支援 "
    "話し相手 話し合い 片付け 後片付け 手伝い お手伝い 皿洗い 車いす 車イス 空き家 空き店舗 炊き出し ごみ拾い ゴミ拾い 草刈り 草取り 草むしり "
    "お弁当 お米 お菓子 お茶 まち歩き 街歩き 語り部 盆踊り 餅つき もちつき 夏祭り 秋祭り お祭り 外遊び 昔遊び 水やり 植え替え 花の苗 "
    "落ち葉 雪かき 大掃除 引っ越し 送り迎え 付き添い 声かけ 声掛け 家具の固定 生け花 着付け 編み物 おもちゃ 絵本の読み聞かせ 出前講座 "
    "やさしい日本語 障がい お年寄り 一人暮らし ひとり暮らし ひとり親 ひきこもり 引きこもり 生き物 生きもの 川遊び 田植え 稲刈り 力仕事 "
    "使い方 作り方 貸し出し 持ち帰り 受け入れ 打ち合わせ 通いの場 居場所づくり まちづくり ものづくり 健康づくり"
)
MIXED: Final = re.compile(
    "|".join(
        re.escape(word) for word in sorted(set(_MIXED_WORDS.split()), key=lambda word: (-len(word), word))
    )
)
