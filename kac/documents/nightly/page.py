"""The nightly page: one file of HTML that needs nothing else, light or dark, on screen or paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from kac.core import i18n
from kac.core.calendar import ZONE, local_text
from kac.core.findings import Finding
from kac.core.i18n import _, ngettext
from kac.core.money import format_fen
from kac.core.text import shown
from kac.documents.nightly import charts
from kac.documents.nightly.charts import Bar
from kac.documents.nightly.facts import Check, Night
from kac.documents.nightly.style import STYLE

# How a check that came to this is shown; whatever else it came to is bad.
_SIGNS = {"ok": ("soft", "√"), "reminders": ("mind", "!")}


def html(night: Night, made_at: datetime) -> str:
    """The page of a night; `made_at` is when it was made."""
    title = _("Night of {day}").format(day=night.on)
    parts = [
        f"<header><h1>{_safe(night.company)} · {_safe(title)}</h1>"
        f"{_verdict(night.findings)}</header>",
        _tiles(night),
        f'<div class="cards">{_sales(night)}{_gates(night)}{_ages(night)}</div>',
        _findings(night.findings),
        _checks(night.checks),
        _foot(night, made_at),
    ]
    return (
        f'<!doctype html>\n<html lang="{i18n.language().replace("_", "-")}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(night.company)} · {_safe(title)}</title>\n<style>{STYLE}</style>\n"
        "</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _verdict(findings: Sequence[Finding]) -> str:
    hard = sum(1 for each in findings if not each.soft)
    soft = len(findings) - hard
    if hard:
        tone, says = "bad", ngettext("{count} difference", "{count} differences", hard)
    else:
        tone, says = "good", _("nothing is missing")
    told = f'<span class="{tone}">{_safe(says.format(count=hard))}</span>'
    if soft:
        reminders = ngettext("{count} reminder", "{count} reminders", soft).format(count=soft)
        told += f' · <span class="mind">{_safe(reminders)}</span>'
    return f'<span class="verdict">{told}</span>'


def _tiles(night: Night) -> str:
    tiles = [(name, format_fen(fen)) for name, fen in night.figures]
    tiles.append((_("open orders"), str(night.open_orders)))
    return (
        '<div class="tiles">'
        + "".join(
            f'<div class="tile"><span class="soft">{_safe(name)}</span><b>{_safe(value)}</b></div>'
            for name, value in tiles
        )
        + "</div>"
    )


def _sales(night: Night) -> str:
    title = _("Sales by day, in yuan")
    bars = [
        Bar(f"{day:%m-%d}", fen // 100, format_fen(fen), before // 100)
        for day, fen, before in night.sales
    ]
    now, before = _("these days"), _("a year before")
    key = (
        f'<span class="key soft"><i class="now"></i>{_safe(now)}'
        f'<i class="then"></i>{_safe(before)}</span>'
    )
    empty = "" if any(bar.value or bar.before for bar in bars) else _("nothing was sold")
    return _card(title, empty, charts.columns(title, bars, every=5), key, wide=True)


def _gates(night: Night) -> str:
    title = _("Open orders by what they wait for")
    bars = [Bar(name, count, str(count)) for name, count in night.gates]
    return _card(title, "" if bars else _("no order is open"), charts.rows(title, bars))


def _ages(night: Night) -> str:
    return "".join(
        _card(
            title,
            "" if any(fen for _name, fen in ages) else empty,
            charts.rows(title, [Bar(name, fen, format_fen(fen)) for name, fen in ages], tone),
        )
        for title, ages, tone, empty in (
            (
                _("Owed by customers, by days since delivery"),
                night.owed,
                "bar",
                _("nobody owes anything"),
            ),
            (
                _("Held for customers, by days since payment"),
                night.held,
                "held",
                _("nothing is held for anybody"),
            ),
        )
    )


def _card(title: str, empty: str, picture: str, key: str = "", *, wide: bool = False) -> str:
    body = f'<p class="soft">{_safe(empty)}</p>' if empty else picture
    place = ' class="wide"' if wide else ""
    return f"<section{place}><h2>{_safe(title)}{key if not empty else ''}</h2>\n{body}</section>\n"


def _findings(findings: Sequence[Finding]) -> str:
    title = _("What is missing")
    if not findings:
        nothing = _("nothing at all")
        return f'<section><h2>{_safe(title)}</h2><p class="good">{_safe(nothing)}</p></section>'
    heads = (_("kind"), _("about"), _("says"), _("do"), _("rules"))
    head = "".join(f"<th>{_safe(each)}</th>" for each in heads)
    lines = "".join(map(_line, sorted(findings, key=lambda each: each.soft)))
    return (
        f'<section class="list"><h2>{_safe(title)}</h2><div class="scroll">'
        f"<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div></section>"
    )


def _line(finding: Finding) -> str:
    kind, tone = (_("reminder"), "mind") if finding.soft else (_("differs"), "bad")
    cells = (
        f'<span class="{tone}">{_safe(kind)}</span>',
        f"<code>{_safe(finding.subject or finding.check)}</code>",
        _safe(finding.says),
        f"<code>{_safe(finding.command)}</code>" if finding.command else "",
        " ".join(f'<span class="id">{_safe(rule)}</span>' for rule in finding.rules),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _checks(checks: Sequence[Check]) -> str:
    """Every check on its own line, whether it found anything or not."""
    title = _("Checks")
    lines = "".join(
        f'<li class="{tone}">{sign} {_safe(_(check.name))}{_count(check)}</li>'
        for check in checks
        for tone, sign in (_SIGNS.get(check.state, ("bad", "×")),)
    )
    return f'<section class="list"><h2>{_safe(title)}</h2><ul class="checks">{lines}</ul></section>'


def _count(check: Check) -> str:
    return f": {check.count}" if check.count else ""


def _foot(night: Night, made_at: datetime) -> str:
    told = _("ledger {ledger}, audit head {head}, made {at} {zone}").format(
        ledger=night.ledger, head=night.head, at=local_text(made_at), zone=ZONE
    )
    return f"<footer>{_safe(told)}</footer>"


def _safe(text: str) -> str:
    return escape(shown(text))
