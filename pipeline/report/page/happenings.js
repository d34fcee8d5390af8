// Happenings: what one or many articles tell of one veto, vote or call, by year, with who vetoes whose drafts.

const HAPPENINGS = DATA.happenings ?? [];
const HAPPENING_OF = new Map(HAPPENINGS.flatMap((one) => one.reports.map((place) => [place, one])));
const HAPPENING = new Map(HAPPENINGS.map((one) => [one.id, one]));
// A happening opened by its id, and which of them are listed.
const listed = { type: "", several: false, differing: false, open: null };

const happeningDay = (one) => one.day ?? one.to ?? "";
const happeningYear = (one) => happeningDay(one).slice(0, 4);
const happeningNames = (one, slot) => (one.slots[slot] ?? []).map(([value, actor]) => (actor ? actorName(actor) : String(value)));
const happeningDiffers = (one) => Object.keys(one.differing).length > 0 || one.record?.status === "differs";

function drawHappenings() {
  const types = [...new Set(HAPPENINGS.map((one) => one.type))];
  const chosen = HAPPENINGS.filter(
    (one) =>
      (!listed.type || one.type === listed.type) &&
      (!listed.several || one.articles > 1) &&
      (!listed.differing || happeningDiffers(one)),
  );
  const years = [...new Set(chosen.map(happeningYear))].sort().reverse();
  const choose = (name, value) => {
    listed[name] = value;
    drawHappenings();
  };
  fill(
    $("panel-happenings"),
    make("p", {}, say("happenings_about")),
    vetoMatrix(),
    make(
      "fieldset",
      { class: "layers" },
      make("legend", {}, say("filters")),
      make(
        "label",
        {},
        say("type"),
        " ",
        make(
          "select",
          { id: "happenings-type", onchange: (change) => choose("type", change.target.value) },
          make("option", { value: "" }, say("any")),
          types.map((type) => make("option", { value: type, selected: type === listed.type }, typeName(type))),
        ),
      ),
      Object.entries({ several: say("happenings_several"), differing: say("happenings_differing") }).map(([name, text]) =>
        make(
          "label",
          { class: "layer" },
          make("input", {
            type: "checkbox",
            id: "happenings-" + name,
            checked: listed[name],
            onchange: (change) => choose(name, change.target.checked),
          }),
          " ",
          text,
        ),
      ),
    ),
    make("p", { role: "status" }, say("happenings_shown", { n: chosen.length, all: HAPPENINGS.length })),
    years.map((year) =>
      make(
        "section",
        { class: "happenings-year" },
        make("h2", {}, year || say("no_date")),
        make(
          "ol",
          { class: "happenings" },
          chosen
            .filter((one) => happeningYear(one) === year)
            .sort((a, b) => (happeningDay(a) < happeningDay(b) ? 1 : happeningDay(a) > happeningDay(b) ? -1 : 0))
            .map(happeningItem),
        ),
      ),
    ),
  );
}

/** Who vetoes whose drafts: a line a state that vetoes, a column a state whose drafts it vetoed. */
function vetoMatrix() {
  const pairs = HAPPENINGS.filter((one) => one.type === "veto" && one.modality === "actual" && !one.aggregate).flatMap((one) =>
    (one.slots.vetoer ?? []).flatMap(([, vetoer]) => {
      const sponsors = (one.slots.sponsor ?? []).map(([, actor]) => actor).filter(Boolean);
      return vetoer ? (sponsors.length ? sponsors : [""]).map((sponsor) => [vetoer, sponsor]) : [];
    }),
  );
  if (!pairs.length) return null;
  const counts = countBy(pairs.map((pair) => pair.join(" ")));
  const order = (place) => [...countBy(pairs.map((pair) => pair[place]))].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id]) => id);
  const [rows, columns] = [order(0), order(1)];
  return make(
    "details",
    { class: "by-year", open: true },
    make("summary", {}, make("h2", {}, say("who_vetoes_whose"))),
    make(
      "div",
      { class: "scroll", tabindex: "0" },
      make(
        "table",
        { class: "figures" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, slotName("vetoer")), columns.map((id) => make("th", { scope: "col" }, id ? actorName(id) : "–")))),
        make(
          "tbody",
          {},
          rows.map((vetoer) =>
            make("tr", {}, make("th", { scope: "row" }, actorName(vetoer)), columns.map((id) => make("td", {}, counts.has(`${vetoer} ${id}`) ? String(counts.get(`${vetoer} ${id}`)) : ""))),
          ),
        ),
      ),
    ),
  );
}

/** One happening: its day, who and what, its tally, how many tell it, the record; opened, its reports and what differs. */
function happeningItem(one) {
  const led = LABELS.types[one.type]?.who ?? Object.keys(one.slots);
  const who = led.flatMap((slot) => happeningNames(one, slot)).join(" · ");
  const tally = LABELS.types[one.type]?.tally ?? [];
  const numbers = tally.map((slot) => (one.slots[slot] ? String(one.slots[slot][0][0]) : "?"));
  const told = tally.some((slot) => one.slots[slot]);
  const what = ["resolution", "topic", "place", "object"].map((slot) => one.slots[slot]?.[0]?.[0]).find(Boolean);
  const day = one.day ? time(one.day) : one.from && one.to ? make("span", {}, time(one.from), " – ", time(one.to)) : "–";
  return make(
    "li",
    { id: "happening-" + one.id },
    make(
      "details",
      { open: listed.open === one.id, ontoggle: (change) => (listed.open = change.target.open ? one.id : listed.open) },
      make(
        "summary",
        {},
        day,
        " ",
        make("span", { class: kindClass(one.type) }, typeName(one.type)),
        " ",
        plain(who),
        " ",
        told ? make("bdi", { class: "tally", dir: "ltr" }, numbers.join("–")) : null,
        " ",
        what ? arabic(String(what)) : null,
        " ",
        make("small", {}, say("n_articles", { n: one.articles })),
        happeningDiffers(one) ? make("strong", { class: "differs" }, " ≠ ", say("differs")) : null,
        one.aggregate ? make("small", {}, " ", say("aggregate")) : null,
      ),
      happeningFacts(one),
    ),
  );
}

function happeningFacts(one) {
  const lines = [
    [say("date"), one.day ? `${one.day} (${label("bases", one.basis)})` : label("bases", one.basis)],
    ...Object.entries(one.differing).map(([slot, values]) => [
      slot === "date" ? say("date") : slotName(slot),
      values.map(([value, n]) => `${valueName(value)} (${number(n)})`).join(" ≠ "),
    ]),
    [say("record"), one.record ? recordLine(one.record) : label("answers", "none")],
  ];
  return make(
    "div",
    { class: "facts" },
    make("dl", {}, lines.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])),
    one.linked.map((id) => HAPPENING.get(id)).filter(Boolean).map((other) =>
      make("p", {}, make("button", { type: "button", class: "link", onclick: () => showHappening(other.id) }, say("linked", { type: typeName(other.type) }))),
    ),
    make("h3", {}, say("reports")),
    make("ul", {}, one.reports.map((place) => reportLine(DATA.events[place], place))),
    make("code", {}, one.id),
  );
}

const recordLine = (record) => {
  const id = record.id ?? record.candidates.join(", ");
  const differs = record.differs.map(([slot, text, fact]) => `${slotName(slot)}: ${valueName(text)} ≠ ${valueName(fact)}`);
  return [label("answers", record.status), id, differs.join("; "), record.why].filter(Boolean).join(" · ");
};

function reportLine(event, place) {
  const story = DATA.articles[event.article].stories.find((one) => one.story === event.story);
  const facts = [story?.published, story?.outlet].filter(Boolean).join(" · ");
  return make(
    "li",
    {},
    make("button", { type: "button", class: "link", onclick: () => openEvent(place) }, plain(DATA.articles[event.article].name)),
    " ",
    facts ? make("small", {}, plain(facts)) : null,
    " ",
    arabic(cut(event.article, event.mentions[0][1], event.mentions[0][2])),
  );
}

/** Turn to a happening, from an event that tells of it or from what it is linked to. */
function showHappening(id) {
  Object.assign(listed, { type: "", several: false, differing: false, open: id });
  showTab("happenings");
  $("happening-" + id)?.scrollIntoView({ block: "start" });
}

/** In an event's row: how many articles tell the same happening, and whether they, or the record, tell it otherwise. */
function happeningCell(index) {
  const one = HAPPENING_OF.get(index);
  if (!one) return "";
  return make("span", { title: one.id }, number(one.articles), happeningDiffers(one) ? make("strong", { class: "differs" }, " ≠") : null);
}

/** In an event's panel: how many other articles tell the same, and the way there. */
function happeningLink(index) {
  const one = HAPPENING_OF.get(index);
  if (!one) return null;
  const text = one.articles > 1 ? say("told_by", { n: one.articles }) : say("told_by_one");
  return make("p", {}, make("button", { type: "button", class: "link", onclick: () => showHappening(one.id) }, text));
}
