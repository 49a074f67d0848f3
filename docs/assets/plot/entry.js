// What the pages draw with: the marks and the plot itself, nothing else of the library.
export {areaY, barY, crosshairX, dot, gridY, line, link, plot, pointer, pointerX, rect, rectY, ruleX, ruleY, text, tip} from "@observablehq/plot";
