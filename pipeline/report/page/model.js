// The events as rows to search, sort and filter.

/** Letters that writers use for one another made one, as a reader who searches expects. */
function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[ىی]/g, "ي")
    .replace(/ک/g, "ك")
    .replace(/ة/g, "ه")
    .replace(/\s+/g, " ");
}

// Every type has a colour of its own, whichever of them occur.
const KINDS = [...new Set([...Object.keys(LABELS.types), ...DATA.events.map((event) => event.type)])];
const COLOURS = 6;
const kindNumber = (type) => KINDS.indexOf(type) % COLOURS;
const kindClass = (type) => "kind kind-" + kindNumber(type);
const TYPES = KINDS.filter((type) => DATA.events.some((event) => event.type === type));

/** The fillers of the slots by which an event's type is led: [value, actor, start, end] each. */
function leading(event) {
  const known = Object.hasOwn(LABELS.types, event.type) ? LABELS.types[event.type].who : null;
  const slots = known ?? Object.keys(event.slots).filter((slot) => event.slots[slot].some((filler) => filler[1]));
  return slots.flatMap((slot) => event.slots[slot] ?? []);
}

const fillerName = ([value, actor]) => (actor ? actorName(actor) : valueName(value));
const whoOf = (event) => [...new Set(leading(event).map(fillerName))].join(" · ");

/** What an event is about, in parts: the counts of a vote first, each with its name, for their order is not plain in text
 * that runs both ways. */
function whatOf(event) {
  const shown = Object.hasOwn(LABELS.types, event.type) ? LABELS.types[event.type] : { what: [] };
  const parts = shown.what.flatMap((slot) => event.slots[slot] ?? []).map(fillerName);
  const tally = (shown.tally ?? [])
    .filter((slot) => event.slots[slot])
    .map((slot) => `${slotName(slot)} ${event.slots[slot][0][0]}`);
  return [...new Set([...tally, ...parts])];
}

const stanceOf = (event) => {
  const slot = Object.hasOwn(LABELS.types, event.type) ? LABELS.types[event.type].splits : null;
  return slot && event.slots[slot] ? String(event.slots[slot][0][0]) : "";
};

const ROWS = DATA.events.map((event, index) => {
  const actors = new Set(
    Object.values(event.slots)
      .flat()
      .map((filler) => filler[1])
      .filter(Boolean),
  );
  const words = event.mentions.map((mention) => cut(event.article, mention[1], mention[2]));
  const values = Object.values(event.slots)
    .flat()
    .map((filler) => String(filler[0]));
  const names = [...actors].flatMap((actor) => [actor, ...Object.values(DATA.actors[actor] ?? {})]);
  return {
    index,
    event,
    actors,
    stance: stanceOf(event),
    search: fold([event.id, ...words, ...values, ...names].join(" ")),
    // A date known to the month or year alone may be any day of it.
    earliest: event.date ? event.date + "-01-01".slice(event.date.length - 4) : null,
    latest: event.date ? event.date + "-12-31".slice(event.date.length - 4) : null,
  };
});
const ROW_OF = new Map(ROWS.map((row) => [row.event.id, row]));

const TESTS = {
  type: (row, wanted) => row.event.type === wanted,
  actor: (row, wanted) => row.actors.has(wanted),
  stance: (row, wanted) => row.stance === wanted,
  modality: (row, wanted) => row.event.modality === wanted,
  article: (row, wanted) => DATA.articles[row.event.article].name === wanted,
  from: (row, wanted) => row.latest !== null && row.latest >= wanted,
  to: (row, wanted) => row.earliest !== null && row.earliest <= wanted,
  search: (row, words) => words.every((word) => row.search.includes(word)),
};

const COLUMNS = {
  date: (row) => row.event.date ?? "",
  type: (row) => typeName(row.event.type),
  who: (row) => whoOf(row.event),
  what: (row) => whatOf(row.event).join(" "),
  stance: (row) => (row.stance ? valueName(row.stance) : ""),
  modality: (row) => valueName(row.event.modality),
  article: (row) => DATA.articles[row.event.article].short,
};

/** All rows by a column, kept until another order is asked for: rows without a value last, equal ones in the data's order. */
let ordered = { key: null, rows: [] };
function orderedRows() {
  const { column, down } = state.sort;
  const key = `${column} ${down} ${state.language}`;
  if (ordered.key !== key) {
    const { compare } = new Intl.Collator(state.language, { numeric: true });
    const values = ROWS.map((row) => COLUMNS[column](row));
    const ranks = new Map([...new Set(values)].sort(compare).map((value, rank) => [value, down ? -rank : rank]));
    const rankOf = ({ index }) => (values[index] ? ranks.get(values[index]) : Infinity);
    const rows = ROWS.map((row) => [rankOf(row), row]).sort(([a, one], [b, other]) =>
      a === b ? one.index - other.index : a - b,
    );
    ordered = { key, rows: rows.map(([, row]) => row) };
  }
  return ordered.rows;
}

/** The rows that the filters leave, in the order chosen. */
function chosenRows() {
  const active = Object.entries(state.filters)
    .filter(([, wanted]) => wanted)
    .map(([name, wanted]) => [TESTS[name], name === "search" ? fold(wanted).split(" ") : wanted]);
  return orderedRows().filter((row) => active.every(([test, wanted]) => test(row, wanted)));
}
