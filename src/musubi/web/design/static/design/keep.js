// A form with data-keep="<key>" keeps on this device what is typed, and offers it back after a lost
// connection or an expired sign-in. <body data-keep-clear="<key> …"> says that the server has it
// ("*" forgets everything); a form with data-keep-forget, signing out, forgets everything too.
// What one person typed is never offered to another: a visitor's words live as long as the tab.

const PREFIX = "musubi:keep:";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const words = document.getElementById("design-words")?.dataset ?? {};
const owner = document.body.dataset.keepOwner ?? "";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

function usable(name) {
  try {
    window[name].setItem(`${PREFIX}?`, "");
    window[name].removeItem(`${PREFIX}?`);
    return [window[name]];
  } catch {
    return []; // switched off or full: the page works without it
  }
}

const stores = [...usable("localStorage"), ...usable("sessionStorage")];
const mine = owner ? stores[0] : stores.at(-1);

function forget(key) {
  for (const kept of stores) kept.removeItem(PREFIX + key);
}

function forgetAll() {
  for (const kept of stores) {
    for (const key of Object.keys(kept)) if (key.startsWith(PREFIX)) kept.removeItem(key);
  }
}

function controls(form) {
  return [...form.elements].filter((c) => c.name && !SKIPPED.has(c.type) && !("keepSkip" in c.dataset));
}

function typed(form) {
  const values = [];
  for (const control of controls(form)) {
    if (control.type === "checkbox" || control.type === "radio") {
      if (control.checked) values.push([control.name, control.value]);
    } else if (control.type === "select-multiple") {
      for (const option of control.selectedOptions) values.push([control.name, option.value]);
    } else if (control.value !== "") {
      values.push([control.name, control.value]);
    }
  }
  return values;
}

function read(key) {
  for (const kept of stores) {
    let found = null;
    try {
      found = JSON.parse(kept.getItem(PREFIX + key));
    } catch {
      // not ours, or broken
    }
    if (!Array.isArray(found?.values)) continue;
    if (Date.now() - found.at > WEEK) kept.removeItem(PREFIX + key);
    else if (found.owner === "" || found.owner === owner) return found.values;
  }
  return null;
}

function write(form) {
  try {
    const entry = { at: Date.now(), owner, values: typed(form) };
    mine.setItem(PREFIX + form.dataset.keep, JSON.stringify(entry));
  } catch {
    // full: what is on the screen is still there
  }
}

function putBack(form, values) {
  const left = new Map();
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const control of controls(form)) {
    const wanted = left.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = wanted.includes(control.value);
    } else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = wanted.includes(option.value);
    } else {
      control.value = wanted[0] ?? "";
    }
  }
  const names = new Set(controls(form).map((control) => control.name));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return values.filter(([name]) => !names.has(name)).map(([, value]) => value);
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function offer(form, values) {
  const box = element("div", "notice notice-info");
  box.setAttribute("role", "status");
  const group = element("div", "button-group");
  const restore = element("button", "button button-secondary", words.keepRestore);
  const discard = element("button", "button button-link", words.keepDiscard);
  restore.type = discard.type = "button";
  group.append(restore, discard);
  box.append(element("p", "", words.keepFound), group);
  form.before(box);
  restore.addEventListener("click", () => {
    const homeless = putBack(form, values);
    box.replaceChildren(element("p", "", words.keepRestored));
    if (homeless.length) {
      box.append(element("p", "keep-homeless", words.keepHomeless + homeless.join(" / ")));
    }
    box.tabIndex = -1;
    box.focus();
  });
  discard.addEventListener("click", () => {
    forget(form.dataset.keep);
    box.remove();
    controls(form)[0]?.focus();
  });
}

function clear() {
  const keys = (document.body.dataset.keepClear ?? "").split(/\s+/).filter(Boolean);
  if (keys.includes("*")) forgetAll();
  keys.forEach(forget);
}

function watch(form) {
  const before = read(form.dataset.keep);
  const now = typed(form);
  if (before?.length && JSON.stringify(before) !== JSON.stringify(now)) offer(form, before);
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(form), 400);
  });
  const atOnce = () => {
    clearTimeout(timer);
    if (JSON.stringify(typed(form)) !== JSON.stringify(now)) write(form);
  };
  form.addEventListener("submit", atOnce);
  addEventListener("pagehide", atOnce);
}

if (stores.length) {
  // A page that was kept on the device says what was true when it was read.
  if (!document.body.dataset.keptAt) clear();
  document.addEventListener("forget-typed", forgetAll);
  for (const form of document.querySelectorAll("form[data-keep-forget]")) {
    form.addEventListener("submit", forgetAll);
  }
  document.querySelectorAll("form[data-keep]").forEach(watch);
}
