"""What each template offers to somebody who stands before an empty page: words, examples, a first line."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from musubi.flow.listings.enums import Resource, Side, Template, Unit

Words = str | Promise


@dataclass(frozen=True)
class Guide:
    """A card to choose, and the examples that stand beside the fields afterwards."""

    name: Words
    example: Words
    title_example: Words
    body_hint: Words
    what_example: Words
    resource: str = ""
    unit: str = ""


ASK = _(
    "何のために・いつごろ・どのくらい要るのかを、2〜3文で書いてください。電話番号など個人の情報は書かないでください。"
)
GIVE = _("何が・いつごろ・どのくらいできるのか、お願いしたいことや費用を、2〜3文で書いてください。")

NEEDS = {
    Template.PLACE: Guide(
        _("会場を探している"),
        _("例：月に2回、夕方に子どもたちと食事ができる、台所つきの部屋（30人）"),
        _("例：こども食堂を開く、台所のある部屋を探しています"),
        ASK,
        _("例：台所のある部屋"),
        Resource.PLACE,
        Unit.CAPACITY,
    ),
    Template.PEOPLE: Guide(
        _("人手を探している"),
        _("例：夏祭りの日に、やぐらの組み立てを手伝ってくれる人（10人）"),
        _("例：夏祭りのやぐらの組み立てを手伝ってください"),
        ASK,
        _("例：やぐらの組み立て"),
        Resource.PEOPLE,
        Unit.PEOPLE,
    ),
    Template.PARTNER: Guide(
        _("一緒にやる相手を探している"),
        _("例：空き店舗を使った作品展を、いっしょに計画してくれる学校や団体"),
        _("例：空き店舗の作品展をいっしょに開きませんか"),
        ASK,
        _("例：いっしょに計画し、作品を出してくれる学校"),
        Resource.PARTNER,
    ),
    Template.EXPERTISE: Guide(
        _("教えてくれる人・専門家を探している"),
        _("例：役員会で、会計のまとめ方を教えてくれる方（1回・2時間）"),
        _("例：会計のまとめ方を教えてください"),
        ASK,
        _("例：町内会の会計のまとめ方"),
        Resource.EXPERTISE,
        Unit.TIMES,
    ),
    Template.GOODS: Guide(
        _("物を探している"),
        _("例：防災訓練の日に使う、折りたたみテント（3張り）"),
        _("例：防災訓練で使うテントを貸してください"),
        ASK,
        _("例：折りたたみテント"),
        Resource.GOODS,
        Unit.ITEMS,
    ),
    Template.MONEY: Guide(
        _("資金を探している"),
        _("例：花だんの土と苗を買うための費用（5万円）"),
        _("例：駅前の花だんの苗代を応援してください"),
        ASK,
        _("例：土と苗を買う費用"),
        Resource.MONEY,
        Unit.YEN,
    ),
    Template.PUBLICITY: Guide(
        _("知らせる手伝いを探している"),
        _("例：体操教室のチラシを、店先に置いてくれるところ"),
        _("例：体操教室のチラシを置いてください"),
        ASK,
        _("例：チラシを置く場所"),
        Resource.PUBLICITY,
    ),
    Template.ENDORSEMENT: Guide(
        _("後援・推薦を探している"),
        _("例：はじめての講演会への、市や社会福祉協議会の後援"),
        _("例：認知症の講演会に後援をお願いします"),
        ASK,
        _("例：講演会への後援名義"),
        Resource.ENDORSEMENT,
    ),
    Template.FREE: Guide(
        _("自由に書く"),
        _("上のどれにも当てはまらないとき、いくつも要るとき"),
        _("例：川沿いの道の草刈りを、みんなで続けたい"),
        ASK,
        _("例：草刈り機"),
    ),
}

OFFERS = {
    Template.PLACE: Guide(
        _("場所を貸せる"),
        _("例：平日の夜に空いている集会所（40人まで、台所つき）"),
        _("例：平日の夜、集会所をお使いください"),
        GIVE,
        _("例：台所つきの集会所"),
        Resource.PLACE,
        Unit.CAPACITY,
    ),
    Template.PEOPLE: Guide(
        _("手伝いに行ける"),
        _("例：土曜日の午前に、力仕事を手伝える学生（5人）"),
        _("例：土曜日の力仕事を学生が手伝います"),
        GIVE,
        _("例：草刈りや荷物運びの手伝い"),
        Resource.PEOPLE,
        Unit.PEOPLE,
    ),
    Template.EXPERTISE: Guide(
        _("教えられる・相談にのれる"),
        _("例：相続や遺言について話せる司法書士（1回・90分）"),
        _("例：相続の話をやさしくします"),
        GIVE,
        _("例：相続と遺言の話"),
        Resource.EXPERTISE,
        Unit.TIMES,
    ),
    Template.GOODS: Guide(
        _("物をゆずれる・貸せる"),
        _("例：行事に貸し出せる長机と椅子（20組）"),
        _("例：長机と椅子をお貸しします"),
        GIVE,
        _("例：長机と椅子"),
        Resource.GOODS,
        Unit.ITEMS,
    ),
    Template.MONEY: Guide(
        _("資金を出せる"),
        _("例：子どもの居場所づくりへの助成（1件10万円まで）"),
        _("例：子どもの居場所づくりを助成します"),
        GIVE,
        _("例：活動費の助成"),
        Resource.MONEY,
        Unit.YEN,
    ),
    Template.PUBLICITY: Guide(
        _("知らせる手伝いができる"),
        _("例：店のとびらに、地域の行事のポスターを貼れます"),
        _("例：店先に行事のポスターを貼ります"),
        GIVE,
        _("例：ポスターを貼る場所"),
        Resource.PUBLICITY,
    ),
    Template.ENDORSEMENT: Guide(
        _("後援・推薦ができる"),
        _("例：地域の福祉に役立つ催しへの後援名義"),
        _("例：福祉の催しを後援します"),
        GIVE,
        _("例：後援名義の使用"),
        Resource.ENDORSEMENT,
    ),
    Template.PARTNER: Guide(
        _("一緒に取り組める"),
        _("例：商品開発の授業で、地域の団体と組みたい高校"),
        _("例：地域の団体と商品を考えたい"),
        GIVE,
        _("例：商品開発をいっしょに進める相手"),
        Resource.PARTNER,
    ),
    Template.FREE: Guide(
        _("自由に書く"),
        _("上のどれにも当てはまらないとき、いくつもできるとき"),
        _("例：会社の車と人手で、地域の行事を手伝います"),
        GIVE,
        _("例：荷物を運ぶ車"),
    ),
    Template.MENU: Guide(
        _("協働メニューを載せる"),
        _("例：公園の清掃用具を貸します。ごみの回収はできません。5営業日以内に公園緑地課が答えます。"),
        _("例：公園の清掃活動に用具を貸します"),
        GIVE,
        _("例：清掃用具（ほうき・トング）"),
    ),
}

GUIDES = {Side.NEED: NEEDS, Side.OFFER: OFFERS}


def guide_for(side: str, template: str) -> Guide:
    """The examples for a listing; those of the blank sheet where a side has no such template."""
    guides = GUIDES[Side(side)]
    return guides.get(Template(template), guides[Template.FREE])
