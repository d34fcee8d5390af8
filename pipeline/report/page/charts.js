// The plots of events, drawn anew for the filters; under each the same figures as a table.

const MOST = 20;

/** The rows that plots count: those the filters leave, of what happened unless a modality is chosen. */
function plottedRows() {
  return chosenRows().filter((row) => state.filters.modality || row.event.modality === "actual");
}

function drawPlots() {
  clearCharts();
  const rows = plottedRows();
  const panels = [timeline(rows), vetoes(rows), calls(rows)];
  fill(
    $("panel-plots"),
    make("p", { class: "note" }, say("plots_note")),
    panels.map(({ name, figures, heads, notes, legend }) =>
      make(
        "figure",
        { class: "plot", id: "plot-" + name },
        make("figcaption", {}, make("h2", {}, say(name))),
        figures.length ? legendOf(legend ?? []) : null,
        figures.length
          ? make("div", { class: "chart", role: "img", "aria-label": say(name) })
          : make("p", {}, say("empty")),
        notes.map((note) => make("p", { class: "note" }, note)),
        figures.length ? saveButtons(name) : null,
        figures.length ? make("details", {}, make("summary", {}, say("as_table")), table(heads, figures)) : null,
      ),
    ),
  );
  for (const { name, spec, figures, pick } of panels) {
    if (figures.length) chart($("panel-plots").querySelector(`#plot-${name} .chart`), spec, pick);
  }
}

/** Show the events of an actor, in one role where one is given. */
function pickActor({ actor, role = "" }) {
  if (!actor) return;
  Object.assign(state.filters, { actor, role });
  state.page = 0;
  drawFilters();
  showTab("events");
}

const actorButton = (actor, name, role) =>
  actor ? make("button", { type: "button", class: "link", onclick: () => pickActor({ actor, role }) }, name) : name;

/** A legend as text with swatches, which reads in the page's direction; Vega's own runs left to right always. */
function legendOf(entries) {
  if (!entries.length) return null;
  return make(
    "ul",
    { class: "legend" },
    entries.map(([name, colour]) =>
      make("li", {}, make("span", { class: "swatch", style: `background: var(${colour})`, "aria-hidden": "true" }), " ", name),
    ),
  );
}

/** Buttons that hand out a plot as a drawing and as an image. */
function saveButtons(name) {
  const view = () => drawnIn($("panel-plots").querySelector(`#plot-${name} .chart`));
  const button = (kind, give) => make("button", { type: "button", class: "save", "data-kind": kind, onclick: give }, say("save_" + kind));
  return make(
    "p",
    { class: "bar" },
    button("svg", async () => save(name + ".svg", await view().toSVG(), "image/svg+xml")),
    button("png", async () => {
      const canvas = await view().toCanvas(2);
      canvas.toBlob((blob) => save(name + ".png", blob));
    }),
  );
}

/** Where an axis of whole numbers has its ticks: at most about eight, each another number. */
function wholeTicks(most) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((size) => most / size <= 8) ?? 10000;
  return [...Array(Math.floor(most / step) + 1)].map((_, i) => i * step);
}
const sums = (values, key) => Math.max(0, ...values.reduce((all, one) => all.set(one[key], (all.get(one[key]) ?? 0) + one.n), new Map()).values());

/** A format of d3-time-format. Marks of direction keep an Arabic date in order within a drawing, which runs left to right. */
function dateFormat(unit, month) {
  const format = { utcyear: "%Y", utcyearmonth: `${month} %Y`, utcyearmonthdate: `%-d ${month} %Y` }[unit];
  return rightToLeft() ? `\u2067${format}\u2069` : format;
}

function timeline(rows) {
  const dated = rows.filter((row) => row.event.date);
  const days = dated.map((row) => row.earliest).sort();
  const span = dated.length ? (Date.parse(days.at(-1)) - Date.parse(days[0])) / 86400000 : 0;
  const [unit, letters] =
    span <= 150 ? ["utcyearmonthdate", 10] : span <= 366 * 20 ? ["utcyearmonth", 7] : ["utcyear", 4];
  const counts = countBy(dated.map((row) => `${row.earliest.slice(0, letters)} ${row.event.type}`));
  const values = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, n]) => {
      const at = key.indexOf(" ");
      return { date: key.slice(0, at) + "-01-01".slice(at - 4), type: typeName(key.slice(at + 1)), n };
    });
  const undated = rows.length - dated.length;
  return {
    name: "timeline",
    heads: [say("date"), say("type"), say("number")],
    figures: values.map(({ date, type, n }) => [date.slice(0, letters), type, number(n)]),
    legend: TYPES.map((type) => [typeName(type), "--kind-" + kindNumber(type)]),
    notes: [undated ? say("undated", { n: undated }) : null, dated.length ? say("coarse") : null].filter(Boolean),
    spec: {
      data: { values },
      height: 220,
      mark: { type: "bar", stroke: cssColour("--page"), strokeWidth: 1 },
      encoding: {
        x: {
          field: "date",
          timeUnit: unit,
          type: "temporal",
          title: null,
          scale: { reverse: rightToLeft() },
          axis: { labelOverlap: true, grid: false, format: dateFormat(unit, "%b") },
        },
        y: {
          field: "n",
          type: "quantitative",
          aggregate: "sum",
          title: say("number"),
          axis: { values: wholeTicks(sums(values, "date")), format: "d" },
        },
        color: {
          field: "type",
          legend: null,
          scale: { domain: TYPES.map(typeName), range: TYPES.map((type) => cssColour("--kind-" + kindNumber(type))) },
        },
        tooltip: [
          { field: "date", timeUnit: unit, type: "temporal", title: say("date"), format: dateFormat(unit, "%B") },
          { field: "type", title: say("type") },
          { field: "n", aggregate: "sum", title: say("number") },
        ],
      },
    },
  };
}

// How often a name occurs decides its place. Names themselves never stand in `sort`: Vega-Lite would make code of them.
const BY_RANK = (field) => ({ field, op: "min" });

/** The most frequent keys of a count, at most MOST. */
const frequent = (counts) =>
  [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([key]) => key);
const actorKey = ([value, actor]) => actor ?? String(value);

function vetoes(rows) {
  const pairs = rows.flatMap(({ event }) =>
    (event.slots.vetoer ?? []).flatMap((by) =>
      (event.slots.sponsor ?? [null]).map((of) => [actorKey(by), of ? actorKey(of) : ""]),
    ),
  );
  const [top, drafts] = [frequent(countBy(pairs.map(([by]) => by))), frequent(countBy(pairs.map(([, of]) => of)))];
  const named = (key) => (key ? actorName(key) : say("unnamed"));
  const values = top
    .flatMap((by, rank) =>
      drafts.map((of, place) => ({
        rank,
        place,
        actor: Object.hasOwn(DATA.actors, by) ? by : null,
        by: named(by),
        of: named(of),
        n: pairs.filter(([a, b]) => a === by && b === of).length,
      })),
    )
    .filter(({ n }) => n);
  const x = {
    field: "of",
    type: "nominal",
    title: slotName("sponsor"),
    sort: BY_RANK("place"),
    scale: { reverse: rightToLeft() },
    axis: { labelAngle: drafts.length > 6 ? -45 : 0, orient: "top" },
  };
  const y = { field: "by", type: "nominal", title: slotName("vetoer"), sort: BY_RANK("rank") };
  return {
    name: "vetoes",
    heads: [slotName("vetoer"), slotName("sponsor"), say("number")],
    figures: values.map(({ actor, by, of, n }) => [actorButton(actor, by, "vetoer"), of, number(n)]),
    notes: [say("matrix_note")].concat(top.length === MOST || drafts.length === MOST ? [say("beyond", { n: MOST })] : []),
    pick: ({ actor }) => pickActor({ actor, role: "vetoer" }),
    spec: {
      data: { values },
      width: { step: drafts.length > 6 ? 44 : 110 },
      height: { step: 34 },
      layer: [
        {
          mark: { type: "rect", cursor: "pointer", cornerRadius: 3, opacity: 0.6 },
          encoding: {
            color: {
              field: "n",
              type: "quantitative",
              legend: null,
              scale: { domainMin: 0, interpolate: "rgb", range: [cssColour("--page"), cssColour("--kind-0")] },
            },
            tooltip: [
              { field: "by", title: slotName("vetoer") },
              { field: "of", title: slotName("sponsor") },
              { field: "n", title: say("number") },
            ],
          },
        },
        {
          mark: { type: "text", fontWeight: "bold", fontSize: 13, interactive: false },
          encoding: { text: { field: "n" } },
        },
      ],
      encoding: { x, y },
    },
  };
}

function calls(rows) {
  const made = rows.flatMap(({ event, stance }) =>
    (event.slots.caller ?? []).map((by) => [actorKey(by), stance || "call"]),
  );
  const top = frequent(countBy(made.map(([by]) => by)));
  const stances = [...new Set(made.map(([, stance]) => stance))].sort();
  const values = top
    .flatMap((by, rank) =>
      stances.map((stance) => ({
        rank,
        actor: Object.hasOwn(DATA.actors, by) ? by : null,
        by: actorName(by),
        stance: valueName(stance),
        n: made.filter(([a, b]) => a === by && b === stance).length,
      })),
    )
    .filter(({ n }) => n);
  return {
    name: "calls",
    heads: [slotName("caller"), slotName("stance"), say("number")],
    figures: values.map(({ actor, by, stance, n }) => [actorButton(actor, by, "caller"), stance, number(n)]),
    legend: stances.map((stance) => [valueName(stance), stance === "reject" ? "--kind-0" : "--kind-2"]),
    notes: top.length === MOST ? [say("beyond", { n: MOST })] : [],
    pick: ({ actor }) => pickActor({ actor, role: "caller" }),
    spec: {
      data: { values },
      height: { step: 26 },
      mark: { type: "bar", cursor: "pointer" },
      encoding: {
        y: { field: "by", type: "nominal", title: null, sort: BY_RANK("rank") },
        x: {
          field: "n",
          type: "quantitative",
          aggregate: "sum",
          title: say("number"),
          scale: { reverse: rightToLeft() },
          axis: { values: wholeTicks(sums(values, "by")), format: "d" },
        },
        color: {
          field: "stance",
          legend: null,
          scale: {
            domain: stances.map(valueName),
            range: stances.map((stance) => cssColour(stance === "reject" ? "--kind-0" : "--kind-2")),
          },
        },
        tooltip: [
          { field: "by", title: slotName("caller") },
          { field: "stance", title: slotName("stance") },
          { field: "n", aggregate: "sum", title: say("number") },
        ],
        detail: { field: "actor" },
      },
    },
  };
}
