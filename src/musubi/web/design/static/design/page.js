// Small comforts of every page: a double press counts once, what takes long says so, the error summary gets the focus,
// the print button works. All of it is optional.

const words = document.getElementById("design-words")?.dataset ?? {};

const LONG = 2000;
let waiting;

function release(form) {
  form.removeAttribute("aria-busy");
  clearTimeout(waiting);
  form.querySelector("[data-waiting]")?.remove();
  for (const button of form.querySelectorAll("[data-pressed]")) {
    button.disabled = false;
    delete button.dataset.pressed;
  }
}

function sayItTakesLong(form) {
  const line = document.createElement("p");
  line.dataset.waiting = "";
  line.className = "autosave-status";
  line.setAttribute("role", "status");
  line.append(document.createElement("progress"), ` ${words.sendingLong}`);
  line.firstChild.setAttribute("aria-label", words.sending);
  form.append(line);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  waiting = setTimeout(() => sayItTakesLong(form), LONG);
  // After this turn: a disabled button would not be sent along.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button], :disabled)")) {
      button.disabled = true;
      button.dataset.pressed = "";
    }
    const status = form.querySelector("[data-autosave-status]");
    if (status) status.textContent = words.sending;
  });
});

// There was no network: the form stays, and so does its button.
document.addEventListener("unsent", (event) => release(event.target), { capture: true });

// Going back shows the page as it was left, busy form included.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[aria-busy]").forEach(release);
});

document.querySelector("[data-error-summary]")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

document.addEventListener("allauth.error", () => {
  for (const line of document.querySelectorAll("[data-passkey-status]")) {
    line.textContent = words.passkeyFailed;
    line.className = "notice notice-warning";
  }
});

// An open menu closes on Escape and when one presses elsewhere.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
