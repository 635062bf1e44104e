// Keeps what one has read on one's own device and shows it again where there is no network (ADR 0013).
// views.worker puts VERSION, FILES, STATIC, OFFLINE, MOST and OLDEST before it. The server says of each page whose it is
// (Musubi-Reader) and whether it may be kept (Musubi-Keep); without its word nothing is.

const FILES_CACHE = `musubi-files-${VERSION}`;
const READ_CACHE = `musubi-read-${VERSION}`;
const READER = "/musubi-reader";
const PATIENCE = 6000;
const HERE = { ignoreVary: true };
let lastSent = 0;
let lastAsked = 0; // when what told us the reader was asked for

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => {
  if (event.data?.read) event.waitUntil(readAgain(event.data.read).catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method !== "GET") {
    lastSent = Date.now();
    // Signing in may lead to another site: the browser goes there by itself.
    if (request.mode === "navigate" && !pathname.startsWith("/accounts/")) event.respondWith(send(event));
  } else if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith(STATIC) || FILES.includes(request.url.slice(origin.length))) {
    event.respondWith(file(event));
  }
});

async function prepare() {
  await (await caches.open(FILES_CACHE)).addAll([...FILES, offlinePage()]);
  await skipWaiting();
}

function offlinePage() {
  return new Request(OFFLINE, { cache: "reload", redirect: "error" });
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("musubi-") && ![FILES_CACHE, READ_CACHE].includes(name)) await caches.delete(name);
  }
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function page(event) {
  const network = fromNetwork(event);
  event.waitUntil(network.catch(() => {})); // it may come after its copy was shown
  const slow = new Promise((done) => setTimeout(done, PATIENCE)).then(() => kept(event.request.url, lastSent));
  try {
    return (await Promise.race([network, slow])) ?? (await network);
  } catch {
    return (await kept(event.request.url)) ?? offline();
  }
}

async function fromNetwork(event) {
  const asked = Date.now();
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  const reader = answer.headers.get("Musubi-Reader");
  if (reader) {
    event.waitUntil(note(reader, event.request.url, answer.headers.has("Musubi-Keep") && answer.clone(), asked));
  }
  return answer;
}

async function note(reader, url, answer, asked) {
  const pages = await caches.open(READ_CACHE);
  const isAnother = (await readerOf(pages)) !== reader;
  if (isAnother && asked < lastAsked) return; // a late answer to whoever was here before
  lastAsked = Math.max(lastAsked, asked);
  if (isAnother) {
    await forgetOthers(pages, reader);
    await pages.put(READER, new Response(reader));
    // In the language and the look that the reader has now.
    await (await caches.open(FILES_CACHE)).add(offlinePage()).catch(() => {});
  }
  if (answer) await keep(pages, url, answer, reader);
}

async function readerOf(pages) {
  return (await (await pages.match(READER))?.text()) ?? "";
}

function owner(reader) {
  return reader.split(".")[0];
}

async function keep(pages, url, answer, reader) {
  const now = Date.now();
  const text = await answer.text();
  if (owner(await readerOf(pages)) !== owner(reader)) return; // somebody has signed out meanwhile
  const title = (/<title>([^<]*)/.exec(text)?.[1] ?? "").split("|")[0].replace(/\s+/g, " ").trim();
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("Musubi-Read-At", now);
  headers.set("Musubi-Title", encodeURIComponent(title));
  await pages.put(url, new Response(text.replace("<body", `<body data-kept-at="${now}"`), { headers }));
  const keys = (await pages.keys()).filter((request) => !request.url.endsWith(READER));
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST))) await pages.delete(key);
}

async function kept(url, since = 0) {
  const pages = await caches.open(READ_CACHE);
  const found = await pages.match(url, HERE);
  const at = Number(found?.headers.get("Musubi-Read-At"));
  if (!at || at < since || !isFresh(at)) return undefined;
  const whose = owner(found.headers.get("Musubi-Reader"));
  return whose === "-" || whose === owner(await readerOf(pages)) ? found : undefined;
}

function isFresh(at) {
  return Date.now() - at < OLDEST;
}

async function forgetOthers(pages, reader) {
  for (const key of await pages.keys()) {
    const { headers } = await pages.match(key, HERE);
    const whose = owner(headers.get("Musubi-Reader") ?? "");
    const at = Number(headers.get("Musubi-Read-At"));
    if (!isFresh(at) || !["-", owner(reader)].includes(whose)) await pages.delete(key);
  }
}

async function readAgain(url) {
  // The first page of all was read before this worker was there.
  const asked = Date.now();
  const answer = await fetch(url, { cache: "force-cache" });
  if (answer.headers.has("Musubi-Keep") && !answer.redirected) {
    await note(answer.headers.get("Musubi-Reader"), url, answer, asked);
  }
}

async function offline() {
  const page = await (await caches.open(FILES_CACHE)).match(OFFLINE, HERE);
  if (!page) return Response.error();
  return new Response(await page.text(), { status: 503, headers: page.headers });
}

async function file(event) {
  const files = await caches.open(FILES_CACHE);
  const found = await files.match(event.request, HERE);
  if (found?.headers.get("Cache-Control")?.includes("immutable")) return found;
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(files.put(event.request, answer.clone()));
    return answer;
  } catch {
    return found ?? Response.error();
  }
}

async function send(event) {
  try {
    return await fetch(event.request);
  } catch {
    for (const client of await clients.matchAll({ type: "window" })) client.postMessage({ unsent: true });
    return new Response(null, { status: 204 }); // the form stays where it is
  }
}
