/* Unpacks the columns: base64 -> gzip -> JSON -> functions from row number to value. */

/* A packed column as a function of the row number; null is "not given" or "unknown". */
function column(packed) {
  if (!packed) return function () { return null; };
  if ("x" in packed) return function () { return packed.x; };
  if (packed.d) return function (i) { var n = packed.i[i]; return n < 0 ? null : packed.d[n]; };
  if (packed.s) {
    var sum = 0, values = new Int32Array(packed.s.length);
    for (var i = 0; i < values.length; i++) { sum += packed.s[i]; values[i] = sum; }
    return function (i) { return values[i]; };
  }
  return function (i) { return packed.v[i]; };
}

function columns(record, names) {
  var found = {};
  names.forEach(function (name) { found[name] = column(record[name]); });
  return found;
}

/* Where each line's rows begin in a flat column, from how many rows each line has. */
function starts(packed, n) {
  var count = column(packed), begin = new Int32Array(n + 1);
  for (var i = 0; i < n; i++) begin[i + 1] = begin[i] + count(i);
  return begin;
}

function unpack(text) {
  var binary = atob(text.trim()), bytes = new Uint8Array(binary.length);
  for (var i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/* The lines of the page. `at` functions take the line's place in the page, from 0. */
function Lines(raw) {
  var n = raw.n, self = this;
  this.n = n;
  this.number = column(raw.line);
  this.at = columns(raw, ["file", "sheet", "row", "level", "path", "band", "bandRank", "probability", "reasons", "touchLow", "touchHigh"]);
  this.ruleLabels = raw.ruleLabels;
  this.results = raw.results.map(column);
  this.fields = raw.fields.map(function (f) { return { name: f.name, label: f.label, at: column(f.c) }; });
  this.field = {};
  this.fields.forEach(function (f) { self.field[f.name] = f.at; });
  this.materials = columns(raw.materials, ["kind", "case", "low", "likely", "high"]);
  this.materials.begin = starts(raw.materials.count, n);
  this.materialKind = columns(raw.materials.kinds, ["name", "anchor", "field", "span_start", "span_end", "matched", "rule", "confidence", "inferred", "fraction_low", "fraction_likely", "fraction_high"]);
  this.cases = columns(raw.cases, ["material", "declared", "low", "point", "high", "evidence", "note"]);
  this.findings = columns(raw.findings, ["kind", "fingerprint"]);
  this.findings.begin = starts(raw.findings.count, n);
  this.findingKind = columns(raw.findings.kinds, ["rule", "title", "code", "material", "paragraph", "reason", "facts", "missing", "effective_from", "effective_to", "inferred", "disposition"]);
  this.notes = columns(raw.notes, ["kind"]);
  this.notes.begin = starts(raw.notes.count, n);
  this.noteKind = columns(raw.notes.kinds, ["kind", "text"]);
  this.scores = raw.scores.map(function (s) { return { name: s.name, value: column(s.value), low: column(s.low), high: column(s.high) }; });
  this.rawSteps = raw.steps;
  this.caseCount = raw.steps ? raw.steps.n : 0;
  this.places = null;
}

Lines.prototype.text = function (name, i) {
  var at = this.field[name], value = at ? at(i) : null;
  return value === null || value === undefined ? "" : String(value);
};
Lines.prototype.partNumber = function (i) {
  return this.text("part_number", i) || this.text("mpn", i) || this.text("supplier_pn", i);
};
Lines.prototype.words = function (i) { return this.text("name", i) || this.text("description", i); };
Lines.prototype.supplier = function (i) {
  return this.text("supplier", i) || this.text("manufacturer", i) || this.text("cage", i);
};
Lines.prototype.title = function (i) {
  return (this.partNumber(i) + " " + this.words(i)).trim() || "(no part number or name)";
};

/* How a material is known where no text of the line names it: inferred, decided or declared; else empty. */
Lines.prototype.told = function (kind) {
  var rule = this.materialKind.rule(kind) || "";
  if (this.materialKind.inferred(kind)) return "inferred";
  return rule.startsWith("human:") ? "decided" : rule.startsWith("declared:") ? "declared" : "";
};

/* The line's materials, each name once, a named one before an inferred one. */
Lines.prototype.materialNames = function (i) {
  var seen = {}, names = [];
  for (var m = this.materials.begin[i]; m < this.materials.begin[i + 1]; m++) {
    var kind = this.materials.kind(m), name = this.materialKind.name(kind);
    if (seen[name]) continue;
    seen[name] = true;
    names.push({ name: name, told: this.told(kind) });
  }
  return names;
};

/* The place in the page of a line by its number in the assessment; -1 if the page does not hold it. */
Lines.prototype.find = function (number) {
  if (!this.places) {
    this.places = new Map();
    for (var i = 0; i < this.n; i++) this.places.set(this.number(i), i);
  }
  var place = this.places.get(number);
  return place === undefined ? -1 : place;
};

/* The steps of one supply case. */
Lines.prototype.stepsOf = function (place) {
  if (!this.rawSteps || place < 0) return [];
  if (!this.steps) {
    this.steps = columns(this.rawSteps, ["commodity", "stage", "words", "declared", "evidence", "touch"]);
    this.steps.begin = starts(this.rawSteps.count, this.rawSteps.n);
  }
  var found = [], steps = this.steps;
  for (var s = steps.begin[place]; s < steps.begin[place + 1]; s++) {
    found.push({ commodity: steps.commodity(s), stage: steps.stage(s), words: steps.words(s), declared: steps.declared(s), evidence: steps.evidence(s), touch: steps.touch(s) });
  }
  return found;
};
