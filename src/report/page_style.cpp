#include "page_style.h"

namespace tenfold {

namespace {

constexpr std::string_view kStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1c2126; --dim: #57606a; --line: #d0d7de; --panel: #f4f6f8;
  --before: #1b5e9b; --added: #5b94c9; --mark: #b3401a; --warn: #8a3a00; --warn-panel: #fff4e5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --ink: #e3e8ee; --dim: #9da7b3; --line: #343c46; --panel: #1b2128;
    --before: #7db8f0; --added: #4279ab; --mark: #ff9d6b; --warn: #ffb380; --warn-panel: #2c2016;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, ul, ol { margin: .5rem 0; max-width: 44rem; }
a { color: var(--before); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; max-width: none; }
.dim { color: var(--dim); }
.note { background: var(--warn-panel); color: var(--warn); border-left: .25rem solid; padding: .5rem .75rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.figures div { background: var(--panel); border-radius: .4rem; padding: .5rem .75rem; }
.figures dt { color: var(--dim); font-size: .875rem; }
.figures dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: .5rem 0; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
#moments, #versions, #split-counts, #refused { width: auto; min-width: min(100%, 24rem); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--dim); font-size: .875rem; padding: .25rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { font-weight: 400; min-width: 8rem; }
thead th { color: var(--dim); font-size: .875rem; vertical-align: bottom; overflow-wrap: normal; }
.number { text-align: end; white-space: nowrap; }
td:last-child:not(.number) { min-width: 11rem; }
svg { display: block; width: 100%; overflow: visible; }
svg.bar { height: .6rem; margin-top: .2rem; }
svg.histogram { height: 4rem; border-bottom: 1px solid var(--dim); }
.before { fill: var(--before); background: var(--before); }
.added { fill: var(--added); background: var(--added); }
.removed { fill: none; stroke: var(--dim); stroke-dasharray: 3 3; vector-effect: non-scaling-stroke; }
.track { fill: var(--line); }
.mark { fill: var(--mark); background: var(--mark); }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: .15rem; vertical-align: -.05rem; }
.key.removed { border: 1px dashed var(--dim); }
.histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-size: .875rem; }
.ends { display: flex; justify-content: space-between; font-size: .875rem; color: var(--dim); }
.sample { content-visibility: auto; contain-intrinsic-size: auto 14rem; break-inside: avoid; }
.images { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(45%, 9rem), 1fr)); gap: .75rem; }
.images img { display: block; width: auto; height: auto; max-width: 100%; max-height: 10rem; border: 1px solid var(--line); }
.images img.exact { width: 7rem; image-rendering: pixelated; }
.images .missing { display: grid; place-items: center; min-height: 6rem; padding: .5rem; border: 1px dashed var(--dim); color: var(--warn); font-size: .875rem; }
details { margin: .75rem 0; }
summary { cursor: pointer; font-weight: 600; }
pre, code { font: .875rem/1.45 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; }
pre { background: var(--panel); border-radius: .4rem; padding: .75rem; overflow-x: auto; overflow-wrap: normal; }
code { background: var(--panel); border-radius: .2rem; padding: 0 .2rem; }
pre code { padding: 0; background: none; }
@media (max-width: 30rem) {
  body { padding: .75rem; }
  th, td { padding: .3rem .3rem; }
  tbody th { min-width: 8.5rem; }
}
@media print {
  :root {
    --paper: #fff; --ink: #000; --dim: #444; --line: #bbb; --panel: #f4f4f4;
    --before: #1b5e9b; --added: #5b94c9; --mark: #b3401a; --warn: #8a3a00; --warn-panel: #fff;
  }
  html { font-size: 75%; }
  body { max-width: none; padding: 0; }
  .images { grid-template-columns: repeat(6, 1fr); }
  nav { display: none; }
  svg, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll { overflow: visible; }
  .sample { content-visibility: visible; }
  pre { white-space: pre-wrap; }
  h2, h3, summary, caption, thead { break-after: avoid; }
  tr { break-inside: avoid; }
}
)css";

}  // namespace

std::string_view page_style() { return kStyle; }

}  // namespace tenfold
