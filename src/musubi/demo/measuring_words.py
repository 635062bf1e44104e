"""The words of the made-up listings: what people in a town ask for and give, in combinations by the million."""

from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import Side

# fmt: off
THEMES: tuple[tuple[str, int, str], ...] = (
    # what people do together, its field, the resource it mostly turns on
    ("子ども食堂", 13, "place"), ("地域カフェ", 1, "place"), ("学習支援の教室", 13, "people"), ("公園の清掃", 7, "people"),
    ("見守りの巡回", 9, "people"), ("防災訓練", 8, "goods"), ("スマホの相談会", 14, "expertise"), ("夏祭り", 3, "people"),
    ("日本語教室", 11, "expertise"), ("里山の手入れ", 7, "people"), ("フードパントリー", 1, "goods"), ("健康体操の会", 1, "expertise"),
    ("読み聞かせ", 2, "people"), ("空き家の活用", 3, "place"), ("買い物の付き添い", 1, "people"), ("花壇づくり", 7, "goods"),
    ("音楽会", 6, "place"), ("子どもの居場所", 13, "place"), ("認知症カフェ", 1, "expertise"), ("海岸のごみ拾い", 7, "people"),
    ("プログラミング教室", 14, "expertise"), ("手話の講座", 10, "expertise"), ("商店街の催し", 16, "publicity"),
    ("フリーマーケット", 16, "place"), ("会報の印刷", 19, "goods"), ("団体の会計", 19, "expertise"), ("映画の上映会", 6, "goods"),
    ("登下校の見守り", 9, "people"), ("出前授業", 2, "expertise"), ("農園の手伝い", 5, "people"), ("水害の学習会", 8, "expertise"),
    ("親子のひろば", 13, "place"), ("写真の展示", 6, "place"), ("ラジオ体操", 6, "people"), ("相続の勉強会", 1, "expertise"),
    ("雪かき", 3, "people"), ("古本の市", 2, "goods"), ("盆踊り", 3, "publicity"), ("ひきこもりの家族会", 1, "place"),
    ("介護者のつどい", 1, "place"), ("犬の保護活動", 7, "people"), ("工場の見学会", 16, "partner"), ("求人の説明会", 17, "publicity"),
    ("昔あそびの会", 13, "people"), ("ホタルの観察会", 7, "expertise"), ("まち歩きの案内", 4, "people"), ("移動図書館", 2, "goods"),
    ("大学生の実習", 2, "partner"), ("ひとり親の相談", 13, "expertise"), ("おもちゃの修理", 7, "expertise"),
)
THINGS: dict[str, tuple[str, ...]] = {
    "place": (
        "調理のできる部屋", "三十人入る会議室", "土足で使える倉庫", "駐車できる広場", "畳の集会室", "空き店舗", "防音の練習室",
        "体育館の半面", "縁側のある古い家", "ガラス張りの展示室", "車いすで入れる和室", "夜も使える教室", "屋根のある中庭",
    ),
    "people": (
        "当日の受付", "会場の設営", "車の誘導", "荷物を運ぶ人", "話し相手", "撮影の手伝い", "チラシを配る人", "草刈りの人手",
        "調理の手伝い", "赤ちゃんを見てくれる人", "自転車の整理", "片づけの人手", "運転のできる人",
    ),
    "expertise": (
        "看護師の相談", "税の相談", "耐震の話", "動画の編集", "司会の経験", "英語の通訳", "大工の技", "管理栄養士の助言",
        "弁護士の相談", "楽譜の読み方", "樹木の見分け方", "助成金の書き方", "要約筆記",
    ),
    "goods": (
        "長机", "折りたたみ椅子", "テント", "発電機", "プロジェクター", "米と野菜", "印刷の用紙", "延長コード", "古いパソコン",
        "ランドセル", "車いす", "移動式の黒板", "毛布と懐中電灯",
    ),
    "publicity": ("回覧板での案内", "会報への掲載", "駅前の掲示板", "町内放送", "店先へのチラシ", "地元新聞の取材", "校内での配布"),
    "partner": ("一緒に企画する団体", "場を分け合う相手", "年に一度の共催", "受け入れてくれる事業所", "研究の協力先"),
}
UNITS = {"place": "capacity", "people": "people", "goods": "items", "expertise": "times"}
PEOPLE = (
    "小学生", "中高生", "子育て中の親", "高齢の方", "外国から来た方", "障がいのある方", "若い世代", "引っ越してきた方",
    "ひとり暮らしの方", "働く人", "近所の方", "不登校の子", "孫のいる世代", "退職した方",
)
OFTEN = ("毎週", "月に一度の", "春の", "夏休みの", "秋の", "年末の", "夕方の", "週末の", "初めての", "恒例の", "小さな", "")
KINDS = {
    # how many of forty actors
    ActorKind.CIVIC_GROUP: 12, ActorKind.NPO: 7, ActorKind.NEIGHBORHOOD_ASSOCIATION: 7, ActorKind.COMPANY: 5,
    ActorKind.INDIVIDUAL: 4, ActorKind.SCHOOL: 2, ActorKind.SOCIAL_BUSINESS: 2, ActorKind.DEPARTMENT: 1,
}
NAMES = (
    "あおぞら", "ひまわり", "みなも", "こだま", "つばさ", "はまかぜ", "やまびこ", "ともしび", "かけはし", "いずみ", "わかば", "ゆうなぎ",
    "たんぽぽ", "おひさま", "ほほえみ", "なでしこ", "ささえ", "つむぎ", "めばえ", "せせらぎ", "すずらん", "あかつき", "みちくさ", "くるり",
)
SUFFIXES = {
    ActorKind.COMPANY: ("商会", "工業", "建設", "印刷", "運送", "食品"),
    ActorKind.SCHOOL: ("高等学校", "大学", "専門学校", "小学校"),
    ActorKind.NEIGHBORHOOD_ASSOCIATION: ("自治会", "町内会", "団地自治会"),
    ActorKind.DEPARTMENT: ("推進課", "支援課", "公園課", "防災課"),
    ActorKind.INDIVIDUAL: ("さん",),
}
PLAIN_SUFFIXES = ("の会", "クラブ", "ネット", "サポート", "研究室", "工房", "隊", "ひろば")
OPENINGS = (
    "{season}から{theme}を始めます。", "{often}{theme}が{years}年目になりました。", "{theme}の準備をしている仲間が{people}人います。",
    "{theme}を続けてきましたが、担い手が減っています。", "{ward}の{town}で{theme}をしています。", "{theme}に興味のある{who}と出会いたいです。",
    "{who}が集まれる{theme}を考えています。", "{town}の{theme}には、毎回{people}人ほどが来られます。",
)
MIDDLES = {
    Side.NEED: (
        "{thing}をお願いできる方を探しています。", "{thing}が足りず困っています。", "{thing}があれば、{people}人まで受け入れられます。",
        "できれば{thing}を{times}回お借りしたいです。", "{thing}だけでもお力を貸してください。",
    ),
    Side.OFFER: (
        "{thing}をお使いいただけます。", "{thing}なら私たちが引き受けます。", "{thing}を{times}回まで無料でお出しします。",
        "空いている日に{thing}を用意できます。", "{who}のためなら、{thing}を喜んでお出しします。",
    ),
}
BESIDES = (
    "{other}のことも気になっています。", "前の年は{other}もいたしました。", "{other}の仲間とも知り合いたいです。", "{who}にも声をかけるつもりです。",
    "{season}までには{other}も形にしたいです。", "{years}年前の{other}がきっかけでした。",
)
ENDINGS = (
    "初めての方も歓迎します。", "まずは見学にお越しください。", "日時は相談して決めましょう。", "雨の日は次の週に延ばします。",
    "お礼は交通費ほどです。", "保険には私たちが入ります。", "連絡は平日の昼間にお願いします。", "年度末までに決めたいです。",
    "駐車場はありません。", "鍵は前の日にお渡しします。", "子ども連れでどうぞ。", "{who}の参加も大歓迎です。", "写真は断りなく載せません。",
    "道具はこちらで用意します。", "{people}人ほどで動けます。", "昼食をお出しします。",
)
SEASONS = ("春休み", "来月", "夏", "秋", "年明け", "新学期", "梅雨明け", "来年度", "連休")
