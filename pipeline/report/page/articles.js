// The articles, a list to choose from and the one chosen with entities and events marked in it.

const LIST_ROWS = 60;
const LAYERS = ["events", ...Object.keys(LABELS.entities)];
const hiddenLayers = new Set();
let articleSearch = "";

function drawArticles() {
  fill(
    $("panel-articles"),
    make(
      "div",
      { class: "reading" },
      make(
        "nav",
        { class: "articles", "aria-label": say("articles") },
        make("input", {
          type: "search",
          dir: "auto",
          value: articleSearch,
          "aria-label": say("choose"),
          placeholder: say("choose"),
          oninput: (input) => {
            articleSearch = input.target.value;
            drawArticleList();
          },
        }),
        make("ul", { id: "article-list" }),
        DATA.quiet ? make("small", {}, say("n_quiet", { n: DATA.quiet })) : "",
      ),
      make("article", { id: "article" }),
    ),
  );
  drawArticleList();
  if (DATA.articles.length) drawArticle();
}

function drawArticleList() {
  const counts = countBy(ROWS.map((row) => row.event.article));
  const wanted = fold(articleSearch.trim());
  const fits = DATA.articles
    .map((_, place) => place)
    .filter((place) => !wanted || fold(`${DATA.articles[place].name} ${titleOf(place)}`).includes(wanted));
  const first = Math.max(0, Math.min(fits.indexOf(state.article) - LIST_ROWS / 2, fits.length - LIST_ROWS));
  fill(
    $("article-list"),
    fits.slice(first, first + LIST_ROWS).map((place) =>
      make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            "aria-current": place === state.article ? "true" : null,
            onclick: () => showArticle(place),
          },
          arabic(titleOf(place), { class: "title" }),
          make("small", {}, plain(DATA.articles[place].short), " · ", say("n_events", { n: counts.get(place) ?? 0 })),
        ),
      ),
    ),
  );
}

/** What an article is called: its first headline, else its first words. */
function titleOf(place) {
  const { stories } = DATA.articles[place];
  return headline(place, (stories.find((story) => story.title) ?? stories[0])?.story);
}

function showArticle(place, sentence = null) {
  state.article = place;
  if (state.tab === "articles") drawArticles();
  else showTab("articles");
  remember();
  const target = sentence && $("article").querySelector(`[data-sentence="${CSS.escape(sentence)}"]`);
  (target || $("article")).scrollIntoView({ block: target ? "center" : "start" });
}

function drawArticle() {
  const { name, stories, entities } = DATA.articles[state.article];
  const marks = [];
  for (const [start, end, kind, score] of entities) {
    if (!hiddenLayers.has(kind))
      marks.push({
        start,
        end,
        classes: ["entity", "entity-" + kind],
        label: label("entities", kind),
        title: `${label("entities", kind)} ${score.toFixed(2)}`,
      });
  }
  if (!hiddenLayers.has("events")) {
    for (const row of ROWS) if (row.event.article === state.article) marks.push(...eventMarks(row.event, false));
  }
  const switches = LAYERS.map((layer) =>
    make(
      "label",
      { class: "layer" },
      make("input", {
        type: "checkbox",
        checked: !hiddenLayers.has(layer),
        onchange: (change) => {
          hiddenLayers[change.target.checked ? "delete" : "add"](layer);
          drawArticle();
        },
      }),
      " ",
      make(
        "span",
        layer === "events"
          ? { class: "mention kind kind-0" }
          : { class: `entity entity-first entity-last entity-${layer}` },
        layer === "events" ? say("events_layer") : label("entities", layer),
      ),
    ),
  );
  fill(
    $("article"),
    make("h2", {}, arabic(titleOf(state.article))),
    make(
      "p",
      { class: "id" },
      make("code", {}, name),
      " ",
      make("button", { type: "button", class: "link", onclick: () => copy(address()) }, say("copy_link")),
    ),
    make("fieldset", { class: "layers" }, make("legend", {}, say("layers")), switches),
    stories.map((story) => drawStory(story, marks)),
  );
}

function drawStory(story, marks) {
  const published = story.published ? dateText(story.published) : null;
  const facts = [say("story", { n: story.story }), published, story.outlet].filter(Boolean);
  return make(
    "section",
    { class: "story" },
    make("p", { class: "facts" }, facts.map((fact, i) => [i ? " · " : "", plain(fact)]).flat(), " ", webLink(story.url, say("source"))),
    story.sections.map(([kind, start, end]) =>
      make(
        kind === "headline" ? "h3" : "div",
        { class: "section " + kind, dir: "rtl", lang: "ar", title: kind.replace("_", " ") },
        drawSection(story, start, end, marks),
      ),
    ),
  );
}

/** A section, its sentences in elements of their own so that they can be scrolled to; what lies between stays as it is. */
function drawSection(story, from, to, marks) {
  const parts = [];
  let at = from;
  for (const [id, start, end] of story.sentences) {
    if (start < at || end > to) continue;
    parts.push(
      marked(state.article, at, start, marks),
      make("span", { "data-sentence": id }, marked(state.article, start, end, marks)),
    );
    at = end;
  }
  parts.push(marked(state.article, at, to, marks));
  return parts;
}
