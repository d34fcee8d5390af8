// The filters, and the table of the events that they leave, a page at a time.

const PAGE_ROWS = 50;

function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** [value, shown] pairs for the choices of a filter, the most frequent first. */
const CHOICES = {
  type: () =>
    choices(
      ROWS.map((row) => row.event.type),
      typeName,
    ),
  actor: () =>
    choices(
      ROWS.flatMap((row) => [...row.actors]),
      actorName,
    ),
  stance: () => choices(ROWS.map((row) => row.stance).filter(Boolean), valueName),
  modality: () =>
    choices(
      ROWS.map((row) => row.event.modality),
      valueName,
    ),
  article: () => {
    const counts = countBy(ROWS.map((row) => row.event.article));
    return [...counts.keys()]
      .sort((a, b) => a - b)
      .map((place) => {
        const { name } = DATA.articles[place];
        return [name, `${name} (${number(counts.get(place))})`];
      });
  },
};

function choices(values, named) {
  return [...countBy(values)]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([value, n]) => [value, `${named(value)} (${number(n)})`]);
}

function drawFilters() {
  const fields = [
    make(
      "label",
      {},
      make("span", {}, say("search")),
      make("input", {
        type: "search",
        id: "filter-search",
        dir: "auto",
        value: state.filters.search ?? "",
        oninput: (input) => filter("search", input.target.value.trim()),
      }),
    ),
  ];
  for (const [name, choicesOf] of Object.entries(CHOICES)) {
    const options = choicesOf().map(([value, shown]) =>
      make("option", { value, selected: state.filters[name] === value }, shown),
    );
    fields.push(
      make(
        "label",
        {},
        make("span", {}, say(name)),
        make(
          "select",
          { id: "filter-" + name, onchange: (change) => filter(name, change.target.value) },
          make("option", { value: "" }, say("any")),
          options,
        ),
      ),
    );
  }
  for (const name of ["from", "to"]) {
    fields.push(
      make(
        "label",
        {},
        make("span", {}, say(name)),
        make("input", {
          type: "date",
          id: "filter-" + name,
          value: state.filters[name] ?? "",
          onchange: (change) => filter(name, change.target.value),
        }),
      ),
    );
  }
  fields.push(make("button", { type: "button", id: "clear", onclick: clearFilters }, say("clear")));
  fill($("filters"), fields);
}

function filter(name, value) {
  state.filters[name] = value;
  const field = $("filter-" + name);
  if (field.value.trim() !== value) field.value = value;
  state.page = 0;
  drawTab();
}

function clearFilters() {
  state.filters = {};
  state.page = 0;
  drawFilters();
  drawTab();
}

function drawEvents() {
  const rows = chosenRows();
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  state.page = Math.min(state.page, pages - 1);
  const counts = countBy(rows.map((row) => row.event.type));
  const cards = TYPES.map((type) =>
    make(
      "button",
      {
        type: "button",
        class: "card " + kindClass(type),
        "aria-pressed": String(state.filters.type === type),
        onclick: () => filter("type", state.filters.type === type ? "" : type),
      },
      make("b", {}, number(counts.get(type) ?? 0)),
      " ",
      typeName(type),
    ),
  );
  fill(
    $("panel-events"),
    make("div", { class: "cards" }, cards),
    make("p", { id: "count", role: "status" }, say("shown", { n: rows.length, all: ROWS.length })),
    rows.length
      ? eventTable(rows.slice(state.page * PAGE_ROWS, (state.page + 1) * PAGE_ROWS))
      : make("p", {}, say("none")),
    pages > 1 ? pager(pages) : null,
  );
  drawDetail();
}

function eventTable(rows) {
  const heads = Object.keys(COLUMNS).map((column) => {
    const active = state.sort.column === column;
    return make(
      "th",
      { scope: "col", "aria-sort": active ? (state.sort.down ? "descending" : "ascending") : "none" },
      make(
        "button",
        { type: "button", "data-column": column, onclick: () => sortBy(column) },
        say(column),
        make("span", { "aria-hidden": "true" }, active ? (state.sort.down ? " ▼" : " ▲") : ""),
      ),
    );
  });
  return make(
    "div",
    { class: "scroll" },
    make(
      "table",
      { class: "events" },
      make("thead", {}, make("tr", {}, heads)),
      make("tbody", { onkeydown: moveRow }, rows.map(eventRow)),
    ),
  );
}

function eventRow({ event, index, stance }, place) {
  const { short } = DATA.articles[event.article];
  const what = whatOf(event);
  const cells = [
    event.date ? dateCell(event) : "–",
    make("span", { class: kindClass(event.type) }, typeName(event.type)),
    plain(whoOf(event) || "–"),
    what.length ? make("span", {}, what.map((part, i) => [i ? " · " : "", plain(part)]).flat()) : "",
    stance ? valueName(stance) : "",
    make("span", { class: "modality " + (event.modality === "actual" ? "actual" : "") }, valueName(event.modality)),
    plain(`${short}-${event.story}`),
  ];
  return make(
    "tr",
    {
      tabindex: place ? "-1" : "0",
      "data-index": index,
      onclick: () => openEvent(index),
      onkeydown: pressed(() => openEvent(index)),
    },
    cells.map((cell, column) => make("td", { "data-label": say(Object.keys(COLUMNS)[column]) }, cell)),
  );
}

/** Arrow keys go from row to row; only one row at a time is a stop of the tab key. */
function moveRow(key) {
  const row = key.target.closest("tr");
  const next = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentNode.firstElementChild,
    End: row.parentNode.lastElementChild,
  }[key.key];
  if (!next) return;
  key.preventDefault();
  row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function sortBy(column) {
  state.sort = { column, down: state.sort.column === column && !state.sort.down };
  state.page = 0;
  drawTab();
  document.querySelector(`button[data-column="${column}"]`).focus();
}

function pager(pages) {
  const to = (name, sign, page) =>
    make(
      "button",
      {
        type: "button",
        id: "page-" + name,
        "aria-label": say(name),
        title: say(name),
        disabled: page < 0 || page >= pages || page === state.page,
        onclick: () => {
          state.page = page;
          drawTab();
          $("page-" + name)?.focus();
        },
      },
      sign,
    );
  const [back, on] = document.documentElement.dir === "rtl" ? ["›", "‹"] : ["‹", "›"];
  return make(
    "nav",
    { class: "pager" },
    to("first", back + back, 0),
    to("previous", back, state.page - 1),
    make("span", {}, say("page", { n: state.page + 1, all: pages })),
    to("next", on, state.page + 1),
    to("last", on + on, pages - 1),
  );
}
