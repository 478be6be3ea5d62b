/* Comfort for the pages, which work without it: keys, the theme, the slider of days, highlights both ways.

In:     the page; two choices in localStorage ("theme": light or dark, "keys": off).
Out:    focus, classes and addresses. No markup is made from text, nothing is asked over the network.
*/
"use strict";

(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) {
      try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* not kept */ }
    },
  };

  /** Return an element with attributes and children (strings become text). */
  function made(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // -- the theme: set before anything is painted -----------------------------------------------------------------

  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const theme = () => root.dataset.theme || system();
  if (["light", "dark"].includes(kept.get("theme"))) root.dataset.theme = kept.get("theme");

  function themeButton() {
    const button = made("button", { type: "button", class: "theme", title: "Light or dark" });
    const tell = () => {
      button.setAttribute("aria-label", "Dark colours");
      button.setAttribute("aria-pressed", String(theme() === "dark"));
    };
    button.addEventListener("click", () => {
      const next = theme() === "dark" ? "light" : "dark";
      if (next === system()) delete root.dataset.theme; // follow the system again
      else root.dataset.theme = next;
      kept.set("theme", root.dataset.theme || null);
      tell();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    tell();
    document.querySelector(".top")?.append(button);
  }

  // -- keys ------------------------------------------------------------------------------------------------------

  const SCREENS = { h: ["/", "What changed"], p: ["/pairs", "Pairs"], d: ["/due", "Due"], m: ["/measures", "Measures"], a: ["/about", "About"] };
  const KEYS = [
    [["/"], "search"],
    ...Object.entries(SCREENS).map(([key, [, name]]) => [["g", key], name]),
    [["j"], "next entry"],
    [["k"], "previous entry"],
    [["Enter"], "open the entry in focus"],
    [["?"], "this list"],
    [["Esc"], "close, or leave a field"],
  ];
  const PATIENCE = 1500; // milliseconds in which a key may follow `g` (guess)
  const TYPED = "input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), select, textarea, [contenteditable]";
  const keysOn = () => kept.get("keys") !== "off";
  let afterG = 0;

  /** Move the focus by one entry; from nowhere, to the first one that can be seen. */
  function step(by) {
    const entries = all(".entry").filter((entry) => entry.getClientRects().length);
    if (!entries.length) return;
    const at = entries.indexOf(document.activeElement?.closest(".entry"));
    const seen = entries.findIndex((entry) => entry.getBoundingClientRect().bottom > 0);
    const next = at < 0 ? Math.max(seen, 0) : Math.min(Math.max(at + by, 0), entries.length - 1);
    const link = entries[next].querySelector("a.what, a, button");
    link?.focus({ preventScroll: true });
    entries[next].scrollIntoView({ block: "nearest" });
  }

  /** Press the button, focus the field, or open the form whose letter this is. */
  function access(key) {
    const target = all("[data-key]").find((one) => one.dataset.key === key && one.getClientRects().length && !one.disabled);
    if (!target) return false;
    target.focus();
    if (!target.matches(TYPED)) target.click();
    const opened = target.matches("summary") && target.parentElement.open ? target.parentElement : null;
    opened?.querySelector(`:is(${TYPED}):not([type=hidden])`)?.focus();
    return true;
  }

  function onKey(event) {
    const target = event.target instanceof Element ? event.target : root;
    if (event.key === "Escape" && target.matches(TYPED) && !document.querySelector("dialog[open]")) return target.blur();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!keysOn() || target.closest(TYPED) || document.querySelector("dialog[open]")) return;
    const { key } = event;
    const screen = Date.now() - afterG < PATIENCE && SCREENS[key];
    afterG = 0;
    if (screen) location.assign(screen[0]);
    else if (key === "g") afterG = Date.now();
    else if (key === "/") document.querySelector(".search input")?.select();
    else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "?") showKeys();
    else if (key.length !== 1 || key === " " || !access(key)) return;
    event.preventDefault();
  }

  function showKeys() {
    const dialog = document.querySelector("dialog.help") ?? document.body.appendChild(keysDialog());
    dialog.showModal();
  }

  function keysDialog() {
    const list = made("dl");
    const own = all("[data-key]").map((one) => [[one.dataset.key], (one.getAttribute("aria-label") || one.textContent).trim()]);
    for (const [keys, does] of [...KEYS, ...own]) {
      list.append(made("dt", {}, ...keys.flatMap((key, i) => [i ? " then " : "", made("kbd", {}, key)])), made("dd", {}, does));
    }
    const use = made("input", { type: "checkbox" });
    use.checked = keysOn();
    use.addEventListener("change", () => { kept.set("keys", use.checked ? null : "off"); tellKeys(); });
    const end = made("form", { method: "dialog" }, made("label", {}, use, "Use these keys"), made("button", { autofocus: "" }, "Close"));
    return made("dialog", { class: "help", "aria-labelledby": "keys" }, made("h2", { id: "keys" }, "Keys"), list, end);
  }

  function tellKeys() {
    root.toggleAttribute("data-keys", keysOn());
  }

  function keysButton() {
    const button = made("button", { type: "button", class: "keys" }, "Keys");
    button.addEventListener("click", showKeys);
    document.querySelector(".foot")?.append(made("p", {}, button));
  }

  // -- a document: its words and what they tell light up together -----------------------------------------------

  /** Light up what shares a record with the element under the pointer or in focus; null: nothing. */
  function light(from) {
    const ids = new Set(from?.dataset.r.split(" "));
    for (const one of all("[data-r]")) one.classList.toggle("lit", one.dataset.r.split(" ").some((id) => ids.has(id)));
  }

  function lightBothWays() {
    if (!document.querySelector("mark[data-r]")) return;
    const at = (event) => (event.target instanceof Element ? event.target.closest("[data-r]") : null);
    let now = null;
    for (const kind of ["pointerover", "focusin"]) {
      document.addEventListener(kind, (event) => {
        if (at(event) === now) return;
        now = at(event);
        light(now);
      });
    }
  }

  // -- the day as a slider: its steps are days from data-first; letting go asks for the page of that day ----------

  const DAY = 86_400_000;

  function slider(range) {
    const field = range.form?.elements.namedItem(range.dataset.for);
    const first = Date.parse(range.dataset.first);
    if (!field || Number.isNaN(first)) return;
    const told = () => range.setAttribute("aria-valuetext", field.value);
    range.hidden = false;
    range.addEventListener("input", () => {
      field.value = new Date(first + range.valueAsNumber * DAY).toISOString().slice(0, 10);
      told();
    });
    range.addEventListener("pointerup", () => { if (field.value !== field.defaultValue) range.form.requestSubmit(); });
    range.addEventListener("keydown", (event) => { if (event.key === "Enter") range.form.requestSubmit(); });
    field.addEventListener("change", () => {
      if (field.value) range.value = Math.round((Date.parse(field.value) - first) / DAY);
      told();
    });
    told();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("DOMContentLoaded", () => {
    themeButton();
    keysButton();
    lightBothWays();
    all("input[type=range][data-for]").forEach(slider);
    tellKeys();
  });
})();
