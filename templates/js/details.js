/* The details of a line, in a dialog. */
var CODE_WORDS = {
  FAIL: ["Fails", "cross", "critical"], INCOMPLETE: ["Proof missing", "query", "high"], REVIEW: ["Review", "diamond", "moderate"],
  WATCH: ["Watch", "watch", "moderate"], PASS: ["Passes", "check", "low"], EXEMPT: ["Exempt", "check", "low"],
  NOT_APPLICABLE: ["Not covered", "dash", "plain"]
};
var CODE_ORDER = Object.keys(CODE_WORDS);
var BAND_WORDS = {
  Critical: ["Critical", "up", "critical"], High: ["High", "up", "high"], Moderate: ["Moderate", "diamond", "moderate"],
  Unknown: ["Unknown", "query", "unknown"], Low: ["Low", "dot", "low"]
};

function chip(words) {
  return make("span", "chip tone-" + words[2] + (words[1] ? " s-" + words[1] : ""), words[0]);
}
function codeChip(code) { return chip(CODE_WORDS[code] || [code || "not judged", "", "plain"]); }
function bandChip(band) { return chip(BAND_WORDS[band] || BAND_WORDS.Unknown); }

function percent(share) {
  if (share === null) return "unknown";
  var value = share * 100;
  var text = value > 0 && value < 0.05 ? "<0.1" : value >= 99.95 && value < 100 ? ">99.9"
    : value < 9.95 || value > 90 ? value.toFixed(1).replace(".0", "") : value.toFixed(0);
  return text + "\u202f%";
}
function interval(low, high, show) {
  if (low === null || high === null) return "unknown";
  var a = show(low), b = show(high);
  return a === b ? a : a.replace(/\u202f.*$/, "") + "–" + b;
}
function grams(mass) {
  if (mass === null) return "unknown";
  var scaled = mass < 1 ? [mass * 1000, "mg"] : mass < 1000 ? [mass, "g"] : mass < 1e6 ? [mass / 1000, "kg"] : [mass / 1e6, "t"];
  return Number(scaled[0].toPrecision(3)) + "\u202f" + scaled[1];
}
function figure(value) { return value === null ? "unknown" : String(value); }
function sentence(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

function pairs(rows) {
  var list = make("dl");
  rows.forEach(function (row) { list.append(make("dt", "", row[0]), make("dd", "", row[1])); });
  return list;
}

/* The cell's text with the words marked that name the material. */
function marked(lines, kind, i) {
  var text = lines.text(lines.materialKind.field(kind), i);
  var from = lines.materialKind.span_start(kind), to = lines.materialKind.span_end(kind);
  var words = lines.materialKind.matched(kind) || "";
  var letters = Array.from(text);
  if (words && letters.slice(from, to).join("") === words) {
    return [letters.slice(0, from).join(""), make("mark", "", words), letters.slice(to).join("")];
  }
  return words ? [make("mark", "", words)] : null;
}

function materialBlock(lines, i, m) {
  var kinds = lines.materialKind, kind = lines.materials.kind(m), anchor = kinds.anchor(kind);
  var name = make(anchor ? "a" : "b", "", kinds.name(kind));
  if (anchor) { name.href = "#" + anchor; name.dataset.close = "1"; }
  var head = make("p", "", [make("b", "", name)]);
  if (kinds.inferred(kind)) head.append(" ", make("span", "inferred", "inferred from the type of part"));
  var block = make("div", "block", [head]);
  var said = marked(lines, kind, i);
  if (said) block.append(make("p", "", ["Found in " + (kinds.field(kind) || "").replace(/_/g, " ") + ": "].concat(said)));
  block.append(make("p", "small", sentence(kinds.rule(kind) || "rule not told") + "; confidence " + figure(kinds.confidence(kind))));
  var likely = lines.materials.likely(m);
  var mass = likely === null ? "mass unknown"
    : grams(likely) + " in the end item (" + interval(lines.materials.low(m), lines.materials.high(m), grams) + ")";
  block.append(make("p", "small", "Share of the line’s mass " + interval(kinds.fraction_low(kind), kinds.fraction_high(kind), percent) + "; " + mass));
  return block;
}

function caseBlock(lines, place) {
  var cases = lines.cases, declared = cases.declared(place);
  var block = make("div", "block");
  block.append(make("p", "", [make("b", "", cases.material(place)), ": " + (declared ? declared + " (declared)" : "no origin declared")]));
  block.append(make("p", "small", "Units that touch the traced countries at some step: " + interval(cases.low(place), cases.high(place), percent) +
    (cases.point(place) === null ? "" : ", best estimate " + percent(cases.point(place))) + (cases.note(place) ? ". " + sentence(cases.note(place)) : "")));
  var steps = lines.stepsOf(place);
  if (!steps.length) return block;
  var head = make("tr", "", ["Step", "Who", "Touch", "Evidence"].map(function (title) {
    var cell = make("th", "", title);
    cell.scope = "col";
    return cell;
  }));
  var rows = steps.map(function (step) {
    var name = make("th", "", step.commodity + " " + step.stage);
    name.scope = "row";
    return make("tr", "", [name, make("td", "", (step.declared ? "declared: " : "") + (step.words || "no figures: unknown")), make("td", "number", step.touch || "–"), make("td", "", step.evidence || "–")]);
  });
  var table = make("table", "plain", [make("caption", "hidden", "Steps"), make("thead", "", [head]), make("tbody", "", rows)]);
  var holder = make("div", "scroll", [table]);
  holder.tabIndex = 0;
  holder.setAttribute("role", "region");
  holder.setAttribute("aria-label", "Steps");
  block.append(holder);
  return block;
}

function findingBlock(lines, f) {
  var kinds = lines.findingKind, kind = lines.findings.kind(f), from = kinds.effective_from(kind), to = kinds.effective_to(kind);
  var head = make("p", "chips", [codeChip(kinds.code(kind)), make("b", "", kinds.title(kind)), make("span", "small", from ? "from " + from + (to ? " until " + to : "") : "in force")]);
  if (kinds.inferred(kind)) head.append(make("span", "inferred", "inferred from the type of part"));
  var block = make("div", "block", [head]);
  block.append(make("p", "", [kinds.material(kind) + ": " + (kinds.reason(kind) || "") + " ", make("span", "paragraph", kinds.paragraph(kind) || "")]));
  if (kinds.missing(kind)) block.append(make("p", "", [make("span", "key-word", "Missing: "), kinds.missing(kind).split(";").join(", ")]));
  if (kinds.facts(kind)) block.append(make("p", "small", "Facts used: " + kinds.facts(kind)));
  var print = lines.findings.fingerprint(f);
  if (kinds.disposition(kind)) block.append(make("p", "small", "Disposition: " + kinds.disposition(kind)));
  if (print) block.append(make("p", "small", ["Fingerprint ", make("code", "", print)]));
  return block;
}

function range(begin, i) {
  var places = [];
  for (var k = begin[i]; k < begin[i + 1]; k++) places.push(k);
  return places;
}

function detailsOf(lines, i) {
  var parts = [], at = lines.at;
  var head = make("div", "block chips", [bandChip(at.band(i))]);
  if (at.probability(i) !== null) head.append(make("span", "small", "probability of the band " + percent(at.probability(i))));
  parts.push(head);
  if (at.reasons(i)) parts.push(make("ul", "tight", at.reasons(i).split("|").map(function (r) { return make("li", "", r.trim()); })));
  if (at.path(i)) parts.push(make("p", "small", "In " + at.path(i)));
  var findings = range(lines.findings.begin, i);
  parts.push(make("h3", "", "Findings"));
  if (findings.length) findings.forEach(function (f) { parts.push(findingBlock(lines, f)); });
  else parts.push(make("p", "", "No rule had a material of this line to judge."));
  var materials = range(lines.materials.begin, i);
  parts.push(make("h3", "", "Materials"));
  if (materials.length) materials.forEach(function (m) { parts.push(materialBlock(lines, i, m)); });
  else parts.push(make("p", "", "None recognized. That is no proof that it holds none."));
  var cases = Array.from(new Set(materials.map(lines.materials.case))).filter(function (c) { return c !== null && c >= 0; });
  if (cases.length) parts.push(make("h3", "", "Steps and countries"));
  cases.forEach(function (place) { parts.push(caseBlock(lines, place)); });
  var scores = lines.scores.filter(function (s) { return s.value(i) !== null || s.low(i) !== null; });
  if (scores.length) {
    parts.push(make("h3", "", "Indicators"));
    parts.push(pairs(scores.map(function (s) { return [s.name, figure(s.value(i)) + (s.low(i) === null || s.low(i) === s.high(i) ? "" : " (" + figure(s.low(i)) + " to " + figure(s.high(i)) + ")")]; })));
  }
  var notes = range(lines.notes.begin, i);
  if (notes.length) {
    parts.push(make("h3", "", "Remarks"));
    parts.push(make("ul", "tight", notes.map(function (k) { var kind = lines.notes.kind(k); return make("li", "", lines.noteKind.kind(kind) + ": " + lines.noteKind.text(kind)); })));
  }
  parts.push(make("h3", "", "As written in the BOM"));
  var cells = [["Place", (at.sheet(i) ? at.sheet(i) + ", " : "") + "row " + at.row(i)], ["Line id", at.file(i) + ":" + at.row(i)]];
  lines.fields.forEach(function (f) { var value = f.at(i); if (value !== null && value !== "") cells.push([f.label, String(value)]); });
  parts.push(pairs(cells));
  return parts;
}

/* The dialog: opens for a line, steps to its neighbours in the table's order, gives the focus back. */
var dialog = byId("line-dialog"), dialogBody = byId("line-dialog-body"), dialogTitle = byId("line-dialog-title");
var dialogLines = null, dialogPlace = -1, dialogOpener = null, neighbour = function () { return -1; };

function showLine(lines, i, opener) {
  if (i < 0) return;
  dialogLines = lines;
  dialogPlace = i;
  if (opener) dialogOpener = opener;
  dialogTitle.textContent = lines.title(i);
  dialogBody.replaceChildren.apply(dialogBody, detailsOf(lines, i));
  dialogBody.scrollTop = 0;
  byId("dialog-previous").disabled = neighbour(i, -1) < 0;
  byId("dialog-next").disabled = neighbour(i, 1) < 0;
  if (!dialog.open) dialog.showModal();
  dialogTitle.focus();
}
byId("dialog-previous").addEventListener("click", function () { showLine(dialogLines, neighbour(dialogPlace, -1)); });
byId("dialog-next").addEventListener("click", function () { showLine(dialogLines, neighbour(dialogPlace, 1)); });
byId("dialog-close").addEventListener("click", function () { dialog.close(); });
dialog.addEventListener("click", function (event) {
  if (event.target === dialog) dialog.close();
  if (event.target.closest && event.target.closest("a[data-close]")) { dialogOpener = null; dialog.close(); }
});
dialog.addEventListener("close", function () {
  if (dialogOpener && dialogOpener.isConnected) dialogOpener.focus();
  dialogOpener = null;
});
