"""What is Japanese on a page in English is marked, run by run."""

import pytest

from musubi.web.design.tongues import mark_japanese


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("<p>Nothing here</p>", "<p>Nothing here</p>"),
        ("<a>\n  机を二十脚\n</a>", '<a>\n  <span lang="ja">机を二十脚</span>\n</a>'),
        ("<p>（土）１１月20日 9:00から</p>", '<p><span lang="ja">（土）１１月20日 9:00から</span></p>'),
        (
            "<p>“机” by 浜町町内会, too</p>",
            '<p><span>“<span lang="ja">机</span>” by <span lang="ja">浜町町内会</span>, too</span></p>',
        ),
        ('<li lang="ja"><li>入</li>出</li><b>入</b>', '<li lang="ja"><li>入</li>出</li><b><span lang="ja">入</span></b>'),
        ('<html lang="en"><b>入</b></html>', '<html lang="en"><b><span lang="ja">入</span></b></html>'),
        ("<title>机 | 結浜市</title>", '<title lang="ja">机 | 結浜市</title>'),
        ("<title>Needs | 結浜市</title>", "<title>Needs | 結浜市</title>"),
        ('<option value="3">港区</option>', '<option lang="ja" value="3">港区</option>'),
        ("<textarea name=a>机\n</textarea>", '<textarea lang="ja" name=a>机\n</textarea>'),
        ('<input value="机"><img alt="机">', '<input lang="ja" value="机"><img lang="ja" alt="机">'),
        ('<input type="hidden" value="机">', '<input type="hidden" value="机">'),
        ('<a data-x="a > 机">b</a>', '<a data-x="a > 机">b</a>'),
        ("<script>'机'</script><!-- 机 -->", "<script>'机'</script><!-- 机 -->"),
        (
            '<div lang="ja"><p>机</p><img alt="机"><div><!-- </div> -->入</div>出</div><p>入</p>',
            '<div lang="ja"><p>机</p><img alt="机"><div><!-- </div> -->入</div>出</div><p><span lang="ja">入</span></p>',
        ),
        (
            '<P LANG="ja">a</P><p class="x" lang="ja"><p-x>机</p-x></p><br>a <b>b</b>机',
            '<P LANG="ja">a</P><p class="x" lang="ja"><p-x>机</p-x></p><br>a <b>b</b><span lang="ja">机</span>',
        ),
        ("3 < 4 机 &amp; 入", '3 < <span>4 <span lang="ja">机</span> &amp; <span lang="ja">入</span></span>'),
    ],
)  # fmt: skip
def test_runs_of_japanese_are_marked(written: str, marked: str) -> None:
    assert mark_japanese(written) == marked
    assert mark_japanese(marked) == marked
