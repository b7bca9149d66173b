/* The live table of lines: Tabulator over rows that hold only their place; cells are read from the columns. */

/* One row of the table. Getters read the columns, so that 100,000 rows cost 100,000 numbers; the table
   writes values back into its rows, which here is nothing. */
function rowType(lines) {
  function Row(i) { this.i = i; }
  function field(name, get) { Object.defineProperty(Row.prototype, name, { get: get, set: function () {}, enumerable: true }); }
  field("place", function () { return this.i; });
  field("row", function () { return lines.at.row(this.i); });
  field("part", function () { return lines.title(this.i); });
  field("quantity", function () { return lines.field.rolled_up ? lines.field.rolled_up(this.i) : null; });
  field("supplier", function () { return lines.supplier(this.i); });
  field("materials", function () { return lines.materialNames(this.i).map(function (m) { return m.name; }).join("; "); });
  field("touch", function () { return lines.at.touchLow(this.i); });
  field("worst", function () { return worstRank(lines, this.i); });
  field("band", function () { return lines.at.bandRank(this.i); });
  lines.results.forEach(function (result, n) {
    field("result" + n, function () { var code = result(this.i); return code === null ? CODE_ORDER.length : code; });
  });
  return Row;
}

/* Place of a line from the worst, as in the printed table: failing, then band, result, least touch, place. */
function worstRank(lines, i) {
  if (!lines.worst) {
    var places = Array.from({ length: lines.n }, function (_, k) { return k; });
    var code = places.map(function (k) {
      return lines.results.reduce(function (least, r) { var c = r(k); return c === null ? least : Math.min(least, c); }, CODE_ORDER.length);
    });
    var touch = places.map(function (k) { var t = lines.at.touchLow(k); return t === null ? -1 : t; });
    places.sort(function (a, b) {
      return (code[a] !== 0) - (code[b] !== 0) || lines.at.bandRank(a) - lines.at.bandRank(b) || code[a] - code[b] || touch[b] - touch[a] || a - b;
    });
    lines.worst = new Int32Array(lines.n);
    places.forEach(function (k, rank) { lines.worst[k] = rank; });
  }
  return lines.worst[i];
}

function cellOf(children, className) { return make("div", "line-cell " + (className || ""), children); }

function lineColumns(lines) {
  function at(format) { return function (cell) { return format(cell.getRow().getData().i); }; }
  var sorted = { headerSortStartingDir: "asc" };
  var empty = { sorter: "number", sorterParams: { alignEmptyValues: "bottom" } };
  function plus(base, extra) { return Object.assign({}, sorted, base, extra); }
  var all = [
    plus(empty, { title: "Row", field: "row", width: 76, responsive: 2, formatter: at(function (i) { return cellOf([String(lines.at.row(i))], "place"); }) }),
    plus({ sorter: "string" }, { title: "Part", field: "part", minWidth: window.innerWidth < 601 ? 150 : 240, widthGrow: 5, responsive: 0, formatter: at(partCell) }),
    plus(empty, { title: "Qty", field: "quantity", width: 84, hozAlign: "right", headerSortStartingDir: "desc", responsive: 5, formatter: at(function (i) { var q = lines.field.rolled_up ? lines.field.rolled_up(i) : null; return cellOf([q === null ? make("span", "none", "unknown") : String(q)]); }) }),
    plus({ sorter: "string" }, { title: "Supplier", field: "supplier", minWidth: 114, widthGrow: 1, responsive: 4, formatter: at(function (i) { return cellOf([lines.supplier(i)]); }) }),
    plus({ sorter: "string" }, { title: "Materials", field: "materials", minWidth: 140, widthGrow: 2, responsive: 2, formatter: at(materialsCell) }),
    plus(empty, { title: "Touch", field: "touch", width: 98, hozAlign: "right", headerSortStartingDir: "desc", responsive: 3, formatter: at(touchCell) }),
    plus(empty, { title: "Band", field: "band", minWidth: window.innerWidth < 601 ? 130 : 200, widthGrow: 4, responsive: 0, formatter: at(bandCell) })
  ];
  all.push({ title: "Worst first", field: "worst", visible: false, sorter: "number" });
  lines.ruleLabels.forEach(function (label, n) {
    all.push(plus(empty, { title: label, titleFormatter: function () { return ruleTitle(label); }, field: "result" + n, width: 136, responsive: 1, formatter: at(function (i) {
      var code = lines.results[n](i);
      return cellOf([code === null ? make("span", "none", "–") : codeChip(CODE_ORDER[code])]);
    }) }));
  });

  function partCell(i) {
    var open = make("button", "line-open", lines.partNumber(i) || lines.words(i) || lines.title(i));
    open.type = "button";
    open.dataset.place = i;
    open.setAttribute("aria-haspopup", "dialog");
    var parts = [open];
    if (lines.partNumber(i) && lines.words(i)) parts.push(" ", make("span", "sub", lines.words(i)));
    return make("div", "level-" + Math.min(lines.at.level(i) || 0, 8), [cellOf(parts)]);
  }
  function materialsCell(i) {
    var names = lines.materialNames(i);
    if (!names.length) return cellOf([make("span", "none", "none recognized")]);
    var parts = [];
    names.forEach(function (m, n) {
      if (n) parts.push("; ");
      parts.push(m.name);
      if (m.told) parts.push(" ", make("span", "inferred", m.told));
    });
    return cellOf(parts);
  }
  function touchCell(i) {
    if (lines.materials.begin[i] === lines.materials.begin[i + 1]) return cellOf(["–"]);
    return cellOf([interval(lines.at.touchLow(i), lines.at.touchHigh(i), percent)]);
  }
  function bandCell(i) {
    var reasons = (lines.at.reasons(i) || "").split("|").map(function (r) { return r.trim(); }).filter(Boolean);
    return cellOf([bandChip(lines.at.band(i)), " ", make("span", "sub", reasons.join("; "))]);
  }
  return all;
}

/* A title of two lines, the date unbroken; it goes in as text. */
function ruleTitle(label) {
  var at = label.lastIndexOf(" ");
  return make("span", "rule-title", at < 0 ? label : [label.slice(0, at) + " ", make("span", "nowrap", label.slice(at + 1))]);
}

/* What the search box looks into, in lower case; made on the first search. */
function Haystack(lines) { this.lines = lines; this.texts = null; }
Haystack.prototype.at = function (i) {
  if (!this.texts) {
    var lines = this.lines, names = ["part_number", "mpn", "supplier_pn", "name", "description", "supplier", "manufacturer", "cage", "niin", "material", "specification"];
    this.texts = new Array(lines.n);
    for (var k = 0; k < lines.n; k++) {
      var words = names.map(function (name) { return lines.text(name, k); });
      lines.materialNames(k).forEach(function (m) { words.push(m.name); });
      words.push(lines.at.reasons(k) || "", lines.at.file(k) + ":" + lines.at.row(k));
      this.texts[k] = words.join("\n").toLowerCase();
    }
  }
  return this.texts[i];
};

function filterOf(lines, haystack, want) {
  var terms = want.text.toLowerCase().split(/\s+/).filter(Boolean);
  return function (row) {
    var i = row.i;
    if (want.band && (lines.at.band(i) || "Unknown") !== want.band) return false;
    if (want.result !== "" && !lines.results.some(function (r) { return r(i) === Number(want.result); })) return false;
    if (want.material) {
      var names = lines.materialNames(i);
      if (want.material === "-" ? names.length : !names.some(function (m) { return m.name === want.material; })) return false;
    }
    return terms.every(function (term) { return haystack.at(i).indexOf(term) >= 0; });
  };
}

/* A text cell that a spreadsheet will not run as a formula. */
function csvCell(value) {
  var text = value === null || value === undefined ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text) && isNaN(Number(text))) text = "'" + text;
  return '"' + text.replace(/"/g, '""') + '"';
}

function saveCsv(lines, places) {
  var head = ["line_id", "sheet", "row", "part", "words", "quantity_per_end_item", "supplier", "materials", "touch_low", "touch_high", "band", "reasons"].concat(lines.ruleLabels);
  var rows = [head].concat(places.map(function (i) {
    return [lines.at.file(i) + ":" + lines.at.row(i), lines.at.sheet(i), lines.at.row(i), lines.partNumber(i), lines.words(i),
      lines.field.rolled_up ? lines.field.rolled_up(i) : null, lines.supplier(i),
      lines.materialNames(i).map(function (m) { return m.name + (m.told ? " (" + m.told + ")" : ""); }).join("; "),
      lines.at.touchLow(i), lines.at.touchHigh(i), lines.at.band(i), lines.at.reasons(i)
    ].concat(lines.results.map(function (r) { var code = r(i); return code === null ? "" : CODE_ORDER[code]; }));
  }));
  var text = "\ufeff" + rows.map(function (row) { return row.map(csvCell).join(","); }).join("\r\n") + "\r\n";
  var link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "lines.csv";
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
}

function showTable(lines) {
  var Row = rowType(lines), rows = new Array(lines.n), holder = byId("lines-table");
  for (var i = 0; i < lines.n; i++) rows[i] = new Row(i);
  byId("lines-live").hidden = false;
  root.classList.add("lines-ready");
  holder.classList.add("in-order");
  var table = new Tabulator(holder, {
    data: rows, columns: lineColumns(lines), index: "i", layout: "fitColumns", responsiveLayout: "hide",
    maxHeight: window.innerWidth < 601 ? "28rem" : "36rem", rowHeight: 56, nestedFieldSeparator: false,
    rowFormatter: function (row) { row.getElement().setAttribute("aria-rowindex", (row.getPosition() || 0) + 1); },
    placeholder: "No line matches these filters.", columnHeaderSortMulti: false, resizableColumns: true, autoResize: false
  });
  var haystack = new Haystack(lines), form = byId("line-filters"), order = byId("order");

  function want() {
    return { text: byId("filter-text").value, band: byId("filter-band").value, result: byId("filter-result").value, material: byId("filter-material").value };
  }
  function tell(shown) {
    byId("lines-count").value = shown === lines.n ? counted(lines.n, "line") : counted(shown, "line") + " of " + counted(lines.n, "line").replace(/ lines?$/, "");
  }
  function refresh() {
    var now = want();
    if (now.text || now.band || now.result !== "" || now.material) table.setFilter(filterOf(lines, haystack, now));
    else table.clearFilter();
  }
  var timer = 0;
  form.addEventListener("input", function (event) {
    if (event.target === order) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, event.target.type === "search" ? 150 : 0);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(function () { refresh(); reorder(); }, 0); });
  function reorder() {
    if (order.value === "worst") table.setSort("worst", "asc");
    else table.clearSort();
  }
  order.addEventListener("change", reorder);
  byId("save-csv").addEventListener("click", function () {
    saveCsv(lines, table.getData("active").map(function (row) { return row.i; }));
  });
  table.on("dataFiltered", function (filters, found) {
    tell(found.length);
    holder.setAttribute("aria-rowcount", found.length + 1);
  });
  table.on("dataSorted", function (sorters) { holder.classList.toggle("in-order", !sorters.length); });
  table.on("tableBuilt", function () {
    /* The grid's own children may not take the focus: the rows' buttons do. */
    var body = holder.querySelector(".tabulator-tableholder");
    body.removeAttribute("tabindex");
    body.setAttribute("role", "presentation");
    tell(lines.n);
    root.dataset.lines = "ready";
  });

  neighbour = function (place, by) {
    var active = table.getRows("active"), here = -1;
    for (var k = 0; k < active.length; k++) if (active[k].getData().i === place) { here = k; break; }
    var next = here < 0 ? -1 : here + by;
    return next < 0 || next >= active.length ? -1 : active[next].getData().i;
  };
  table.on("rowClick", function (event, row) {
    var button = row.getElement().querySelector(".line-open");
    if (window.getSelection().toString()) return;
    showLine(lines, row.getData().i, button);
  });
  holder.addEventListener("keydown", function (event) {
    var by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!by || !event.target.matches(".line-open")) return;
    event.preventDefault();
    moveFocus(table, Number(event.target.dataset.place), by);
  });
  keepWidth(table, holder);
  names(lines);
  return table;
}

/* The table follows the window's width. Its own observer is off: it draws the rows anew whenever the table
   scrolls into view, and the focus would be lost. */
function keepWidth(table, holder) {
  var width = holder.clientWidth, timer = 0;
  window.addEventListener("resize", function () {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (holder.clientWidth === width) return;
      width = holder.clientWidth;
      var focused = holder.contains(document.activeElement) ? document.activeElement.dataset.place : undefined;
      table.redraw(true);
      if (focused !== undefined) table.getRow(Number(focused)) && focusRow(table.getRow(Number(focused)));
    }, 100);
  });
}

/* Focus to the row so many further on; a row that is not drawn yet is scrolled to first. */
function moveFocus(table, place, by) {
  var active = table.getRows("active"), here = active.findIndex(function (row) { return row.getData().i === place; });
  var target = active[Math.max(0, Math.min(active.length - 1, here + by))];
  if (!target) return;
  if (focusRow(target)) return;
  table.scrollToRow(target, "nearest", false).catch(function () {}).then(function () { focusRow(target); });
}

function focusRow(row) {
  var element = row.getElement(), button = element.isConnected ? element.querySelector(".line-open") : null;
  if (button) button.focus();
  return Boolean(button);
}

/* The materials of the page as choices of the filter. */
function names(lines) {
  var found = new Set();
  for (var m = 0; m < lines.materials.begin[lines.n]; m++) found.add(lines.materialKind.name(lines.materials.kind(m)));
  var list = byId("filter-material");
  Array.from(found).sort().forEach(function (name) { var option = make("option", "", name); option.value = name; list.append(option); });
}
