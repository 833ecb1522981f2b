// Conveniences only: every page reads the same without this file.
"use strict";

// Furo's styles take the colors that the reader chose on an earlier visit from this attribute.
// Reading the storage fails where a browser forbids it, as some do on file://.
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto";
}

document.documentElement.classList.remove("no-js");

// The button for colors goes round: as the system has it, the other, the one.
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const schemes = dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];

document.addEventListener("click", (event) => {
  if (!event.target.closest(".theme-toggle")) return;
  const { dataset } = document.body;
  dataset.theme = schemes[(schemes.indexOf(dataset.theme) + 1) % schemes.length];
  try {
    localStorage.setItem("theme", dataset.theme);
  } catch {
    // The choice holds for this page.
  }
});

// The list of sections marks the one that is read.
const markSection = () => {
  const links = [...document.querySelectorAll(".toc-tree li li a")];
  const above = (link) => {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return section && section.getBoundingClientRect().top < innerHeight / 4;
  };
  const read = links.findLast(above);
  for (const link of links) link.parentElement.classList.toggle("scroll-current", link === read);
};

let marking = 0;
addEventListener(
  "scroll",
  () => {
    cancelAnimationFrame(marking);
    marking = requestAnimationFrame(markSection);
  },
  { passive: true },
);
document.addEventListener("DOMContentLoaded", markSection);

// The lists of chapters and of sections close with Escape, and when a link in them is followed.
const closeLists = () =>
  document.querySelectorAll(".sidebar-toggle").forEach((box) => (box.checked = false));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeLists();
});
window.addEventListener("hashchange", closeLists);

// A page opened from a folder may not read other pages, so that search shows titles alone there.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined")
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// Sphinx marks the words of the last search in a page. Its scripts for it come only after a search.
const searched = () => {
  try {
    return localStorage.getItem("sphinx_highlight_terms");
  } catch {
    return null;
  }
};
const scripts = ["documentation_options", "doctools", "handbook/words", "sphinx_highlight"];

if (typeof Documentation === "undefined" && searched()) {
  for (const name of scripts) {
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.content_root}_static/${name}.js`;
    script.async = false; // one after the other
    document.head.append(script);
  }
}

// Sphinx's link that ends the marking of searched words is a javascript: address, which the
// page's Content-Security-Policy refuses.
document.addEventListener("click", (event) => {
  if (event.target.closest("#searchbox .highlight-link a")) {
    event.preventDefault();
    SphinxHighlight.hideSearchWords();
  }
});

// The same section in the other languages, also from the list of languages on top.
const keepPlace = () =>
  document.querySelectorAll(".languages a").forEach((link) => (link.hash = location.hash));

window.addEventListener("hashchange", keepPlace);
document.addEventListener("DOMContentLoaded", keepPlace);

// Firefox would open a list again that was open when the page was left.
window.addEventListener("pageshow", closeLists);
