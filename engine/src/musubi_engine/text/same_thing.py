"""Different names for one thing, for searching only. One line, one thing, one reason.

Stricter than a thesaurus: a reader who looks for one name must be glad of every other. What is
only related (高齢者 and 見守り) belongs to the knowledge tables, not here.
"""

from musubi_engine.text.variant import Variant

SAME_THING: tuple[Variant, ...] = (
    Variant(
        "町内会", "町会", "the statute's 地縁団体 is called either way; not 幸町会場, 町会議員", "[場議計]"
    ),
    Variant("町内会", "自治会", "the statute's 地縁団体 is called either way; not 自治会議", "議"),
    Variant("老人クラブ", "老人会 シニアクラブ 長寿会", "one organisation under its own by-laws' names"),
    Variant("スマホ", "スマートフォン スマートホン スマフォ", "the short form is what people type"),
    Variant("パソコン", "pc パーソナルコンピュータ", "the short form is what people type"),
    Variant("ホームページ", "hp ウェブサイト ウェブページ", "the word people use for any site"),
    Variant("npo法人", "特定非営利活動法人", "the law's name and the everyday one"),
    Variant("社協", "社会福祉協議会", "the everyday short form"),
    Variant("民生委員", "民生・児童委員 民生児童委員", "one office with two duties"),
    Variant("学童保育", "放課後児童クラブ 学童クラブ", "the law's name and the everyday one"),
    Variant("保育園", "保育所", "the law's name and the everyday one"),
    Variant("公民館", "市民館", "one kind of hall; each city has its own name"),
    Variant("コミュニティセンター", "コミセン", "the short form is what people type"),
    Variant("一人暮らし", "独居 単身世帯", "case notes and the everyday word"),
    Variant("外国人", "外国籍 外国につながる 外国にルーツ", "the polite forms of programmes for residents"),
    Variant("リユース", "再使用", "programmes and the everyday word"),
    Variant("チラシ", "フライヤー", "printed notice of one sheet"),
    Variant("駐車場", "パーキング", "one place"),
    Variant("トイレ", "お手洗い 便所 手洗所", "one place"),
    Variant("コピー機", "複写機", "what a support centre lends"),
    Variant("クラウドファンディング", "クラファン", "the short form is what people type"),
    Variant(
        "インスタグラム", "インスタ instagram", "the short form is what people type; not インスタント", "ント"
    ),
    Variant("zoom", "ズーム", "the application's name in either script"),
)
