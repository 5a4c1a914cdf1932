"""How the nightly page looks: light and dark on screens, black on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --ink: #1d2129; --soft: #667085; --line: #dfe3e8;
  --bar: #2f6fde; --before: #cbd5e4; --held: #7a5cc9;
  --good: #1a7f4b; --bad: #c0392b; --mind: #9a6700 }
@media (prefers-color-scheme: dark) { :root {
  --page: #14161a; --card: #1d2127; --ink: #e6e8eb; --soft: #98a2b3; --line: #343a43;
  --bar: #5b93f5; --before: #3b4759; --held: #a78bf0;
  --good: #4cc38a; --bad: #ff7b6b; --mind: #e2b340 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 24px; max-width: 1180px; background: var(--page);
  color: var(--ink);
  font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline;
  justify-content: space-between; margin-bottom: 16px }
h1 { font-size: 22px; margin: 0 }
h2 { font-size: 16px; margin: 0 0 8px }
footer { color: var(--soft); font-size: 13px; margin-top: 16px }
.soft { color: var(--soft) }
.good { color: var(--good) }
.bad { color: var(--bad) }
.mind { color: var(--mind) }
.verdict { font-size: 17px; font-weight: 600 }
.tiles, .cards { display: grid; gap: 16px; margin-bottom: 16px }
.tiles { grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)) }
.cards { grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)) }
section, .tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 14px 16px; break-inside: avoid; min-width: 0 }
.tile b { display: block; font-size: 20px; font-variant-numeric: tabular-nums }
svg { display: block; width: 100%; max-width: 440px; height: auto;
  font: 13px system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
svg text { fill: var(--ink); font-variant-numeric: tabular-nums }
svg .axis { fill: var(--soft) }
svg .bar { fill: var(--bar) }
svg .held { fill: var(--held) }
svg .before { fill: var(--before) }
svg .grid { stroke: var(--line) }
.wide { grid-column: 1 / -1; overflow-x: auto }
.wide svg { max-width: none; min-width: 640px }
.key { font-size: 13px; font-weight: 400 }
.key i { display: inline-block; width: 11px; height: 11px; border-radius: 2px;
  margin: 0 5px 0 12px }
.now { background: var(--bar) }
.then { background: var(--before) }
.scroll { overflow-x: auto }
.list { margin-bottom: 16px }
.checks { columns: 300px; column-gap: 24px; list-style: none; margin: 0; padding: 0;
  font-size: 14px }
table { border-collapse: collapse; width: 100%; min-width: 640px }
th { text-align: left; color: var(--soft); font-weight: 500 }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top }
td:nth-child(-n+2), .id { white-space: nowrap }
td:nth-child(3) { min-width: 14em }
td:nth-child(4) { min-width: 24em }
code { font: 13px ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
@media print {
  :root { color-scheme: light;
    --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
    --bar: #333; --before: #ccc; --held: #777; --good: #000; --bad: #000; --mind: #000 }
  @page { size: A4; margin: 14mm }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { padding: 0; max-width: none; font-size: 12px }
  .cards { grid-template-columns: 1fr 1fr; gap: 10px }
  .tiles { grid-template-columns: repeat(3, 1fr); gap: 10px }
  .wide svg, table { min-width: 0 }
  code { font-size: 11px }
  td:nth-child(4) { min-width: 14em }
  .list { break-inside: auto }
  tr { break-inside: avoid }
}
"""
