"""What those who walk it do when a project has ended: its result, its story, who repeats it, leaving."""

import re
import zipfile

from .reader import Reader
from .together import ASSOCIATION, CAFE, HALL, NEED, PROJECT, PTA, SCHOOL

QUESTIONS = 10


def _ten_answers(reader: Reader, learnt: str, next_year: str = "") -> None:
    for number in range(QUESTIONS):
        reader.tick(reader.page.get_by_label("そう思う", exact=True).nth(number))
    reader.fill("学んだこと", learnt)
    reader.pick("Musubi がなければ", "できなかったと思う")
    reader.pick("これから、どうしたいですか", re.compile("続け"))
    reader.fill("来年に必要なもの", next_year)
    reader.press("答えを送る")


def they_look_back(
    project: str, *, coordinator: Reader, secretary: Reader, isobe: Reader, teacher: Reader, aunt: Reader
) -> str:
    """Figures, ten answers of each partner, three of a neighbour; the evaluation's address."""
    coordinator.open(project)
    coordinator.press("振り返りを始める")
    evaluation = coordinator.here.split("?")[0]
    voice = re.search(r"https?://[^/\s]+(/v/\S+)", coordinator.reads())
    assert voice
    coordinator.follow("数を入れる・直す")
    coordinator.write(
        coordinator.page.get_by_role("group", name="数えるもの 1").get_by_label("終わったあと"), "約23"
    )
    coordinator.press("保存する")
    for reader in (secretary, teacher):
        reader.open(evaluation)
        reader.follow(re.compile("^10の質問に答える"))
        _ten_answers(reader, "会場は、台所の広さから先に見る。", "食材の置き場")
    isobe.open(evaluation)
    assert "あなたの団体が答えたあとに読めます" in isobe.reads()
    assert f"{SCHOOL}の答えを読む" not in isobe.reads()
    assert "会場は、台所の広さから先に見る。" not in isobe.page.content()
    isobe.follow(re.compile("^10の質問に答える"))
    _ten_answers(isobe, "若い人と話すのは楽しい。")
    isobe.open(evaluation)
    assert f"{SCHOOL}の答えを読む" in isobe.reads()
    coordinator.open(evaluation)
    coordinator.follow("聞いた答えを入力する")
    coordinator.pick("答えの受け取り方", "電話")
    _ten_answers(coordinator, "お便りより、校門で声をかけると来てくれる。")
    aunt.open(voice.group(1))
    for number in range(3):
        aunt.tick(aunt.page.get_by_label("そう思う", exact=True).nth(number))
    aunt.pick("この活動との関わり", "近くに住んでいる")
    aunt.fill("ひとこと", "土曜が楽しみになりました。")
    aunt.press("声を届ける")
    assert "ありがとう" in aunt.reads()
    return evaluation


def they_decide_how_it_goes_on(
    evaluation: str, project: str, coordinator: Reader, isobe: Reader, visitor: Reader
) -> None:
    coordinator.open(evaluation)
    assert "届いた声：1人" in coordinator.reads()
    coordinator.follow("振り返りをまとめる", within="main .button-group")
    coordinator.fill("まとめ", "二十人をこえる子どもが来た。冬の暖房が足りなかった。")
    coordinator.pick("これから", re.compile("続け"))
    coordinator.press("まとめて、チームに知らせる")
    isobe.open(evaluation)
    assert "冬の暖房が足りなかった" in isobe.reads()
    visitor.open(project.replace("/workspace", ""))
    assert re.search(r"来た子ども.*23人", visitor.reads(), re.DOTALL)
    assert "土曜が楽しみになりました。" not in visitor.page.content()


TITLE = "会館の台所から、土曜の昼のカレー"
SUMMARY = "町内会と学校ととなりの自治会が、会館の台所で月に二回、子ども食堂を開きました。"


def a_story_is_written(project: str, chair: Reader) -> str:
    """Begun from what is known; what lacks is asked, question by question. The story's address."""
    chair.open(project)
    chair.press("事例を書き始める")
    story = chair.here.split("?")[0]
    known = chair.reads()
    assert "はじめての土曜に、子どもが二十三人来ました" in known
    assert "0人から23人になりました" in known
    assert "取り組みの概要を、2〜3文で書いてください。" in known
    chair.follow("続きを書く")
    chair.fill("だれが、だれのために、何をしましたか", SUMMARY)
    chair.press("保存して一覧へ")
    chair.follow("題名")
    assert chair.page.get_by_label("題名", exact=True).input_value() == PROJECT
    chair.write(chair.page.get_by_label("題名", exact=True), TITLE)
    chair.press("保存して一覧へ")
    chair.follow("写真")
    chair.follow("畳の広間でカレーを食べる子どもたち")
    assert chair.page.get_by_label("何が写っていますか").input_value() == "畳の広間でカレーを食べる子どもたち"
    chair.press("この写真を使う")
    chair.open(story)
    chair.follow("できたので、同意をお願いする")
    chair.press("同意をお願いする")
    return story


def all_consent_and_it_is_published(
    story: str, *, chair: Reader, isobe: Reader, teacher: Reader, coordinator: Reader, visitor: Reader
) -> str:
    """On the phone, at the desk, by telephone; then anybody may read it. Its public address."""
    public = story.replace("/workspace", "")
    assert visitor.status_of(public) == 404
    for reader, name in ((isobe, HALL), (teacher, SCHOOL), (chair, ASSOCIATION)):
        reader.open("/workspace/")
        reader.follow(re.compile(f"事例「{TITLE}」の文章と写真に、{name}として"))
        _consent(reader)
    coordinator.open(story)
    coordinator.follow(PTA)
    coordinator.pick("どうやって聞きましたか", "電話")
    _consent(coordinator)
    chair.open(story)
    chair.follow("公開する")
    chair.press("公開する")
    assert "事例を公開しました" in chair.reads()
    page = visitor.open(public)
    assert TITLE in visitor.reads()
    assert page.get_by_role("img", name="畳の広間でカレーを食べる子どもたち").count() == 1
    assert CAFE not in page.locator(".rows").first.inner_text()
    return public


def _consent(reader: Reader) -> None:
    reader.pick("この文章を公開してよいですか", re.compile("はい"))
    reader.pick("写真を公開してよいですか", re.compile("はい"))
    reader.press("答えを送る")
    assert "答えを受け取りました" in reader.reads()


def another_ward_wants_it_too(public: str, morishita: Reader, visitor: Reader) -> None:
    """One press: a draft with what was needed; it is published, and the story says who goes on."""
    visitor.open(public)
    visitor.follow("うちの地域でもやりたい")
    assert "入る" in visitor.page.title() + visitor.reads()
    morishita.become("森下 恵")
    morishita.open(public)
    morishita.follow("うちの地域でもやりたい")
    assert "調理のできる部屋" in morishita.reads()
    morishita.press("下書きを作る")
    for number, (what, amount) in enumerate(
        (("調理のできる部屋", "30"), ("調理と配膳の手伝い", "4")), start=1
    ):
        line = morishita.page.get_by_role("group", name=f"必要なもの {number}")
        assert line.get_by_label("なにを").input_value() == what
        assert line.get_by_label("どれだけ").input_value() == amount
    morishita.fill("題名", "団地の集会所で、土曜の昼のカレーを")
    morishita.choose("桜台区")
    morishita.press("確かめて公開")
    morishita.press("公開する")
    visitor.open(public)
    assert "団地の集会所で、土曜の昼のカレーを" in visitor.reads()


def a_chain_of_stories_is_shown(visitor: Reader) -> None:
    """In the demonstration one has already followed another."""
    visitor.open("/stories/")
    visitor.follow("レジの横の、おにぎりの日")
    assert "もとになった事例" in visitor.reads()
    visitor.follow("工事の夏、食堂はスーパーの二階へ")
    followers = visitor.reads().split("この事例のあとに続いた取り組み")[1]
    assert "レジの横の、おにぎりの日" in followers


REASON = "写っている子の家から、載せないでほしいと言われました。"


def a_consent_is_withdrawn(
    story: str, public: str, *, isobe: Reader, chair: Reader, officer: Reader, visitor: Reader
) -> None:
    """At once nobody else reads it; why is for the office alone."""
    isobe.open(story)
    isobe.follow(HALL)
    isobe.follow("同意を取り消す")
    isobe.pick("何への同意を取り消しますか", re.compile("文章と写真の両方"))
    isobe.fill("理由", REASON)
    isobe.press("同意を取り消す")
    assert visitor.status_of(public) == 404
    officer.open("/office/consents/")
    assert REASON in officer.reads()
    chair.open(story)
    assert "公開をやめています" in chair.reads()
    assert REASON not in chair.page.content()
    chair.open("/workspace/inbox/")
    assert REASON not in chair.page.content()


def a_collaboration_born_elsewhere_is_entered(coordinator: Reader, visitor: Reader) -> None:
    coordinator.open("/desk/projects/")
    coordinator.follow(re.compile("ほかで始まった"))
    coordinator.fill("協働の名前", "石段坂の手すり磨き")
    coordinator.fill("目指すこと", "石段を上る人が、冬も手すりにつかまれるようにする。")
    coordinator.pick("協働の形", re.compile("協定"))
    for number, name in enumerate((ASSOCIATION, "石段坂を守る会"), start=1):
        row = coordinator.page.get_by_role("group", name=f"団体 {number}", exact=True)
        coordinator.write(row.get_by_label("団体の名前"), name)
    coordinator.fill("結果", "二年で手すり百二十メートルを磨きました。")
    coordinator.choose("港区")
    coordinator.press("載せる")
    visitor.open("/projects/")
    visitor.follow("石段坂の手すり磨き")
    text = visitor.reads()
    assert "Musubi の外で始まった協働です" in text
    assert "石段坂を守る会" in text
    assert visitor.page.get_by_role("link", name=ASSOCIATION).count() == 1


def a_member_takes_everything_along(chair: Reader) -> None:
    chair.open("/workspace/leaving/take-out/")
    with zipfile.ZipFile(chair.take(f"団体の記録を受け取る：{ASSOCIATION}")) as archive:
        assert archive.testzip() is None
        read = {name: archive.read(name) for name in archive.namelist()}
    assert NEED.encode() in b"".join(text for name, text in read.items() if name.endswith(".json"))
    assert any(name.endswith(".csv") for name in read)
    assert "README.txt" in read


def somebody_leaves_for_good(newcomer: Reader) -> None:
    """After reading what goes and what stays; the account is gone."""
    newcomer.open("/workspace/")
    newcomer.follow("登録する")
    newcomer.sign_up("hajimete@example.jp", "千葉 はじめ")
    newcomer.open("/workspace/leaving/account/")
    text = newcomer.reads()
    assert "消えるもの" in text
    assert "番号だけ（お名前なし）で市に残ります" in text
    newcomer.press("退会する")
    assert "ここに印を付けてください" in newcomer.reads()
    newcomer.choose(re.compile("何が消え、何が残るかを読みました"))
    newcomer.press("退会する")
    assert "退会の手続きがすみました" in newcomer.reads()
    newcomer.open("/workspace/")
    assert "わたしのページ" not in newcomer.page.title()
