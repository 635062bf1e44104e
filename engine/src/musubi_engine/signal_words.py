"""What each signal is called and how it is found, in Japanese, for those who set or read the weights."""

from collections.abc import Mapping
from typing import Final

from musubi_engine.telling import pattern

SIGNAL_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "wording": (
        pattern("ことばの近さ"),
        pattern("題名や本文のことばが、どのくらい重なるか。めずらしいことばほど重く数えます。"),
    ),
    "theme": (
        pattern("話題の近さ"),
        pattern("ことばはちがっても、同じ話題（子どもの食事、見守りなど）にふれているか。"),
    ),
    "thing": (pattern("同じ品物や道具"), pattern("いす、車、台所など、同じ具体的なものの名前が出てくるか。")),
    "use": (
        pattern("使いみち"),
        pattern("台所が子ども食堂に使えるように、渡すものが求めている活動に役立つか。"),
    ),
    "recipe": (
        pattern("活動にふつう要るもの"),
        pattern("子ども食堂なら会場・食材・人手のように、その活動でふつう用意するものに当たるか。"),
    ),
    "meaning": (
        pattern("文全体の近さ"),
        pattern(
            "使われていることばのまとまりが、全体として近いか。ことばの学習を使う設定のときだけ数えます。"
        ),
    ),
    "resource": (
        pattern("求めるものの種類"),
        pattern("人手・場所・物品・資金など、求めている種類に答えているか。"),
    ),
    "field": (pattern("活動の分野"), pattern("保健・福祉、まちづくりなど、活動の分野が同じか。")),
    "place": (pattern("場所の近さ"), pattern("同じ町や区か、どのくらい離れているか。")),
    "time": (pattern("日時の重なり"), pattern("求めている曜日や時間に、どのくらい応じられるか。")),
    "amount": (pattern("数の足り方"), pattern("必要な数（席・人・個・円など）に、どのくらい足りるか。")),
    "kind": (pattern("望む相手の種類"), pattern("ニーズが望む種類の団体か。")),
    "credential": (
        pattern("信用の裏付け"),
        pattern("認証・後援・登録・協定など、だれかが期限つきで認めているか。"),
    ),
    "history": (pattern("これまでのつながり"), pattern("以前にいっしょに活動したことがあるか。")),
    "broker": (pattern("つなぎ役"), pattern("人や専門家をさがして紹介してくれる所か。")),
    "helping": (
        pattern("頼まれていなくても役立つもの"),
        pattern("人を集める活動への広報、始める活動への資金のように、役に立つか。"),
    ),
    "responsiveness": (
        pattern("返事の早さ"),
        pattern("ふだん早く返事があるか。断りの返事も返事に数えます。"),
    ),
    "beside": (
        pattern("求めたものとは別のもの"),
        pattern("求めている種類に当たらない提供のときに引きます。"),
    ),
    "price": (
        pattern("費用が予算に合わない"),
        pattern("提供に費用がかかり、ニーズの予算ではまかなえないときに引きます。"),
    ),
    "sales": (
        pattern("売り込み・中身がはっきりしない"),
        pattern("売り込みの文や、何ができるのか分からない文のときに引きます。"),
    ),
    "recruiting": (
        pattern("参加者集め"),
        pattern("力を貸すのではなく、参加する人を集めている文のときに引きます。"),
    ),
    "audience": (
        pattern("対象の年代がちがう"),
        pattern("高齢の方向けと子ども向けのように、対象がちがうときに引きます。"),
    ),
    "slowness": (
        pattern("返事に時間がかかる"),
        pattern("ふだん返事までに一週間より長くかかるときに引きます。"),
    ),
    "refusal": (
        pattern("できないことに当たる"),
        pattern("「できないこと」や条件に、求めている内容が書かれているときに引きます。"),
    ),
}
"""By the name of the weight: a label, and a sentence. A test asks for one of each."""
