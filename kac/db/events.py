"""Events: the audit chain as people read it, one line for everything that was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kac.db.reader import Reader, Row

# Facts of every event that have a place of their own; the rest is listed as `facts`.
_KNOWN = ("verb", "subject", "before", "after", "reason")


def log(
    reader: Reader, words: str = "", actor: str = "", since: date | None = None
) -> list[dict[str, Any]]:
    """Events in the order they happened: of subjects holding the words, by one person, since."""
    links = reader.all(
        "SELECT seq, at, on_day, actor, command, request_id, body FROM audit"
        " WHERE (:actor = '' OR actor = :actor) AND (:since = '' OR on_day >= :since) ORDER BY seq",
        actor=actor,
        since=since.isoformat() if since else "",
    )
    return [
        event
        for link in links
        for event in _events(link)
        if words.upper() in event["about"].upper() or _is_between(event, words.upper())
    ]


def _is_between(event: dict[str, Any], number: str) -> bool:
    """Whether a number is among those of an event that made many documents at once."""
    first, last = event["subject"], event["through"]
    return bool(last) and (len(first), first) <= (len(number), number) <= (len(last), last)


def _events(link: Row) -> Iterator[dict[str, Any]]:
    for event in json.loads(link["body"])["events"]:
        facts = {name: value for name, value in event.items() if name not in _KNOWN}
        yield {
            "seq": link["seq"],
            "at": link["at"],
            "on_day": link["on_day"],
            "actor": link["actor"],
            "command": link["command"],
            "request": link["request_id"],
            "verb": event["verb"],
            "subject": event["subject"],
            "before": event.get("before"),
            "after": event.get("after"),
            "reason": event.get("reason") or None,
            "through": event.get("through", ""),
            "facts": [f"{name}={value}" for name, value in facts.items()],
            "about": " ".join([event["subject"], *(str(value) for value in facts.values())]),
        }


def verbs_of(reader: Reader, requests: Sequence[str]) -> dict[str, list[str]]:
    """What was done under each of these request ids, all of them among the latest."""
    if not requests:
        return {}
    marks = {f"request_{place}": request for place, request in enumerate(requests)}
    named = ", ".join(f":{mark}" for mark in marks)
    links = reader.all(
        f"SELECT request_id, body FROM audit WHERE request_id IN ({named})"
        " ORDER BY seq DESC LIMIT :most",
        most=len(marks),
        **marks,
    )
    return {
        link["request_id"]: [event["verb"] for event in json.loads(link["body"])["events"]]
        for link in links
    }


def committed(reader: Reader, request_id: str) -> Row | None:
    """The command that was committed under a request id; None where none was."""
    return reader.first(
        "SELECT request_id, name, actor, document, result, at FROM command WHERE request_id = :id",
        id=request_id,
    )
