// Words of an article with what was found in them marked. Marks may overlap and nest in any way: the text is cut at every
// end of a mark, and each piece carries all marks that cover it. (displaCy draws entities alone: it lets no two marks
// overlap, drops line ends, and hands out markup where this makes text nodes.)

/**
 * The text [from, to) of an article as a fragment. marks: [{start, end, classes, event?, title?}]; a piece under marks
 * with an event is a button that opens the first of them, the one named last in `marks` lying on top.
 */
function marked(article, from, to, marks) {
  const inside = marks.filter((mark) => mark.start < to && mark.end > from && mark.start < mark.end);
  const ends = new Set([from, to]);
  for (const mark of inside) {
    ends.add(Math.max(mark.start, from));
    ends.add(Math.min(mark.end, to));
  }
  const places = [...ends].sort((a, b) => a - b);
  const starts = [...inside].sort((a, b) => a.start - b.start);
  const fragment = document.createDocumentFragment();
  let next = 0;
  let open = [];
  for (let i = 0; i + 1 < places.length; i++) {
    const [start, end] = [places[i], places[i + 1]];
    while (next < starts.length && starts[next].start <= start) open.push(starts[next++]);
    open = open.filter((mark) => mark.end > start);
    const text = cut(article, start, end);
    fragment.append(open.length ? piece(text, inside.filter((mark) => open.includes(mark)), start, end) : text);
  }
  return fragment;
}

function piece(text, marks, start, end) {
  const classes = marks.flatMap((mark) => mark.classes);
  for (const mark of marks) {
    if (mark.start === start) classes.push(...mark.classes.filter((name) => name === "entity").map((name) => name + "-first"));
    if (mark.end === end) classes.push(...mark.classes.filter((name) => name === "entity").map((name) => name + "-last"));
  }
  const entity = marks.find((mark) => mark.label);
  const attributes = {
    class: [...new Set(classes)].join(" "),
    title: [...new Set(marks.map((mark) => mark.title).filter(Boolean))].join(" · ") || null,
    "data-label": entity?.label,
  };
  const events = [...new Set(marks.map((mark) => mark.event).filter((event) => event !== undefined))];
  if (events.length) {
    // The trigger's event before the one whose extent merely passes here.
    const chief = marks.find((mark) => mark.event !== undefined && mark.classes.includes("trigger"))?.event ?? events[0];
    attributes["data-events"] = events.join(" ");
    attributes.onclick = () => openEvent(chief);
    if (marks.some((mark) => mark.classes.includes("trigger"))) {
      Object.assign(attributes, { role: "button", tabindex: "0", onkeydown: pressed(() => openEvent(chief)) });
    }
  }
  return make("span", attributes, text);
}

/** A listener that does `action` on Enter or space, as a button does. */
function pressed(action) {
  return (key) => {
    if (key.key === "Enter" || key.key === " ") {
      key.preventDefault();
      action();
    }
  };
}

/** The marks of one event: where it is told, its triggers, and the words that fill its slots. */
function eventMarks(event, withSlots) {
  const index = ROW_OF.get(event.id).index;
  const title = typeName(event.type);
  const kind = kindClass(event.type).split(" ");
  const marks = event.mentions.map(([, start, end]) => ({ start, end, classes: ["mention", ...kind], event: index, title }));
  if (withSlots) {
    for (const [slot, fillers] of Object.entries(event.slots)) {
      for (const [, , start, end] of fillers) marks.push({ start, end, classes: ["filler"], title: slotName(slot) });
    }
  }
  for (const [, , , start, end] of event.mentions) marks.push({ start, end, classes: ["trigger", ...kind], event: index, title });
  return marks;
}
