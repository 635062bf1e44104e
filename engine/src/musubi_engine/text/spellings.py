"""The same word written differently. One line, one word, one reason.

A form stands here only if it is that word wherever it occurs. Katakana is compared as hiragana, so
short kana forms are left out: たいこ is in したいこと, ただ in いただく, ころ in ところ. Homophones are no
spellings: こうえん may be 公園, 講演 or 後援. The longest form that fits wins; order does not matter.
"""

from musubi_engine.text.variant import Variant

_PEOPLE = (
    Variant(
        "子供達",
        "子どもたち こどもたち 子供たち 子ども達 こども達 コドモたち",
        "public bodies write 子ども, laws 子供 or こども",
    ),
    Variant("子供", "子ども こども", "public bodies write 子ども, laws 子供, the agency こども"),
    Variant("友達", "友だち ともだち", "taught in kana, printed in kanji"),
    Variant("お年寄り", "お年より おとしより お年寄", "kana for easy reading"),
    Variant("大人", "おとな", "kana beside こども on leaflets", "[しりう]"),
    Variant(
        "一人暮らし",
        "ひとり暮らし 1人暮らし 独り暮らし ひとりぐらし 一人ぐらし 一人暮し ひとり暮し",
        "welfare forms write ひとり, statistics 一人",
    ),
    Variant("一人親", "ひとり親 1人親 独り親 ひとりおや", "the law writes ひとり親"),
    Variant("障害", "障がい 障碍 しょうがい", "each city has its own rule for 害"),
    Variant("赤ちゃん", "あかちゃん", "kana on leaflets for parents"),
    Variant("若者", "若もの わかもの", "kana on leaflets"),
    Variant("手助け", "手だすけ てだすけ", "kana on leaflets"),
    Variant("助け合い", "たすけあい 助けあい 助合い", "names of welfare groups are often kana"),
    Variant("支え合い", "ささえあい 支えあい 支合い", "names of welfare groups are often kana"),
    Variant("触れ合い", "ふれあい ふれ合い 触れあい", "halls and events are named in kana"),
    Variant("見守り", "みまもり 見まもり", "kana on leaflets"),
    Variant("居場所", "いばしょ", "kana in names of places for children"),
    Variant("寄り添い", "よりそい 寄りそい", "kana on leaflets"),
)

_ACTS = (
    Variant("手伝い", "てつだい 手つだい 手伝", "okurigana dropped in headings", "[わうえおっ]"),
    Variant("話し合い", "話合い はなしあい 話しあい", "official documents drop the okurigana"),
    Variant(
        "打ち合わせ", "打合せ 打合わせ 打ち合せ うちあわせ 打合", "official documents drop the okurigana"
    ),
    Variant(
        "問い合わせ", "問合せ 問合わせ 問い合せ といあわせ 問合", "official documents drop the okurigana"
    ),
    Variant(
        "申し込み", "申込み 申しこみ 申込 もうしこみ", "official documents drop the okurigana", "[むまめも]"
    ),
    Variant("申し込む", "申込む 申しこむ", "official documents drop the okurigana"),
    Variant(
        "取り組み", "取組み 取りくみ 取組 とりくみ", "official documents drop the okurigana", "[むまめも]"
    ),
    Variant("取り組む", "取組む 取りくむ", "official documents drop the okurigana"),
    Variant("引っ越し", "引越し 引越 ひっこし 引っこし", "four spellings in daily use", "[さすせそ]"),
    Variant("受け付け", "受付け 受けつけ 受付 うけつけ", "noun and verb are written apart", "[るたてな]"),
    Variant(
        "貸し出し", "貸出し 貸しだし 貸出 かしだし", "official documents drop the okurigana", "[さすせそ]"
    ),
    Variant("貸し切り", "貸切り 貸切 かしきり", "official documents drop the okurigana"),
    Variant("受け入れ", "受入れ 受けいれ 受入 うけいれ", "official documents drop the okurigana", "[るたて]"),
    Variant("呼び掛け", "呼びかけ 呼掛け よびかけ", "newspapers use kana for 掛"),
    Variant("声掛け", "声かけ こえかけ", "welfare writing uses kana"),
    Variant("読み聞かせ", "読みきかせ よみきかせ 読聞かせ", "libraries use all four"),
    Variant("片付け", "片づけ かたづけ 片付", "kana in schools", "[るたてく]"),
    Variant("炊き出し", "炊出し たきだし 炊きだし", "disaster plans drop the okurigana"),
    Variant("草取り", "草とり くさとり", "kana in notices"),
    Variant("草刈り", "草刈 草かり くさかり", "official documents drop the okurigana", "[っらるれ]"),
    Variant("雪かき", "雪掻き ゆきかき", "掻 is not in the Joyo table"),
    Variant("雪下ろし", "雪おろし 雪降ろし", "three spellings in daily use"),
    Variant("花植え", "花うえ 花植", "okurigana dropped in headings"),
    Variant("種まき", "種蒔き たねまき", "蒔 is not in the Joyo table"),
    Variant(
        "街づくり", "まちづくり 町づくり まち作り 街作り 町作り まち造り", "laws use kana, departments kanji"
    ),
    Variant("物作り", "ものづくり もの作り モノづくり", "laws use kana"),
    Variant("手作り", "手づくり てづくり", "kana on leaflets"),
    Variant("立ち上げ", "立上げ 立ちあげ たちあげ", "okurigana dropped in headings"),
    Variant("立ち寄り", "立寄り 立ちより", "okurigana dropped in headings"),
    Variant("売り上げ", "売上げ 売上 うりあげ", "accounts drop the okurigana"),
    Variant("買い物", "買物 かいもの 買いもの", "official documents drop the okurigana"),
    Variant("送り迎え", "送りむかえ おくりむかえ", "kana on leaflets"),
    Variant("組み合わせ", "組合せ 組み合せ くみあわせ", "official documents drop the okurigana"),
    Variant("割り引き", "割引き 割引 わりびき", "noun without okurigana"),
    Variant("振り込み", "振込み 振込 ふりこみ", "banks drop the okurigana"),
    Variant("払い戻し", "払戻し 払い戻 払戻", "official documents drop the okurigana"),
    Variant("書き込み", "書込み 書きこみ", "okurigana dropped in headings"),
    Variant("書き方", "書きかた かきかた", "kana on leaflets"),
    Variant("使い方", "使いかた つかい方", "kana on leaflets"),
    Variant("出来る", "できる", "kana is the rule, kanji is common"),
    Variant("下さい", "ください", "kana is the rule, kanji is common"),
    Variant("頂き", "いただき 戴き", "kana is the rule for the auxiliary"),
    Variant("寄付", "寄附", "laws write 寄附"),
    Variant("募金", "ぼきん", "kana for children"),
    Variant("付属", "附属", "schools write 附属"),
    Variant("交付", "交附", "old by-laws write 附"),
)

_THINGS = (
    Variant("ごみ", "ゴミ 塵芥", "kana and katakana meet in the fold; 塵芥 in by-laws"),
    Variant("車椅子", "車いす 車イス くるまいす 車倚子", "椅 came into the Joyo table in 2010"),
    Variant("眼鏡", "めがね", "katakana and kanji both common"),
    Variant("お弁当", "おべんとう お辨當", "kana for children"),
    Variant("お祭り", "おまつり お祭", "kana for children"),
    Variant("夏祭り", "夏まつり 夏祭 なつまつり", "events are named either way"),
    Variant("秋祭り", "秋まつり 秋祭", "events are named either way"),
    Variant("春祭り", "春まつり 春祭", "events are named either way"),
    Variant("餅つき", "もちつき 餅搗き もち搗き", "搗 is not in the Joyo table"),
    Variant("芋煮", "いも煮", "kana on leaflets"),
    Variant("野菜", "やさい", "kana for children"),
    Variant("御飯", "ごはん ご飯", "kana on leaflets"),
    Variant("玩具", "おもちゃ", "toy hospitals are named in kana"),
    Variant("絵本", "えほん", "kana for children"),
    Variant("折り紙", "折紙 おりがみ 折りがみ", "three spellings in daily use"),
    Variant("編み物", "編物 あみもの", "okurigana dropped"),
    Variant("焼き物", "焼物 やきもの", "okurigana dropped"),
    Variant("縫い物", "縫物 ぬいもの", "okurigana dropped"),
    Variant("生け花", "いけばな 活け花 いけ花", "three spellings in daily use"),
    Variant("桜", "さくら", "shop and group names are kana or katakana", "[んいうっ]"),
    Variant("自転車", "じてんしゃ", "kana for children"),
    Variant("空き家", "空家 あきや 空きや", "the law writes 空家"),
    Variant("空き店舗", "空店舗", "okurigana dropped in plans"),
    Variant("空き地", "空地 あきち", "okurigana dropped in plans"),
    Variant("建物", "建て物 たてもの", "okurigana varies"),
    Variant("広場", "ひろば", "halls are named in kana"),
    Variant("集い", "つどい", "events are named in kana"),
    Variant("繋がり", "つながり", "繋 is not in the Joyo table"),
    Variant("綺麗", "きれい キレイ", "綺 is not in the Joyo table"),
    Variant("年齢", "年令", "schools write 令"),
    Variant("箇所", "か所 ヶ所 カ所 ヵ所 ケ所 個所", "five spellings in daily use"),
    Variant("相談", "そうだん", "kana on leaflets"),
    Variant("無料", "むりょう", "kana on leaflets"),
)

_FOREIGN = (
    Variant("ボランティア", "ボランテイア ボランティヤ ヴォランティア", "old systems have no small kana"),
    Variant("コミュニティ", "コミュニティー コミニティ コミュニテイ", "the long mark comes and goes"),
    Variant("パーティ", "パーティー", "the long mark comes and goes"),
    Variant("フードパントリ", "フードパントリー フード・パントリー", "a middle dot between the parts"),
    Variant("フードバンク", "フード・バンク", "a middle dot between the parts"),
    Variant("ワークショップ", "ワーク・ショップ", "a middle dot between the parts"),
    Variant("フリーマーケット", "フリー・マーケット", "a middle dot between the parts"),
    Variant("リユース", "リ・ユース re-use reuse", "a middle dot between the parts"),
    Variant("wifi", "wi-fi wi‐fi ワイファイ", "the hyphen would make two words"),
    Variant("eスポーツ", "e-スポーツ e-sports eスポーツ esports", "the hyphen would make two words"),
    Variant("メール", "eメール e-mail email 電子メール mail", "one thing on every form"),
    Variant("ウェブ", "web ウエブ", "Latin on leaflets"),
    Variant("オンライン", "on-line online", "Latin on leaflets"),
    Variant("デザイン", "design", "Latin on leaflets"),
    Variant("コーヒー", "珈琲", "names of shops"),
    Variant("カフェ", "cafe café カフェー", "names of shops"),
    Variant("イベント", "event", "Latin on leaflets"),
    Variant("プロボノ", "pro-bono probono pro bono", "Latin in company programmes"),
    Variant("sdgs", "sdg's エスディージーズ", "Latin on leaflets"),
    Variant("バリアフリー", "バリア・フリー バリヤフリー", "a middle dot between the parts"),
    Variant("ユニバーサル", "ユニヴァーサル", "two transcriptions"),
    Variant("ベビーカー", "ベビー・カー", "a middle dot between the parts"),
    Variant("アンケート", "アンケイト", "two transcriptions"),
    Variant("レクリエーション", "リクリエーション レクレーション", "three transcriptions"),
    Variant("シミュレーション", "シュミレーション", "two transcriptions"),
    Variant("コミュニケーション", "コミニュケーション コミニケーション", "three transcriptions"),
    Variant("ティッシュ", "テッシュ", "two transcriptions"),
    Variant("デイサービス", "ディサービス デーサービス", "three transcriptions"),
    Variant("スタッフ", "staff", "Latin on leaflets"),
    Variant("バイオリン", "ヴァイオリン", "two transcriptions"),
)

SPELLINGS: tuple[Variant, ...] = _PEOPLE + _ACTS + _THINGS + _FOREIGN
