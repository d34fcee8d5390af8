// Words of an article with what was found in them marked. Marks may overlap and nest in any way: the text is cut at every
// end of a mark, and each piece carries all marks that cover it. (displaCy draws entities alone: it lets no two marks
// overlap, drops line ends, and hands out markup where this makes text nodes.)

/**
 * The text [from, to) of an article as a fragment. marks: [{start, end, classes, event?, label?, title?}]; a piece under
 * marks with an event opens it when clicked, and is a button for the keyboard where one of them is a trigger.
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
    fragment.append(
      open.length
        ? piece(
            text,
            inside.filter((mark) => open.includes(mark)),
            start,
            end,
          )
        : text,
    );
  }
  return fragment;
}

function piece(text, marks, start, end) {
  const told = marks.filter((mark) => mark.event !== undefined);
  const trigger = told.find((mark) => mark.classes.includes("trigger"));
  // Where several events meet, the trigger's own goes before one whose extent merely passes here.
  const chief = trigger ?? told[0];
  const classes = marks.flatMap((mark) => mark.classes);
  if (chief) classes.push(...kindClass(DATA.events[chief.event].type).split(" "));
  const entity = marks.find((mark) => mark.label);
  if (entity?.start === start) classes.push("entity-first");
  if (entity?.end === end) classes.push("entity-last");
  const attributes = {
    class: [...new Set(classes)].join(" "),
    title: [...new Set(marks.map((mark) => mark.title).filter(Boolean))].join(" · ") || null,
    "data-label": entity?.label,
  };
  if (chief) {
    attributes["data-events"] = [...new Set(told.map((mark) => mark.event))].join(" ");
    attributes.onclick = () => openEvent(chief.event);
  }
  if (trigger)
    Object.assign(attributes, { role: "button", tabindex: "0", onkeydown: pressed(() => openEvent(chief.event)) });
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
  const marks = event.mentions.map(([, start, end]) => ({ start, end, classes: ["mention"], event: index, title }));
  if (withSlots) {
    for (const [slot, fillers] of Object.entries(event.slots)) {
      for (const [, , start, end] of fillers) marks.push({ start, end, classes: ["filler"], title: slotName(slot) });
    }
  }
  for (const [, , , start, end] of event.mentions)
    marks.push({ start, end, classes: ["trigger"], event: index, title });
  return marks;
}
