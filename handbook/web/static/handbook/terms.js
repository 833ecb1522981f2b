// A word of the glossary shows its meaning where it stands: while the pointer is on it or on its
// meaning, or while the keyboard is; Escape ends it (WCAG 2.2, 1.4.13). Without this file the word
// is a link to the glossary, which it also stays.
"use strict";

const BEFORE = 250; // milliseconds: a pointer that only passes shows nothing
const AFTER = 250; // time to move onto the meaning
const MARGIN = 8; // pixels to the window's edges

let link = null; // whose meaning is shown
let waiting;

const meaningOf = (word) =>
  document.getElementById(`about-${decodeURIComponent(word.hash.slice(1))}`);

const wordAt = (target) => {
  const word = target.closest?.("a:has(.std-term)");
  return word && meaningOf(word) ? word : null;
};

const hide = () => {
  clearTimeout(waiting);
  if (!link) return;
  meaningOf(link).hidden = true;
  link.removeAttribute("aria-describedby");
  link = null;
};

// Under the word; over it where there is no room; never beyond the window's sides.
const place = (meaning, word) => {
  const lines = word.getClientRects();
  const line = lines[lines.length - 1];
  const width = document.documentElement.clientWidth;
  const start = document.documentElement.dir === "rtl" ? line.right - meaning.offsetWidth : line.left;
  const left = Math.max(MARGIN, Math.min(start, width - meaning.offsetWidth - MARGIN));
  const room = innerHeight - line.bottom > meaning.offsetHeight + MARGIN;
  const top = room ? line.bottom : lines[0].top - meaning.offsetHeight;
  meaning.style.left = `${left + scrollX}px`;
  meaning.style.top = `${Math.max(top, -scrollY) + scrollY}px`;
};

const show = (word) => {
  clearTimeout(waiting);
  if (link === word) return;
  hide();
  link = word;
  const meaning = meaningOf(word);
  word.setAttribute("aria-describedby", meaning.id);
  meaning.hidden = false;
  place(meaning, word);
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return; // a tap follows the link
  const word = wordAt(event.target);
  clearTimeout(waiting);
  if (word) waiting = setTimeout(show, BEFORE, word);
  else if (link && !event.target.closest(".meaning")) waiting = setTimeout(hide, AFTER);
});

document.addEventListener("focusin", (event) => {
  const word = wordAt(event.target);
  if (word?.matches(":focus-visible")) show(word);
  else hide();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
