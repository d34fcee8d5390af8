// Tabs, language, colours, keys and the address, which holds what is open so that it can be passed on.

const TABS = { events: drawEvents, happenings: drawHappenings, plots: drawPlots, articles: drawArticles, scores: drawScores };

function drawTab() {
  for (const name of Object.keys(TABS)) {
    const chosen = name === state.tab;
    $("panel-" + name).hidden = !chosen;
    const tab = $("tab-" + name);
    if (!tab) continue;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  $("filters").hidden = !["events", "plots"].includes(state.tab);
  TABS[state.tab]();
}

function showTab(name) {
  state.tab = name;
  drawTab();
  remember();
}

/** The tabs that have something to show: where nothing was evaluated there are no scores. */
const EMPTY = { scores: () => !DATA.evaluation.metrics, happenings: () => !HAPPENINGS.length };
const shownTabs = () => Object.keys(TABS).filter((name) => !EMPTY[name]?.());

function drawAll() {
  const root = document.documentElement;
  root.lang = state.language;
  root.dir = state.language === "ar" ? "rtl" : "ltr";
  if (state.theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = state.theme;
  const other = state.language === "ar" ? "en" : "ar";
  fill($("language"), say("language"));
  $("language").lang = other;
  fill($("theme-label"), say("theme"));
  fill(
    $("theme"),
    ["auto", "light", "dark"].map((theme) =>
      make("option", { value: theme, selected: theme === state.theme }, say("theme_" + theme)),
    ),
  );
  fill(
    $("tabs"),
    shownTabs().map((name) =>
      make(
        "button",
        {
          type: "button",
          role: "tab",
          id: "tab-" + name,
          "aria-controls": "panel-" + name,
          onclick: () => showTab(name),
        },
        say(name),
      ),
    ),
  );
  document.title = say("title");
  fill($("title"), say("title"));
  fill($("keys"), say("keys"));
  fill($("licences"), say("charts_by"));
  fill($("cite"), say("cite", { title: say("title"), version: DATA.version }));
  $("filters").setAttribute("aria-label", say("filters"));
  $("tabs").setAttribute("aria-label", say("tabs"));
  drawFilters();
  drawTab();
  drawDetail();
}

/** All that the reader chose, as it stands after `#`: tab, filters, order, page, article and event. */
function fragment() {
  const parts = new URLSearchParams({ tab: state.tab });
  for (const [name, wanted] of Object.entries(state.filters)) if (wanted) parts.set("f." + name, wanted);
  if (state.sort.column !== "date" || !state.sort.down)
    parts.set("sort", (state.sort.down ? "-" : "") + state.sort.column);
  if (state.page) parts.set("page", state.page + 1);
  if (state.tab === "articles" && DATA.articles.length) parts.set("article", DATA.articles[state.article].name);
  if (state.event) parts.set("event", state.event);
  return "#" + parts;
}
const address = () => location.href.split("#")[0] + fragment();

/** Write the address. step: as a step of its own, to which the browser's Back leads. */
function remember(step = true) {
  if (fragment() === location.hash) return;
  history[step ? "pushState" : "replaceState"](null, "", fragment());
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const tab = parts.get("tab") ?? "events";
  state.tab = shownTabs().includes(tab) ? tab : "events";
  state.filters = {};
  for (const name of [...Object.keys(TESTS), "undated"])
    if (parts.get("f." + name)) state.filters[name] = parts.get("f." + name);
  const sort = parts.get("sort") ?? "-date";
  const column = sort.replace(/^-/, "");
  if (Object.hasOwn(COLUMNS, column)) state.sort = { column, down: sort.startsWith("-") };
  state.page = Math.max(0, (parseInt(parts.get("page"), 10) || 1) - 1);
  const place = DATA.articles.findIndex(({ name }) => name === parts.get("article"));
  if (place >= 0) state.article = place;
  state.event = ROW_OF.has(parts.get("event")) ? parts.get("event") : null;
  if (state.event && !parts.get("page")) pageOf(state.event);
}

/** Turn to the page of the table on which an event stands. */
function pageOf(id) {
  const at = chosenRows().findIndex((row) => row.event.id === id);
  if (at >= 0) state.page = Math.floor(at / PAGE_ROWS);
}

$("tabs").addEventListener("keydown", (key) => {
  const names = shownTabs();
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key.key];
  if (!step) return;
  const onward = rightToLeft() ? -step : step;
  showTab(names[(names.indexOf(state.tab) + onward + names.length) % names.length]);
  $("tab-" + state.tab).focus();
});

$("language").addEventListener("click", () => {
  state.language = state.language === "ar" ? "en" : "ar";
  settings.set("language", state.language);
  drawAll();
});

$("theme").addEventListener("change", (change) => {
  state.theme = change.target.value;
  settings.set("theme", state.theme);
  drawAll();
});

// Charts take their colours when they are drawn.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawTab());

document.addEventListener("keydown", (key) => {
  const typing = key.target.matches("input, select, textarea");
  if (key.key === "Escape") closeEvent();
  else if (key.key === "/" && !typing && !key.ctrlKey && !key.metaKey) {
    key.preventDefault();
    if ($("filters").hidden) showTab("events");
    $("filter-search").focus();
  }
});

// Back, forward, and an address that somebody pastes.
addEventListener("popstate", () => {
  recall();
  drawAll();
});

recall();
drawAll();
document.documentElement.dataset.ready = "true";
