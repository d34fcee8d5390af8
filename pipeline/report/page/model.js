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

/** Who leads an event of this type: [slot, [value, actor, start, end]] each. */
function ledBy(event) {
  const known = Object.hasOwn(LABELS.types, event.type) ? LABELS.types[event.type].who : null;
  const slots = known ?? Object.keys(event.slots).filter((slot) => event.slots[slot].some((filler) => filler[1]));
  return slots.flatMap((slot) => (event.slots[slot] ?? []).map((filler) => [slot, filler]));
}

/** What fills a slot, by name. A state's parliament, court or government is not the state: its own name stands first, its
 * state behind it. */
function fillerName([value, actor], slot = null) {
  if (!actor) return valueName(value);
  const state = actor.replace(/-LEG$/, "");
  const own = (slot === "body" || state !== actor) && DATA.states.includes(state) && String(value) !== actorName(state);
  return own ? `${value} (${actorName(state)})` : actorName(actor);
}
const whoOf = (event) => [...new Set(ledBy(event).map(([slot, filler]) => fillerName(filler, slot)))].join(" · ");

/** The counts of a vote as 33–13–10, "?" for one that is not told; nothing where none is. */
function tallyOf(event) {
  const slots = (Object.hasOwn(LABELS.types, event.type) && LABELS.types[event.type].tally) || [];
  if (!slots.some((slot) => event.slots[slot])) return null;
  const counts = slots.map((slot) => (event.slots[slot] ? String(event.slots[slot][0][0]) : "?"));
  return { short: counts.join("–"), long: slots.map((slot, i) => `${slotName(slot)} ${counts[i]}`).join(", ") };
}

/** What an event is about, in parts: its topic first; an object of a single word («قرار») only where all else is silent. */
function whatOf(event) {
  const shown = Object.hasOwn(LABELS.types, event.type) ? LABELS.types[event.type].what : [];
  const slots = ["topic", ...shown.filter((slot) => slot !== "topic")].filter((slot) => event.slots[slot]);
  const named = (slot) =>
    event.slots[slot].map((filler) => {
      const name = fillerName(filler, slot);
      return slot === "resolution" ? say("resolution_number", { number: name }) : name;
    });
  const bare = (slot) => slot === "object" && event.slots.object.every(([value]) => !String(value).trim().includes(" "));
  const telling = slots.filter((slot) => !bare(slot));
  return [...new Set((telling.length ? telling : slots).flatMap(named))];
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
  const roles = new Map();
  for (const [slot, fillers] of Object.entries(event.slots))
    for (const [, actor] of fillers) if (actor) roles.set(slot, (roles.get(slot) ?? new Set()).add(actor));
  const names = [...actors].flatMap((actor) => [actor, ...Object.values(DATA.actors[actor] ?? {})]);
  return {
    index,
    event,
    actors,
    roles,
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
  actor: (row, wanted, { role }) => (role ? (row.roles.get(role)?.has(wanted) ?? false) : row.actors.has(wanted)),
  role: (row, wanted) => row.roles.has(wanted),
  stance: (row, wanted) => row.stance === wanted,
  modality: (row, wanted) => row.event.modality === wanted,
  article: (row, wanted) => DATA.articles[row.event.article].name === wanted,
  from: (row, wanted, { undated }) => (row.latest === null ? Boolean(undated) : row.latest >= wanted),
  to: (row, wanted, { undated }) => (row.earliest === null ? Boolean(undated) : row.earliest <= wanted),
  search: (row, words) => words.every((word) => row.search.includes(word)),
};

const COLUMNS = {
  date: (row) => row.event.date ?? "",
  type: (row) => typeName(row.event.type),
  who: (row) => whoOf(row.event),
  what: (row) => whatOf(row.event).join(" "),
  stance: (row) => (row.stance ? valueName(row.stance) : ""),
  modality: (row) => valueName(row.event.modality),
  article: (row) => headline(row.event.article, row.event.story),
  happening: (row) => String(HAPPENING_OF.get(row.index)?.articles ?? ""),
};

/** What a story is called: its headline, else its first words. */
function headline(article, number) {
  const { stories, text } = DATA.articles[article];
  const story = stories.find((one) => one.story === number) ?? stories[0];
  if (story?.title) return story.title;
  const start = story?.sentences[0]?.[1] ?? 0;
  return cut(article, start, start + 80).trim().split("\n")[0];
}
const storyOf = (event) => DATA.articles[event.article].stories.find((one) => one.story === event.story);

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

/** The rows that the filters leave, in the order chosen. without: a filter that does not count. */
function chosenRows(without = null) {
  const active = Object.entries(state.filters)
    .filter(([name, wanted]) => wanted && name !== without && Object.hasOwn(TESTS, name))
    .map(([name, wanted]) => [TESTS[name], name === "search" ? fold(wanted).split(" ") : wanted]);
  const context = without === "role" ? {} : state.filters;
  return orderedRows().filter((row) => active.every(([test, wanted]) => test(row, wanted, context)));
}
const happened = (row) => row.event.modality === "actual";
