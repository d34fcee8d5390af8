// Tabs, language, colours, keys and the address, which holds what is open so that it can be passed on.

const TABS = { events: drawEvents, plots: drawPlots, articles: drawArticles, scores: drawScores };

function drawTab() {
  for (const name of Object.keys(TABS)) {
    const chosen = name === state.tab;
    $("panel-" + name).hidden = !chosen;
    const tab = $("tab-" + name);
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
    Object.keys(TABS).map((name) =>
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
  $("filters").setAttribute("aria-label", say("filters"));
  drawFilters();
  drawTab();
  drawDetail();
}

/** The address after `#`: tab, article and event. */
function remember() {
  const parts = new URLSearchParams({ tab: state.tab });
  if (state.tab === "articles") parts.set("article", DATA.articles[state.article].name);
  if (state.event) parts.set("event", state.event);
  history.replaceState(null, "", "#" + parts);
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  if (Object.hasOwn(TABS, parts.get("tab") ?? "")) state.tab = parts.get("tab");
  const place = DATA.articles.findIndex(({ name }) => name === parts.get("article"));
  if (place >= 0) state.article = place;
  state.event = ROW_OF.has(parts.get("event")) ? parts.get("event") : null;
}

$("tabs").addEventListener("keydown", (key) => {
  const names = Object.keys(TABS);
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

addEventListener("hashchange", () => {
  recall();
  drawAll();
});

recall();
drawAll();
document.documentElement.dataset.ready = "true";
