// Hovering or focusing a record lights up its words in the text, and the other way round. Nothing depends on it.
"use strict";
const parts = [...document.querySelectorAll("[data-r]")];
const light = (event, on) => {
  const part = event.target.closest && event.target.closest("[data-r]");
  if (!part) return;
  const ids = part.dataset.r.split(" ");
  for (const other of parts) {
    if (other.dataset.r.split(" ").some((id) => ids.includes(id))) other.classList.toggle("lit", on);
  }
};
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => light(event, on));
}
