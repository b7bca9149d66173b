/* What happens when the page opens: the lines are unpacked, links to lines open them, events can be filtered. */
var pageLines = null;

function openLines() {
  var packed = byId("lines-data").textContent.trim();
  if (!packed || typeof DecompressionStream === "undefined" || typeof dialog.showModal !== "function") {
    root.dataset.lines = "static";
    return;
  }
  byId("lines-wait").hidden = false;
  unpack(packed).then(function (raw) {
    pageLines = new Lines(raw);
    showTable(pageLines);
  }).catch(function (error) {
    root.classList.remove("lines-ready");
    byId("lines-live").hidden = true;
    root.dataset.lines = "static";
    throw error;
  }).finally(function () { byId("lines-wait").hidden = true; });
}

document.addEventListener("click", function (event) {
  var link = event.target.closest ? event.target.closest("a[href^='#line-']") : null;
  if (!link || !pageLines || event.ctrlKey || event.metaKey) return;
  var place = pageLines.find(Number(link.hash.slice(6)));
  if (place < 0) return;
  event.preventDefault();
  showLine(pageLines, place, link);
});

/* A link into a folded card opens it. */
function unfold() {
  var target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
  var folded = target ? target.querySelector(":scope > details") || target.closest("details") : null;
  if (folded && !folded.open) { folded.open = true; target.scrollIntoView(); }
}
window.addEventListener("hashchange", unfold);

/* Paper shows what is folded. */
var folded = [];
window.addEventListener("beforeprint", function () {
  folded = Array.from(document.querySelectorAll("details:not([open])"));
  folded.forEach(function (element) { element.open = true; });
});
window.addEventListener("afterprint", function () {
  folded.forEach(function (element) { element.open = false; });
});

var eventForm = byId("event-filters");
if (eventForm) {
  eventForm.hidden = false;
  var events = Array.from(document.querySelectorAll(".event"));
  var showEvents = function () {
    var kind = byId("event-kind").value, element = byId("event-element").value, shown = 0;
    events.forEach(function (item) {
      var fits = (!kind || item.dataset.kind === kind) && (!element || item.dataset.elements.split(" ").indexOf(element) >= 0);
      item.hidden = !fits;
      if (fits) shown++;
    });
    byId("event-count").value = shown === events.length ? counted(shown, "event") : shown + " of " + counted(events.length, "event");
  };
  eventForm.addEventListener("input", showEvents);
  eventForm.addEventListener("submit", function (event) { event.preventDefault(); });
  eventForm.addEventListener("reset", function () { setTimeout(showEvents, 0); });
  showEvents();
}

unfold();
setTimeout(openLines, 0);
