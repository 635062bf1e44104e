// The page's side of the worker (ADR 0013): registers it or takes it away, says when a page is one that was kept,
// shows what is kept, and keeps a form on the screen that could not be sent. Optional, like all scripts.

const words = document.getElementById("design-words")?.dataset ?? {};
const { worker, keptAt, keepClear } = document.body.dataset;
const language = document.documentElement.lang === "en" ? "en-GB" : "ja-JP";

async function readCaches() {
  if (!("caches" in window)) return [];
  return (await caches.keys()).filter((name) => name.startsWith("musubi-read-"));
}

async function eraseRead() {
  for (const name of await readCaches()) await caches.delete(name);
}

async function takeAway() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith("musubi-")) await caches.delete(name);
}

async function register() {
  const known = navigator.serviceWorker.controller !== null;
  await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  if (known) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ read: location.href });
}

function said(at) {
  const then = new Date(at);
  const japanese = language === "ja-JP";
  const clock = japanese
    ? `${then.getHours()}時${then.getMinutes()}分`
    : then.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === new Date().toDateString()) return clock;
  const day = then.toLocaleDateString(language, { month: "long", day: "numeric" });
  return japanese ? `${day}${clock}` : `${clock}, ${day}`;
}

function notice(tone, sentence) {
  const box = document.createElement("div");
  const line = document.createElement("p");
  box.className = `notice notice-${tone}`;
  box.setAttribute("role", "status");
  box.tabIndex = -1;
  line.textContent = sentence;
  box.append(line);
  return box;
}

function sayItWasKept() {
  // What was said once is not said again: it happened when the page was read.
  document.querySelector(".messages")?.remove();
  const box = notice("warning", words.keptNow.replace("{time}", said(Number(keptAt))));
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = words.keptAgain;
  box.firstChild.append(" ", link);
  document.getElementById("main")?.prepend(box);
}

// ── What is kept ──

async function keptPages(oldest) {
  const found = [];
  for (const name of await readCaches()) {
    const pages = await caches.open(name);
    const reader = await (await pages.match("/musubi-reader"))?.text();
    for (const request of await pages.keys()) {
      const { headers } = await pages.match(request, { ignoreVary: true });
      const whose = headers.get("Musubi-Reader")?.split(".")[0];
      if (whose !== "-" && whose !== reader?.split(".")[0]) continue;
      const title = decodeURIComponent(headers.get("Musubi-Title") ?? "");
      const at = Number(headers.get("Musubi-Read-At"));
      if (title && Date.now() - at < oldest) found.push({ url: request.url, title, at });
    }
  }
  return found.sort((one, other) => other.at - one.at);
}

function plain(escaped) {
  return new DOMParser().parseFromString(escaped, "text/html").body.textContent;
}

async function list(place) {
  const pages = await keptPages(Number(place.dataset.keptPages));
  place.replaceChildren(
    ...pages.map(({ url, title, at }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = plain(title);
      item.append(link, ` ${words.keptWhen.replace("{time}", said(at))}`);
      return item;
    }),
  );
  for (const part of document.querySelectorAll("[data-kept-none]")) part.hidden = pages.length > 0;
}

// ── What could not be sent ──

function unsent(form) {
  form.previousElementSibling?.matches("[data-unsent]") && form.previousElementSibling.remove();
  form.removeAttribute("aria-busy");
  form.dispatchEvent(new CustomEvent("unsent"));
  const box = notice("warning", words.unsent);
  box.dataset.unsent = "";
  form.before(box);
  box.focus();
  addEventListener("online", () => (box.firstChild.textContent = words.unsentBack), { once: true });
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (navigator.onLine || event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    setTimeout(() => unsent(form)); // after the other scripts have kept what was typed
  },
  { capture: true },
);

navigator.serviceWorker?.addEventListener("message", (event) => {
  if (!event.data?.unsent) return;
  for (const form of document.querySelectorAll("form[aria-busy]")) unsent(form);
});

// ── At once ──

if (navigator.serviceWorker && worker === "off") takeAway().catch(() => {});
else if (navigator.serviceWorker && worker) {
  if (document.readyState === "complete") register().catch(() => {});
  else addEventListener("load", () => register().catch(() => {}), { once: true });
}
if (keptAt) sayItWasKept();
if (keepClear?.split(/\s+/).includes("*")) eraseRead();
for (const form of document.querySelectorAll("form[data-keep-forget]")) form.addEventListener("submit", eraseRead);
for (const place of document.querySelectorAll("[data-kept-pages]")) list(place).catch(() => {});
for (const button of document.querySelectorAll("[data-kept-erase]")) {
  button.addEventListener("click", async () => {
    await eraseRead();
    document.dispatchEvent(new CustomEvent("forget-typed"));
    button.replaceWith(notice("success", words.keptErased));
    document.querySelectorAll("[data-kept-pages]").forEach(list);
  });
}
