// Drawing by Vega-Lite in the language and the colours of the page.

let views = [];
const drawings = new WeakMap();
/** The Vega view that is drawn in a node. */
const drawnIn = (node) => drawings.get(node);

const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rightToLeft = () => document.documentElement.dir === "rtl";

/** Draw a Vega-Lite spec into a node. onpick: called with the datum of a mark that is clicked. */
function chart(node, spec, onpick = null) {
  const [ink, line] = [cssColour("--ink"), cssColour("--line")];
  const font = getComputedStyle(document.body).fontFamily;
  const axis = {
    labelColor: ink,
    titleColor: ink,
    gridColor: line,
    domainColor: line,
    tickColor: line,
    labelLimit: 220,
    labelFontSize: 12,
    titleFontSize: 12,
  };
  const months = (month) =>
    [...Array(12)].map((_, i) =>
      new Date(Date.UTC(2024, i, 1)).toLocaleString(LOCALE[state.language], { month, timeZone: "UTC" }),
    );
  const days = (weekday) =>
    [...Array(7)].map((_, i) =>
      new Date(Date.UTC(2024, 8, i + 1)).toLocaleString(LOCALE[state.language], { weekday, timeZone: "UTC" }),
    );
  const full = {
    width: "container",
    background: null,
    ...spec,
    config: {
      font,
      axis,
      axisY: { orient: rightToLeft() ? "right" : "left" },
      legend: { labelColor: ink, titleColor: ink, orient: "bottom", symbolType: "square", labelFontSize: 12 },
      view: { stroke: null },
      text: { color: ink },
    },
  };
  // `ast` keeps Vega from compiling code out of text, which the page's policy forbids.
  return vegaEmbed(node, full, {
    actions: false,
    renderer: "svg",
    ast: true,
    defaultStyle: false,
    tooltip: { theme: "custom", disableDefaultStyle: true },
    timeFormatLocale: {
      dateTime: "%x, %X",
      date: "%Y-%m-%d",
      time: "%H:%M",
      periods: ["AM", "PM"],
      days: days("long"),
      shortDays: days("short"),
      months: months("long"),
      shortMonths: months("short"),
    },
  }).then((result) => {
    views.push(result);
    drawings.set(node, result.view);
    if (onpick)
      result.view.addEventListener("click", (_, item) => {
        if (item?.datum) onpick(item.datum);
      });
  });
}

function clearCharts() {
  views.forEach((view) => view.finalize());
  views = [];
}
