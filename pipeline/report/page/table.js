// The filters, and the table of the events that they leave, a page at a time.

const PAGE_ROWS = 50;

function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** [value, shown] pairs for the choices of a filter, the most frequent first, counted over what the others leave. */
const CHOICES = {
  type: (rows) =>
    choices(
      rows.map((row) => row.event.type),
      typeName,
    ),
  actor: (rows) =>
    choices(
      rows.flatMap((row) => [...((state.filters.role ? row.roles.get(state.filters.role) : row.actors) ?? [])]),
      actorName,
    ),
  role: (rows) =>
    choices(
      rows.flatMap((row) =>
        [...row.roles.keys()].filter((slot) => !state.filters.actor || row.roles.get(slot).has(state.filters.actor)),
      ),
      slotName,
    ),
  stance: (rows) => choices(rows.map((row) => row.stance).filter(Boolean), valueName),
  modality: (rows) =>
    choices(
      rows.map((row) => row.event.modality),
      valueName,
    ),
  article: (rows) => {
    const counts = countBy(rows.map((row) => row.event.article));
    return [...counts.keys()]
      .sort((a, b) => a - b)
      .map((place) => [DATA.articles[place].name, `${titleOf(place)} (${number(counts.get(place))})`]);
  },
};

function choices(values, named) {
  return [...countBy(values)]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([value, n]) => [value, `${named(value)} (${number(n)})`]);
}

const field = (text, node) => make("label", {}, make("span", {}, text), node);

function drawFilters() {
  const fields = [
    field(
      say("search"),
      make("input", {
        type: "search",
        id: "filter-search",
        dir: "auto",
        value: state.filters.search ?? "",
        oninput: (input) => filter("search", input.target.value.trim(), false),
      }),
    ),
  ];
  for (const name of Object.keys(CHOICES))
    fields.push(
      field(
        say(name),
        make("select", { id: "filter-" + name, onchange: (change) => filter(name, change.target.value) }),
      ),
    );
  for (const name of ["from", "to"])
    fields.push(
      field(
        say(name),
        make("input", {
          type: "date",
          id: "filter-" + name,
          value: state.filters[name] ?? "",
          onchange: (change) => filter(name, change.target.value),
        }),
      ),
    );
  const undated = ROWS.filter((row) => !row.event.date).length;
  if (undated)
    fields.push(
      make(
        "label",
        { class: "check" },
        make("input", {
          type: "checkbox",
          id: "filter-undated",
          checked: Boolean(state.filters.undated),
          onchange: (change) => filter("undated", change.target.checked ? "1" : ""),
        }),
        " ",
        say("with_undated", { n: undated }),
      ),
    );
  fields.push(make("button", { type: "button", id: "clear", onclick: clearFilters }, say("clear")));
  fill($("filters"), fields);
  drawChoices();
}

/** The choices of every filter, counted anew. */
function drawChoices() {
  for (const [name, choicesOf] of Object.entries(CHOICES)) {
    const wanted = state.filters[name] ?? "";
    const found = choicesOf(chosenRows(name));
    // What is chosen stays a choice, also where the other filters leave none of it.
    if (wanted && !found.some(([value]) => value === wanted)) found.push([wanted, `${NAMED[name](wanted)} (0)`]);
    fill(
      $("filter-" + name),
      make("option", { value: "" }, say("any")),
      found.map(([value, shown]) => make("option", { value, selected: value === wanted }, shown)),
    );
  }
}
const NAMED = {
  type: typeName,
  actor: actorName,
  role: slotName,
  stance: valueName,
  modality: valueName,
  article: String,
};

/** Set a filter. step: whether the browser's Back comes back to what was before. */
function filter(name, value, step = true) {
  state.filters[name] = value;
  const node = $("filter-" + name);
  if (node && node.type !== "checkbox" && node.value.trim() !== value) node.value = value;
  state.page = 0;
  drawChoices();
  drawTab();
  remember(step);
}

function clearFilters() {
  state.filters = {};
  state.page = 0;
  drawFilters();
  drawTab();
  remember();
}

function drawEvents() {
  const rows = chosenRows();
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  state.page = Math.min(state.page, pages - 1);
  const shown = rows.slice(state.page * PAGE_ROWS, (state.page + 1) * PAGE_ROWS);
  fill(
    $("panel-events"),
    make("div", { class: "cards" }, TYPES.map((type) => card(type, rows))),
    vetoTable(rows),
    make(
      "div",
      { class: "bar" },
      make("p", { id: "count", role: "status" }, say("shown", { n: rows.length, all: ROWS.length })),
      make("button", { type: "button", id: "copy-view", onclick: () => copy(address()) }, say("copy_link")),
      make(
        "button",
        { type: "button", id: "save-rows", onclick: () => save("events.csv", csvOf(rows), "text/csv") },
        say("save_csv"),
      ),
      columnHelp(),
    ),
    rows.length ? eventTable(shown) : make("p", {}, say("none")),
    shown.some(({ event }) => event.date && event.dated !== "event")
      ? make("p", { class: "note" }, "* ", say("published_mark"))
      : null,
    pages > 1 ? pager(pages) : null,
  );
  drawDetail();
}

/** A type's card: how many happened, and how many are told of in all. */
function card(type, rows) {
  const told = rows.filter((row) => row.event.type === type);
  const actual = told.filter(happened).length;
  return make(
    "button",
    {
      type: "button",
      class: "card " + kindClass(type),
      "aria-pressed": String(state.filters.type === type),
      onclick: () => filter("type", state.filters.type === type ? "" : type),
    },
    make("b", {}, number(actual)),
    " ",
    typeName(type),
    make("small", {}, actual === told.length ? "" : " " + say("of_told", { all: told.length })),
  );
}

/** Vetoes that happened by who cast them and by year, the newest year first. */
function vetoTable(rows) {
  const vetoes = rows.filter((row) => happened(row) && row.roles.has("vetoer"));
  if (!vetoes.length) return null;
  const pairs = vetoes.flatMap((row) =>
    [...row.roles.get("vetoer")].map((actor) => [actor, row.event.date?.slice(0, 4) ?? ""]),
  );
  const years = [...new Set(pairs.map(([, year]) => year))].sort().reverse();
  const counts = countBy(pairs.map((pair) => pair.join(" ")));
  const byActor = countBy(pairs.map(([actor]) => actor));
  const lines = [...byActor]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([actor, n]) => [
      actorButton(actor, actorName(actor), "vetoer"),
      make("b", {}, number(n)),
      ...years.map((year) => (counts.has(`${actor} ${year}`) ? number(counts.get(`${actor} ${year}`)) : "")),
    ]);
  return make(
    "details",
    { class: "by-year", open: state.vetoes, ontoggle: (change) => (state.vetoes = change.target.open) },
    make("summary", {}, make("h2", {}, say("vetoes_by_year"))),
    table([slotName("vetoer"), say("in_all"), ...years.map((year) => year || say("no_year"))], lines, {
      class: "figures",
    }),
    make("p", { class: "note" }, say("reports_note")),
  );
}

/** What each column says, and each value of the column that tells whether it happened. */
function columnHelp() {
  const lines = Object.keys(COLUMNS).map((column) => [say(column), say("help_" + column)]);
  const modalities = Object.keys(LABELS.values).filter((value) => Object.hasOwn(LABELS.page, "help_" + value));
  const codes = modalities.map((value) => [valueName(value), say("help_" + value)]);
  return make(
    "details",
    { class: "help" },
    make("summary", {}, say("column_help")),
    make(
      "dl",
      {},
      [...lines, ...codes].flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]),
    ),
  );
}

/** The rows as CSV for a spreadsheet: UTF-8 with its mark, no cell that would be taken for a formula. */
function csvOf(rows) {
  const slots = [...new Set(rows.flatMap(({ event }) => Object.keys(event.slots)))].sort();
  const heads = ["id", "type", "modality", "date", "date_basis", "background", "article", "story", "headline", "published"];
  heads.push("outlet", "url", ...slots.flatMap((slot) => [slot, slot + "_id"]), "words", "rules");
  const cell = (value) => {
    const text = String(value ?? "").replace(/\s+/g, " ");
    return `"${(/^[=+\-@]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
  };
  const lines = rows.map(({ event }) => {
    const story = storyOf(event);
    const [, start, end] = event.mentions[0];
    return [
      event.id, event.type, event.modality, event.date, event.dated, event.background ? "true" : "false",
      DATA.articles[event.article].name, event.story, headline(event.article, event.story), story?.published,
      story?.outlet, story?.url,
      ...slots.flatMap((slot) => {
        const fillers = event.slots[slot] ?? [];
        return [fillers.map(([value]) => value).join("; "), fillers.map(([, actor]) => actor ?? "").join("; ")];
      }),
      cut(event.article, start, end), [...new Set(event.mentions.map((mention) => mention[5]))].join("; "),
    ];
  });
  return "\ufeff" + [heads, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function eventTable(rows) {
  const heads = Object.keys(COLUMNS).map((column) => {
    const active = state.sort.column === column;
    return make(
      "th",
      { scope: "col", "aria-sort": active ? (state.sort.down ? "descending" : "ascending") : "none" },
      make(
        "button",
        { type: "button", "data-column": column, title: say("help_" + column), onclick: () => sortBy(column) },
        say(column),
        make("span", { "aria-hidden": "true" }, active ? (state.sort.down ? " ▼" : " ▲") : ""),
      ),
    );
  });
  return make(
    "div",
    { class: "scroll", tabindex: "0" },
    make(
      "table",
      { class: "events" },
      make("thead", {}, make("tr", {}, heads)),
      make("tbody", { onkeydown: moveRow }, rows.map(eventRow)),
    ),
  );
}

function eventRow({ event, index, stance }, place) {
  const cells = [
    event.date ? dateCell(event) : "–",
    make("span", { class: kindClass(event.type) }, typeName(event.type)),
    whoCell(event),
    whatCell(event),
    stance ? valueName(stance) : "",
    make("span", { class: "modality " + (event.modality === "actual" ? "actual" : "") }, valueName(event.modality)),
    arabic(headline(event.article, event.story), { class: "title", title: DATA.articles[event.article].name }),
    happeningCell(index),
  ];
  return make(
    "tr",
    {
      tabindex: place ? "-1" : "0",
      "data-index": index,
      class: event.background ? "background" : null,
      onclick: () => openEvent(index),
      onkeydown: pressed(() => openEvent(index)),
    },
    cells.map((cell, column) => make("td", { "data-label": say(Object.keys(COLUMNS)[column]) }, cell)),
  );
}

/** Who leads it, with what they are in it: a body that votes is no caller. */
function whoCell(event) {
  const slots = [...new Set(ledBy(event).map(([slot]) => slot))];
  if (!slots.length) return "–";
  return make(
    "span",
    {},
    slots.flatMap((slot, i) => [
      i ? " · " : "",
      make("small", { class: "role" }, slotName(slot)),
      " ",
      plain([...new Set(event.slots[slot].map((filler) => fillerName(filler, slot)))].join(" · ")),
    ]),
  );
}

function whatCell(event) {
  const tally = tallyOf(event);
  const parts = whatOf(event).map((part) => plain(part));
  if (tally) parts.unshift(make("bdi", { class: "tally", dir: "ltr", title: tally.long }, tally.short));
  return parts.length ? make("span", {}, parts.flatMap((part, i) => [i ? " · " : "", part])) : "";
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
  remember();
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
          remember();
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
