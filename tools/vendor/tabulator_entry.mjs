/* The parts of Tabulator that the report uses; the paths are those of its package. */
import Tabulator from "./package/src/js/core/Tabulator.js";
import Filter from "./package/src/js/modules/Filter/Filter.js";
import Format from "./package/src/js/modules/Format/Format.js";
import Interaction from "./package/src/js/modules/Interaction/Interaction.js";
import ResizeColumns from "./package/src/js/modules/ResizeColumns/ResizeColumns.js";
import ResponsiveLayout from "./package/src/js/modules/ResponsiveLayout/ResponsiveLayout.js";
import Sort from "./package/src/js/modules/Sort/Sort.js";

Tabulator.registerModule([Filter, Format, Interaction, ResizeColumns, ResponsiveLayout, Sort]);
globalThis.Tabulator = Tabulator;
