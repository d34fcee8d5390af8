// How good it is: headline figures, tables with intervals, plots, and every error with its sentences.

const ERROR_ROWS = 30;
let errorRows = ERROR_ROWS;
let errorKind = "";

/** What a column, class or figure of the scores is called, wherever in the labels that stands. */
function scoreName(name) {
  const part = ["scores", "types", "slots", "values"].find((one) => Object.hasOwn(LABELS[one], name));
  return part ? label(part, name) : String(name);
}

function drawScores() {
  const { metrics, tables, errors, plots } = DATA.evaluation;
  if (!metrics) return void fill($("panel-scores"), make("p", {}, say("no_scores")));
  clearCharts();
  const drawn = Object.entries(plots).flatMap(([name, splits]) =>
    Object.entries(splits).map(([split, rows]) => ({ name, split, rows })),
  );
  fill(
    $("panel-scores"),
    make("h2", {}, say("headline")),
    headlines(metrics),
    make("p", { class: "note" }, say("interval")),
    Object.entries(tables)
      .filter(([, rows]) => rows.length)
      .map(([name, rows]) =>
        make(
          "details",
          { open: name === "events" },
          make("summary", {}, make("h2", {}, say("table_" + name))),
          scoreTable(rows),
        ),
      ),
    make(
      "div",
      { class: "plots" },
      drawn.map(({ name, split }) =>
        make(
          "figure",
          { class: "plot" },
          make("figcaption", {}, make("h3", {}, `${say("plot_" + name)} · ${scoreName(split)}`)),
          make("div", {
            class: "chart",
            "data-plot": `${name}_${split}`,
            role: "img",
            "aria-label": say("plot_" + name),
          }),
        ),
      ),
    ),
    make("section", { id: "errors" }),
  );
  for (const { name, split, rows } of drawn)
    chart($("panel-scores").querySelector(`[data-plot="${name}_${split}"]`), PLOTS[name](rows));
  drawErrors(errors);
}

function headlines(metrics) {
  const splits = Object.keys(metrics).filter((name) => name !== "model" && typeof metrics[name] === "object");
  const figures = [...new Set(splits.flatMap((split) => Object.keys(metrics[split])))];
  const counts = Object.entries(metrics).filter(([, value]) => typeof value === "number");
  return make(
    "div",
    {},
    table(
      ["", ...splits],
      figures.map((figure) => [scoreName(figure), ...splits.map((split) => metrics[split][figure]?.toFixed(3) ?? "–")]),
    ),
    make("p", {}, counts.map(([name, n]) => `${scoreName(name)}: ${number(n)}`).join(" · ")),
    metrics.model
      ? make("p", {}, say("model"), ": ", make("code", {}, Object.values(metrics.model).join(" · ")))
      : null,
  );
}

function scoreTable(rows) {
  const measures = new Set(["precision", "recall", "f1", "f1_gold_entities", "f1_predicted_entities", "cost"]);
  const columns = Object.keys(rows[0]).filter((column) => !/_(low|high)$/.test(column));
  const cell = (row, column) => {
    const value = row[column];
    if (!measures.has(column)) return typeof value === "number" ? number(value) : plain(scoreName(value));
    const [low, high] = [row[column + "_low"], row[column + "_high"]];
    const shown = value === null || value === undefined ? "–" : value.toFixed(3);
    return make(
      "span",
      { dir: "ltr" },
      low === null || low === undefined ? shown : `${shown} (${low.toFixed(2)}–${high.toFixed(2)})`,
    );
  };
  const told = rows.filter((row) => row.predicted !== 0 || row.gold !== 0);
  return table(
    columns.map(scoreName),
    told.map((row) => columns.map((column) => cell(row, column))),
    { class: "figures" },
  );
}

const PLOTS = {
  entity_confusion: confusion,
  event_confusion: confusion,
  threshold: thresholds,
  calibration,
  training: curve,
};

/** Loss or F1 by epoch: rows have the epoch and one measure. */
function curve(rows) {
  const measure = Object.keys(rows[0]).find((name) => name !== "epoch");
  return {
    data: { values: rows },
    height: 200,
    mark: { type: "line", point: true, color: cssColour("--kind-1") },
    encoding: {
      x: { field: "epoch", type: "quantitative", title: say("epoch"), axis: { tickMinStep: 1, format: "d" } },
      y: { field: measure, type: "quantitative", title: null, scale: { zero: false } },
      tooltip: [
        { field: "epoch", title: say("epoch") },
        { field: measure, format: ".4f", title: scoreName(measure) },
      ],
    },
  };
}

function confusion(rows) {
  const shown = (kind) => String(kind).split(" · ").map(scoreName).join(" · ");
  const values = rows.map(({ actual, predicted, n }) => ({ actual: shown(actual), predicted: shown(predicted), n }));
  return {
    data: { values },
    height: { step: 26 },
    encoding: {
      x: { field: "predicted", type: "nominal", title: say("predicted"), axis: { labelAngle: -30 } },
      y: { field: "actual", type: "nominal", title: say("gold") },
    },
    layer: [
      {
        mark: { type: "rect", opacity: 0.6 },
        encoding: {
          color: {
            field: "n",
            type: "quantitative",
            legend: null,
            scale: {
              type: "sqrt",
              domainMin: 0,
              interpolate: "rgb",
              range: [cssColour("--page"), cssColour("--kind-1")],
            },
          },
        },
      },
      { mark: { type: "text", fontWeight: "bold" }, encoding: { text: { field: "n" } } },
    ],
  };
}

function thresholds(rows) {
  const values = rows.flatMap(({ threshold, precision, recall, f1 }) =>
    Object.entries({ precision, recall, f1 }).map(([name, value]) => ({ threshold, value, name: scoreName(name) })),
  );
  return {
    data: { values },
    height: 200,
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "threshold", type: "quantitative", title: say("confidence") },
      y: { field: "value", type: "quantitative", title: null, scale: { domain: [0, 1] } },
      color: { field: "name", title: null, scale: { range: [0, 1, 2].map((i) => cssColour("--kind-" + i)) } },
      tooltip: [
        { field: "threshold", title: say("confidence") },
        { field: "name", title: " " },
        { field: "value", format: ".3f", title: say("value") },
      ],
    },
  };
}

function calibration(rows) {
  const scale = { domain: [0, 1] };
  return {
    height: 200,
    layer: [
      {
        data: { values: [{ at: 0 }, { at: 1 }] },
        mark: { type: "line", strokeDash: [4, 4], color: cssColour("--muted") },
        encoding: {
          x: { field: "at", type: "quantitative", scale, title: say("confidence") },
          y: { field: "at", type: "quantitative", scale, title: say("accuracy") },
        },
      },
      {
        data: { values: rows },
        mark: { type: "point", filled: true, color: cssColour("--kind-1") },
        encoding: {
          x: { field: "confidence", type: "quantitative" },
          y: { field: "accuracy", type: "quantitative" },
          size: { field: "entities", type: "quantitative", legend: null },
          tooltip: [
            { field: "confidence", format: ".3f", title: say("confidence") },
            { field: "accuracy", format: ".3f", title: say("accuracy") },
            { field: "entities", title: say("number") },
          ],
        },
      },
    ],
  };
}

function drawErrors(errors) {
  const kinds = countBy(errors.map((error) => error.kind));
  const shown = errors.filter((error) => !errorKind || error.kind === errorKind);
  const options = [...kinds]
    .sort(([, n], [, m]) => m - n)
    .map(([kind, n]) =>
      make("option", { value: kind, selected: kind === errorKind }, `${scoreName(kind)} (${number(n)})`),
    );
  fill(
    $("errors"),
    make("h2", {}, `${say("errors")} (${number(errors.length)})`),
    errors.length
      ? make(
          "label",
          {},
          say("kind"),
          " ",
          make(
            "select",
            {
              onchange: (change) => {
                errorKind = change.target.value;
                errorRows = ERROR_ROWS;
                drawErrors(errors);
              },
            },
            make("option", { value: "" }, say("any")),
            options,
          ),
        )
      : make("p", {}, say("no_errors")),
    shown.slice(0, errorRows).map(drawError),
    shown.length > errorRows
      ? make(
          "button",
          {
            type: "button",
            class: "wide",
            onclick: () => {
              errorRows += ERROR_ROWS;
              drawErrors(errors);
            },
          },
          say("more"),
        )
      : null,
  );
}

function drawError(error) {
  const article = DATA.articles.findIndex(({ name }) => name === error.article);
  const told = [error.gold, error.predicted].map((side) =>
    (side ?? say("nothing")).split(" · ").map(scoreName).join(" · "),
  );
  return make(
    "figure",
    { class: "error" },
    make(
      "figcaption",
      {},
      make("b", {}, scoreName(error.kind)),
      ": ",
      plain(told[0] === told[1] ? told[0] : told.join(" → ")),
      " · ",
      String(error.split),
      " · ",
      make(
        "button",
        { type: "button", class: "link", onclick: () => showArticle(article) },
        plain(`${error.article} · ${say("story", { n: error.story })}`),
      ),
    ),
    error.passages.map(({ span, triggers }) =>
      make(
        "blockquote",
        { dir: "rtl", lang: "ar" },
        marked(
          article,
          span[0],
          span[1],
          triggers.map(([start, end]) => ({ start, end, classes: ["trigger"] })),
        ),
      ),
    ),
    error.slots.length
      ? table(
          [say("slot"), say("gold"), say("predicted")],
          error.slots.map(([slot, gold, found]) => [
            slotName(slot),
            plain(gold.join("; ") || "–"),
            plain(found.join("; ") || "–"),
          ]),
        )
      : null,
    error.rules.length
      ? make(
          "p",
          {},
          say("rules"),
          ": ",
          error.rules.map((rule) => [make("code", { class: "rule" }, rule), " "]).flat(),
        )
      : null,
  );
}
