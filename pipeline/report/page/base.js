"use strict";
// The data, the settings and the few helpers that every other script uses. Text of articles enters the page through
// `make` alone, as text nodes; nothing here or below parses markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
const LABELS = DATA.labels;
const $ = (id) => document.getElementById(id);

/** A setting kept between visits where the browser allows it. */
const settings = {
  get(name, other) {
    try {
      return localStorage.getItem("events-" + name) ?? other;
    } catch {
      return other;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem("events-" + name, value);
    } catch {
      /* Private windows keep nothing. */
    }
  },
};

const state = {
  language: settings.get("language", (navigator.language || "").startsWith("ar") ? "ar" : "en"),
  theme: settings.get("theme", "auto"),
  tab: "events",
  event: null,
  article: 0,
  page: 0,
  vetoes: true,
  sort: { column: "date", down: true },
  filters: {},
};

/** The label of `name` in a part of labels.yaml, in the page's language; the name itself where it has none. */
function label(part, name) {
  const entry = Object.hasOwn(LABELS[part], name) ? LABELS[part][name] : null;
  return entry ? entry[state.language] : String(name).replaceAll("_", " ");
}

const typeName = (type) => label("types", type);
const slotName = (slot) => label("slots", slot);
const valueName = (value) => label("values", value);
const actorName = (actor) => (Object.hasOwn(DATA.actors, actor) ? DATA.actors[actor][state.language] : actor);

/** A phrase of the interface, its {places} filled; that for one, where `n` is one and there is such a phrase. */
function say(name, places = {}) {
  if (name === "title") return state.language === "ar" ? DATA.title_ar : DATA.title;
  const one = places.n === 1 && Object.hasOwn(LABELS.page, name + "_one");
  return label("page", one ? name + "_one" : name).replace(/\{(\w+)\}/g, (_, place) => number(places[place]));
}

// Digits are Western in both languages, as in the data and in most of the Arabic press.
const LOCALE = { en: "en", ar: "ar-u-nu-latn" };
const number = (value) => (typeof value === "number" ? value.toLocaleString(LOCALE[state.language]) : String(value));

const DAY_PARTS = { 4: { year: "numeric" }, 7: { month: "long", year: "numeric" } };
/** A date known to the day, the month or the year in the words of the interface's language. */
function dateText(date) {
  const parts = DAY_PARTS[date.length] ?? { day: "numeric", month: "short", year: "numeric" };
  const day = new Date(date + "-01-01".slice(date.length - 4) + "T00:00Z");
  return isNaN(day) ? date : day.toLocaleDateString(LOCALE[state.language], { ...parts, timeZone: "UTC" });
}
const time = (date) => make("time", { datetime: date, title: date }, dateText(date));

/** An element with attributes, listeners (onclick …) and children: nodes, or strings that become text nodes. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}

/** Arabic or unknown text, kept from turning the words around it. */
const arabic = (text, attributes = {}) => make("bdi", { lang: "ar", ...attributes }, text);
const plain = (text) => make("bdi", {}, text);

/** A link to a page of the web, or nothing where the address is of another kind. */
function webLink(url, text) {
  return /^https?:\/\//.test(url ?? "")
    ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text)
    : null;
}

/** Hand a file to the reader, as a download does. */
function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Tell those who listen and those who look, for a moment. */
function announce(text) {
  fill($("announce"), text);
  setTimeout(() => fill($("announce")), 4000);
}

/** Put text into the clipboard, by the older way where the browser keeps the newer one from files. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { "aria-hidden": "true" }, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce(say("copied"));
}

function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null));
  return node;
}

/** Offsets count code points, JavaScript's strings UTF-16 units: texts with characters beyond the first plane differ. */
const points = new Map();
function cut(article, start, end) {
  const text = DATA.articles[article].text;
  if (!points.has(article)) points.set(article, /[\u{10000}-\u{10ffff}]/u.test(text) ? Array.from(text) : null);
  const list = points.get(article);
  return list ? list.slice(start, end).join("") : text.slice(start, end);
}

/** A table: heads are strings or nodes, rows lists of them. */
function table(heads, rows, attributes = {}) {
  return make(
    "div",
    { class: "scroll", tabindex: "0" },
    make(
      "table",
      attributes,
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          heads.map((head) => make("th", { scope: "col" }, head)),
        ),
      ),
      make(
        "tbody",
        {},
        rows.map((cells) =>
          make(
            "tr",
            {},
            cells.map((cell) => make("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}
