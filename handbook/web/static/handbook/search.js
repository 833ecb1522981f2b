// What this handbook asks of Sphinx's search besides: the index entries, which are in the reader's
// own words, count as text and lead to their place; words in any form find them; a question of many
// words finds what has most of them; each finding says where it is. HANDBOOK_PLACES: see places.py.
"use strict";

const MOST_PLACES = 12;
const stemmer = new Stemmer();

const stemsOf = (text) =>
  new Set(
    splitQuery(text.toLowerCase())
      .filter((word) => !stopwords.has(word))
      .map((word) => stemmer.stemWord(word)),
  );

const holds = (some, others) => others.size > 0 && [...others].every((one) => some.has(one));

// ---- Index entries ------------------------------------------------------------------------------

const entries = [];

// Take the entries out of Sphinx's index, which would compare them letter by letter, and add their
// words to those of the chapters.
const setIndex = Search.setIndex;
Search.setIndex = (index) => {
  for (const [words, places] of Object.entries(index.indexentries)) {
    const stems = stemsOf(words);
    entries.push({ stems, places });
    for (const stem of stems) {
      const known = Object.hasOwn(index.terms, stem) ? [index.terms[stem]].flat() : [];
      index.terms[stem] = [...new Set([...known, ...places.map(([file]) => file)])];
    }
  }
  index.indexentries = {};
  setIndex(index);
};

// Each place is an array as Sphinx's: docname, title, anchor, description, score, filename, kind.
const placesOf = (asked) => {
  const found = new Map();
  for (const { stems, places } of entries) {
    if (!holds(stems, asked) && !holds(asked, stems)) continue;
    const alike = Math.min(stems.size, asked.size) / Math.max(stems.size, asked.size);
    for (const [file, id, isMain] of places) {
      const docname = Search._index.docnames[file];
      const chapter = Search._index.titles[file];
      const { rows = {}, sections = {} } = HANDBOOK_PLACES[docname] ?? {};
      const name = rows[id] ?? sections[id] ?? chapter;
      const title = name === chapter || rows[id] ? name : `${chapter}: ${name}`;
      // What to do comes before what to know.
      const score = 100 * alike + (rows[id] ? 20 : 0) + (isMain ? 10 : 0);
      if ((found.get(title)?.[4] ?? 0) < score)
        found.set(title, [
          ...[docname, title, id ? `#${id}` : "", null],
          ...[score, Search._index.filenames[file], SearchResultKind.index],
        ]);
    }
  }
  return [...found.values()].sort((a, b) => b[4] - a[4]).slice(0, MOST_PLACES);
};

// ---- Results ------------------------------------------------------------------------------------

// Where no chapter has all words, the chapters that have most of them.
const withMost = (asked) => {
  const found = new Map();
  for (const stem of asked)
    for (const result of Search.performTermsSearch(new Set([stem]), new Set())) {
      const [count, best] = found.get(result[0]) ?? [0, result];
      found.set(result[0], [count + 1, result[4] > best[4] ? result : best]);
    }
  const most = Math.max(...[...found.values()].map(([count]) => count));
  return [...found.values()].filter(([count]) => count === most).map(([, result]) => result);
};

// Sphinx shows the last result first.
const performSearch = Search._performSearch;
Search._performSearch = (query, terms, excluded, ...others) => {
  const results = performSearch(query, terms, excluded, ...others);
  const places = placesOf(terms);
  if (!results.length && !places.length) results.push(...withMost(terms));
  const named = new Set(places.map(([docname]) => docname));
  const rest = results.filter(([docname, , anchor]) => anchor || !named.has(docname));
  const all = [...rest, ...places.reverse()];
  // A page opened from a folder may not read others for an excerpt; the name of the part helps there.
  if (!DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY)
    for (const result of all) result[3] ??= HANDBOOK_PLACES[result[0]]?.part;
  return all;
};

// ---- Excerpts -----------------------------------------------------------------------------------

const BLOCKS = ".action, p, li, dt, dd, td, caption";
const NOT_TEXT = ".copy-marks, .sources, .on-paper, .same-place, sup.cite, .box-questions";
const LONGEST = 240;
const FOLLOWING = Node.DOCUMENT_POSITION_FOLLOWING;

const wordsIn = (element) => element.textContent.replace(/\s+/g, " ").trim();

// The text at an index entry, else the part of the page that has most of the words.
Search.makeSearchSummary = (html, terms, anchor) => {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector('[role="main"]');
  if (!main) return null;
  const place = anchor && main.querySelector(`#${CSS.escape(anchor.slice(1))}`);
  main.querySelectorAll(NOT_TEXT).forEach((element) => element.remove());
  const whole = (block) => block.matches(".action") || !block.querySelector(BLOCKS);
  const here = (block) => place.contains(block) || place.compareDocumentPosition(block) & FOLLOWING;
  let blocks = [...main.querySelectorAll(BLOCKS)].filter(whole);
  if (place) blocks = [place.closest(".action") ?? blocks.filter(here).slice(0, 3)].flat();
  let best = null;
  let most = -1;
  for (const block of blocks) {
    const count = [...stemsOf(block.textContent)].filter((stem) => terms.has(stem)).length;
    if (count > most) [best, most] = [block, count];
  }
  if (!best) return null;
  const text = wordsIn(best);
  const summary = document.createElement("p");
  summary.className = "context";
  summary.dir = "auto"; // chapters that are not translated stay in English
  summary.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s\S{0,20}$/, "")} …` : text;
  return summary;
};

// A screen reader says how many pages were found when that stands there.
const begin = Search.performSearch;
Search.performSearch = (query) => {
  begin(query);
  Search.status.setAttribute("role", "status");
};
