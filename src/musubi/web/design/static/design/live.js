// A field or form with data-live="<url>" shows beside it what the server has to say about what is being
// typed: 400 quiet milliseconds after the last letter the named fields are asked about, and the answer, a
// fragment of our own HTML, is put into the element data-live-target names. A field asks by GET; a form asks
// by POST (what is typed then stands in no address and no log) with the fields of data-live-fields alone.
// The same fragment stands on the page that the form's button leads to: nothing here is needed.
// The group of one field may ask too (the writing helper): data-live-says names a line for screen readers, and takes
// the data-says of the answer; data-live-quiet asks for a longer pause.

const QUIET = 400;
const SHORTEST = 2;

function formOf(source) {
  return source.form ?? source.closest("form");
}

function values(source) {
  const asked = new URLSearchParams();
  const form = formOf(source);
  const names = source.dataset.liveFields?.split(" ") ?? [source.name];
  for (const name of names) {
    const value = form.elements[name]?.value?.trim() ?? "";
    if (value) asked.append(name, value);
  }
  return asked;
}

function carried(source, asked) {
  // A search being typed heeds what it is narrowed by.
  if (!source.form) return;
  for (const control of source.form.elements) {
    const counts = control.type === "hidden" || (control.type === "checkbox" && control.checked);
    if (counts && control.name) asked.append(control.name, control.value);
  }
}

function watch(source) {
  const target = document.getElementById(source.dataset.liveTarget);
  if (!target || !formOf(source)) return;
  let timer;
  let underway;
  let last = values(source).toString();
  let shown = null;
  const quiet = Number(source.dataset.liveQuiet ?? QUIET);
  const line = document.getElementById(source.dataset.liveSays ?? "");

  function say() {
    // Announced only when it changes, and in a few words: the list itself is there to be gone to.
    const words = target.querySelector("[data-says]")?.dataset.says ?? "";
    if (line && line.textContent.trim() !== words) line.textContent = words;
  }

  function show(html) {
    if (html === shown) return;
    // Whoever has gone into the list with the keyboard is not thrown out of it.
    if (target.contains(document.activeElement)) return;
    target.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    shown = html;
    say();
  }

  async function ask() {
    const asked = values(source);
    if (asked.toString() === last) return;
    last = asked.toString();
    underway?.abort();
    if ([...asked.values()].join("").length < SHORTEST) {
      show("");
      return;
    }
    underway = new AbortController();
    const options = { credentials: "same-origin", redirect: "error", signal: underway.signal };
    let address = source.dataset.live;
    if (source.form) {
      carried(source, asked);
      address += `?${asked}`;
    } else {
      asked.append("csrfmiddlewaretoken", formOf(source).elements.csrfmiddlewaretoken?.value ?? "");
      Object.assign(options, { method: "POST", body: asked, headers: { "X-Live": "1" } });
    }
    try {
      const response = await fetch(address, options);
      if (response.ok) show(await response.text());
    } catch {
      // offline, asked again meanwhile, or signed out: what is shown stays
    }
  }

  source.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, quiet);
  });
  source.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, quiet);
  });
}

document.querySelectorAll("[data-live]").forEach(watch);
document.querySelectorAll("[data-look-button]").forEach((button) => button.remove());
