// A form with data-autosave="<url>" posts itself after two quiet seconds and when the page is left,
// and says so in a line that screen readers announce. The address answers 2xx when it has saved;
// JSON {"autosave": url, "action": url} moves later saves of a new draft to its own address, and
// {"message": sentence} is shown as it is. "unsent" on the form (offline.js) means that its button has reached nobody.

const QUIET = 2000;
const RETRY = 15000;
const words = document.getElementById("design-words")?.dataset ?? {};

function clock() {
  return new Date().toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });
}

function statusLine(form) {
  const line = form.querySelector("[data-autosave-status]") ?? document.createElement("p");
  if (!line.isConnected) {
    line.dataset.autosaveStatus = "";
    form.append(line);
  }
  line.className = "autosave-status";
  line.setAttribute("role", "status");
  return line;
}

function snapshot(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  return body;
}

async function answerOf(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}

function watch(form) {
  const line = statusLine(form);
  let saved = snapshot(form).toString();
  let timer;
  let sending = false;
  let submitted = false;

  async function save() {
    clearTimeout(timer);
    const body = snapshot(form);
    if (submitted || body.toString() === saved) return;
    if (sending) {
      timer = setTimeout(save, QUIET);
      return;
    }
    sending = true;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (submitted) return;
      if (response.ok) {
        saved = body.toString();
        const answer = await answerOf(response);
        if (answer.autosave) form.dataset.autosave = answer.autosave;
        if (answer.action) form.action = answer.action;
        line.textContent = answer.message ?? `${words.autosaveSaved} ${clock()}`;
      } else if (response.type === "opaqueredirect" || response.status === 401) {
        line.textContent = words.autosaveSignedOut;
      } else {
        line.textContent = (await answerOf(response)).message ?? words.autosaveRefused;
      }
    } catch {
      line.textContent = words.autosaveOffline;
      timer = setTimeout(save, RETRY);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  });
  form.addEventListener("submit", () => {
    submitted = true;
    clearTimeout(timer);
  });
  form.addEventListener("unsent", () => {
    submitted = false;
    timer = setTimeout(save, RETRY);
  });
  addEventListener("pageshow", () => {
    submitted = false;
  });
  addEventListener("online", save);
  addEventListener("pagehide", () => {
    const body = snapshot(form);
    if (submitted || sending || body.toString() === saved) return;
    fetch(form.dataset.autosave, { method: "POST", body, credentials: "same-origin", keepalive: true });
  });
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
