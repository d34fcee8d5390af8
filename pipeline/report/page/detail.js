// The panel that shows one event: its slots, the words that support each, and the rule that found them.

let opener = null;

function openEvent(index) {
  if ($("detail").hidden) opener = document.activeElement;
  state.event = DATA.events[index].id;
  drawDetail();
  remember();
  $("detail").querySelector("h2").focus();
}

function closeEvent() {
  if (state.event === null) return;
  state.event = null;
  drawDetail();
  remember();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function drawDetail() {
  const row = ROW_OF.get(state.event);
  $("detail").hidden = !row;
  document.body.classList.toggle("with-detail", Boolean(row));
  document.querySelectorAll("tr.open").forEach((line) => line.classList.remove("open"));
  if (!row) return;
  document.querySelector(`tr[data-index="${row.index}"]`)?.classList.add("open");
  const { event } = row;
  const article = DATA.articles[event.article];
  const story = article.stories.find((one) => one.story === event.story);
  const facts = [
    [say("modality"), valueName(event.modality)],
    [say("date"), event.date ? dateCell(event) : "–"],
    [say("headline_of"), arabic(headline(event.article, event.story))],
    [say("article"), plain(`${article.name} · ${say("story", { n: event.story })}`)],
    [say("outlet"), story?.outlet ? arabic(story.outlet) : "–"],
    ...(story?.published ? [[say("published"), time(story.published)]] : []),
    ...(webLink(story?.url, say("source")) ? [[say("url"), webLink(story.url, story.url)]] : []),
  ];
  $("detail").setAttribute("aria-label", typeName(event.type));
  fill(
    $("detail"),
    make(
      "button",
      { type: "button", class: "close", "aria-label": say("close"), title: say("close"), onclick: closeEvent },
      "×",
    ),
    make(
      "h2",
      { tabindex: "-1" },
      make("span", { class: kindClass(event.type) }, typeName(event.type)),
      " ",
      plain(whoOf(event)),
    ),
    event.background ? make("p", { class: "note" }, say("background")) : null,
    happeningLink(row.index),
    make(
      "p",
      { class: "id" },
      make("code", {}, event.id),
      " ",
      make("button", { type: "button", class: "link", id: "copy-event", onclick: () => copy(eventAddress(event)) }, say("copy_link")),
    ),
    make("dl", {}, facts.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]).flat()),
    make("h3", {}, say("slots")),
    slotTable(event),
    make("h3", {}, say("evidence")),
    ...event.mentions.map((mention) => evidence(event, mention)),
    make(
      "button",
      { type: "button", class: "wide", onclick: () => showArticle(event.article, event.mentions[0][0]) },
      say("show_article"),
    ),
  );
}

/** The address of one event, whatever the filters are. */
const eventAddress = (event) =>
  `${location.href.split("#")[0]}#${new URLSearchParams({ tab: "events", event: event.id })}`;

function dateCell(event) {
  const told = event.background ? [" ", make("small", { class: "role", title: say("background") }, say("background_mark"))] : [];
  return event.dated === "event"
    ? make("span", {}, time(event.date), ...told)
    : make("span", { class: "inferred", title: say("published_mark") }, time(event.date), " *");
}

function slotTable(event) {
  const rows = Object.entries(event.slots).flatMap(([slot, fillers]) =>
    fillers.map((filler) => {
      const [value, actor, start, end] = filler;
      return [
        slotName(slot),
        actor
          ? [make("b", {}, fillerName(filler, slot)), " ", make("code", {}, actor)]
          : plain(typeof value === "number" ? String(value) : valueName(value)),
        arabic(cut(event.article, start, end)),
        make("code", {}, `${start}–${end}`),
      ];
    }),
  );
  return table([say("slot"), say("value"), say("words"), say("place")], rows);
}

/** The sentence of a mention with the event marked in it, its rule, and the other events that are told in it. */
function evidence(event, [sentence, start, end, , , rule]) {
  const story = DATA.articles[event.article].stories.find((one) => one.story === event.story);
  const [, from, to] = story?.sentences.find(([id]) => id === sentence) ?? [sentence, start, end];
  const others = ROWS.filter(
    (row) =>
      row.event.article === event.article &&
      row.event.id !== event.id &&
      row.event.mentions.some((mention) => mention[0] === sentence),
  );
  return make(
    "figure",
    {},
    make("blockquote", { dir: "rtl", lang: "ar" }, marked(event.article, from, to, eventMarks(event, true))),
    make(
      "figcaption",
      {},
      say("rule"),
      " ",
      make("code", { class: "rule" }, rule),
      " · ",
      say("sentence"),
      " ",
      make("code", {}, sentence),
      " · ",
      make("code", {}, `${start}–${end}`),
      others.length
        ? make(
            "div",
            {},
            say("here_too"),
            ": ",
            others
              .map((row) => [
                make(
                  "button",
                  { type: "button", class: "link", onclick: () => openEvent(row.index) },
                  `${typeName(row.event.type)} ${whoOf(row.event)}`,
                ),
                " ",
              ])
              .flat(),
          )
        : null,
    ),
  );
}
