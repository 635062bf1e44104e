"""What is measured on a page in the browser, each as a list of what is wrong."""

from typing import Any

from playwright.sync_api import Page

COMMON = """
  const label = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 40)}`;
  const hiddenFromSight = (e) => !!e.closest(".visually-hidden, [hidden], thead, .stepper li:not([aria-current])");
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !hiddenFromSight(e);
"""

CUT = f"""() => {{ {COMMON}
  const wide = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${{document.documentElement.scrollWidth}} wide`);
  for (const e of document.querySelectorAll("body *")) {{
    if (!shown(e) || e.closest("svg, .table-frame, pre, option")) continue;
    const box = e.getBoundingClientRect();
    if (box.width && box.right > wide + 1 && !e.matches(".hero")) found.push(`beyond the edge: ${{label(e)}}`);
    if (e.matches("[type=file]")) continue;  // the browser's own: it shortens the name of the file by itself
    const clips = /hidden|clip/.test(getComputedStyle(e).overflow);
    if (clips && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) found.push(`cut: ${{label(e)}}`);
  }}
  return found;
}}"""

OVERLAPS = f"""() => {{ {COMMON}
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {{
    const e = node.parentElement;
    if (!node.data.trim() || !shown(e) || e.closest("svg, select, [popover]:not(:popover-open), script, .skip-link")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) if (r.width > 1) lines.push([r, e]);
  }}
  const found = [];
  for (let i = 0; i < lines.length; i++) {{
    for (let j = i + 1; j < lines.length; j++) {{
      const [a, one] = lines[i], [b, other] = lines[j];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 0.4 * Math.min(a.height, b.height)) found.push(`${{label(one)}} × ${{label(other)}}`);
    }}
  }}
  return found;
}}"""

SMALL_TARGETS = f"""() => {{ {COMMON}
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((e) => shown(e) && !e.closest(".skip-link, [inert]") && getComputedStyle(e).pointerEvents !== "none");
  const area = (e) => {{
    const own = e.closest("label") ?? (e.id ? document.querySelector(`label[for="${{e.id}}"]`) : null);
    const boxes = [...e.getClientRects()];
    if (own && e.matches("[type=checkbox], [type=radio]")) boxes.push(own.getBoundingClientRect());
    return boxes.filter((r) => r.width && r.height);
  }};
  const inSentence = (e) => {{
    if (!e.matches("a") || getComputedStyle(e).display !== "inline") return false;
    const block = e.closest("p, li, dd, td, th, blockquote, figcaption, legend, h1, h2, h3");
    return !!block && block.textContent.trim().length > e.textContent.trim().length + 1;
  }};
  const targets = all.map((e) => ({{ e, boxes: area(e) }})).filter((t) => t.boxes.length);
  const big = (t) => t.boxes.some((r) => r.width >= 24 && r.height >= 24);
  const small = targets.filter((t) => !big(t) && !inSentence(t.e));
  const middle = (t) => {{ const r = t.boxes[0]; return [r.left + r.width / 2, r.top + r.height / 2]; }};
  const near = (t, o) => {{
    const [x, y] = middle(t);
    if (small.includes(o)) {{ const [u, v] = middle(o); return Math.hypot(x - u, y - v) < 24; }}
    return o.boxes.some((r) => Math.hypot(x - Math.max(r.left, Math.min(x, r.right)), y - Math.max(r.top, Math.min(y, r.bottom))) < 12);
  }};
  return small.filter((t) => targets.some((o) => o !== t && !o.e.contains(t.e) && !t.e.contains(o.e) && near(t, o)))
    .map((t) => `${{label(t.e)}} ${{Math.round(t.boxes[0].width)}}×${{Math.round(t.boxes[0].height)}}`);
}}"""

MOVING = """() => [
  ...document.getAnimations().map((a) => a.animationName ?? a.transitionProperty),
  ...[...document.querySelectorAll("*")].filter((e) => {
    const style = getComputedStyle(e);
    return parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0);
  }).map((e) => e.tagName),
  ...(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["smooth scrolling"] : []),
]"""

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-block-end: 2em !important; }"
)
"""What WCAG 1.4.12 lets a reader set."""
TWICE = "html { font-size: 200% !important; }"


def dress(page: Page, css: str) -> None:
    """A reader's own style sheet; an empty one takes it off."""
    page.evaluate(
        "(css) => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }",
        css,
    )


def measured(page: Page, measure: str) -> list[str]:
    found: list[Any] = page.evaluate(measure)
    return [str(line) for line in dict.fromkeys(found)]
