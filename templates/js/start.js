/* Small shorthands and the theme. */
var root = document.documentElement;
root.classList.remove("no-script");

function byId(id) { return document.getElementById(id); }

/* An element with a class, text or children; text only ever goes in as text. */
function make(tag, className, content) {
  var element = document.createElement(tag);
  if (className) element.className = className;
  if (content === undefined || content === null) return element;
  if (Array.isArray(content)) content.forEach(function (child) { if (child) element.append(child); });
  else element.append(content);
  return element;
}

function counted(number, one, many) {
  return number.toLocaleString("en").replace(/,/g, "\u202f") + " " + (number === 1 ? one : many || one + "s");
}

var THEMES = ["automatic", "light", "dark"];
var themeButton = byId("theme");
themeButton.hidden = false;
themeButton.addEventListener("click", function () {
  var now = THEMES.indexOf(root.dataset.theme || "automatic");
  var next = THEMES[(now + 1) % THEMES.length];
  if (next === "automatic") delete root.dataset.theme;
  else root.dataset.theme = next;
  themeButton.textContent = "Theme: " + next;
});
