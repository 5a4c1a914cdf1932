"""Campaigns at the counter: plan and prepare them; the list of owners, and the day itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.campaignview import GATES, LIST, OWNERS, RECORD
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    day_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Part
from kac.core.i18n import _
from kac.desk.campaigns.states import ABOUT, CHANNELS, LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Campaigns: plan, prepare them; owners called, arrived, absent"))

Campaign = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Owner = Annotated[
    str, typer.Argument(metavar="OWNER", help=_("number on the list, name or telephone"))
]
Owners = Annotated[
    list[str], typer.Argument(metavar="OWNER…", help=_("numbers on the list, names or telephones"))
]


@app.command(
    "new",
    help=_("Begin to plan a campaign; 15 to 20 days before its event is in time."),
    epilog=examples("kac campaign new 江畔花园家装团购 --event-day 2026-12-08"),
)
@writing
def new(
    asked: Writing,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("estate, or name"))],
    event_day: Annotated[Any, day_option("--event-day", help=_("the day of the event"))] = None,
) -> None:
    """Plan a campaign."""
    day = needed(event_day, "--event-day", _("On which day?"))

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import actions

        return actions.new(work, name, day)

    write(asked, "campaign new", act, {"name": name, "event_day": day})


@app.command(
    "tick",
    help=_("Tick a line of the checklist: yes or no, points, channels, a person, or words."),
    epilog=examples(
        "kac campaign tick HD20261120-0001 concession 5 --note 厂家补3点，我们让2点",
        "kac campaign tick HD20261120-0001 channels phone,estate_desk",
        "kac campaign tick HD20261120-0001 station_deposit campaign_cashier",
    ),
)
@writing
def tick(
    asked: Writing,
    campaign: Campaign,
    item: Annotated[str, typer.Argument(metavar="WORD", help=_("survey, concession, channels …"))],
    value: Annotated[str, typer.Argument(metavar="[VALUE]", help=_("what the line asks for"))] = "",
) -> None:
    """Tick a line of the checklist."""

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import actions

        return actions.tick(work, campaign, item, value, asked.note)

    write(asked, "campaign tick", act, {"campaign": campaign, "item": item, "value": value})


@app.command(
    "owner",
    help=_("Put a homeowner on the list, by a channel that was fixed before."),
    epilog=examples(
        "kac campaign owner HD20261120-0001 孙先生 --phone 13800138010 --channel phone --time 9:30"
    ),
)
@writing
def owner(
    asked: Writing,
    campaign: Campaign,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("who signs up"))],
    phone: Annotated[str, typer.Option("--phone", metavar="PHONE", help=_("telephone"))] = "",
    channel: Annotated[
        Any, choice_option("--channel", of=tuple(CHANNELS), help=_("how it came in"))
    ] = "",
    time: Annotated[
        str, typer.Option("--time", metavar="TIME", help=_("when they want to come"))
    ] = "",
) -> None:
    """Register an owner."""
    typed = {
        "name": name,
        "phone": needed(phone, "--phone", _("Which telephone?")),
        "channel": needed(channel, "--channel", _("By which channel?")),
        "time": time,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.register(work, campaign, attendance.Registration(**typed))

    write(asked, "campaign owner", act, {"campaign": campaign, **typed})


@app.command(
    "call",
    help=_("Write down calls to owners: of the event, of the day, or since they were absent."),
    epilog=examples("kac campaign call HD20261120-0001 郑先生 --about event"),
)
@writing
def call(
    asked: Writing,
    campaign: Campaign,
    owners: Owners,
    about: Annotated[
        Any, choice_option("--about", of=tuple(ABOUT), help=_("what the call is about"))
    ] = "event",
    content: Annotated[
        str, typer.Option("--content", metavar="TEXT", help=_("what was said"))
    ] = "",
) -> None:
    """Write down calls."""
    subject = about or "event"

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.call(work, campaign, owners, subject, content)

    typed = {"campaign": campaign, "owners": owners, "about": subject, "content": content}
    write(asked, "campaign call", act, typed)


@app.command(
    "arrive",
    help=_("Register on the day who arrived, with a souvenir for each where asked."),
    epilog=examples("kac campaign arrive HD20261120-0001 郑先生 --souvenir"),
)
@writing
def arrive(
    asked: Writing,
    campaign: Campaign,
    owners: Owners,
    souvenir: Annotated[
        bool, typer.Option("--souvenir", help=_("with a souvenir for each"))
    ] = False,
) -> None:
    """Register arrivals."""

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.arrive(work, campaign, owners, souvenir=souvenir)

    typed = {"campaign": campaign, "owners": owners, "souvenir": souvenir}
    write(asked, "campaign arrive", act, typed)


@app.command(
    "souvenir",
    help=_("Give a souvenir to an owner who arrived, once."),
    epilog=examples("kac campaign souvenir HD20261120-0001 何女士"),
)
@writing
def souvenir(asked: Writing, campaign: Campaign, owner: Owner) -> None:
    """Give a souvenir."""

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.hand_souvenir(work, campaign, owner)

    write(asked, "campaign souvenir", act, {"campaign": campaign, "owner": owner})


@app.command(
    "check",
    help=_("Hold arrivals against the list: whoever did not come is absent."),
    epilog=examples("kac campaign check HD20261120-0001"),
)
@writing
def check(asked: Writing, campaign: Campaign) -> None:
    """Check arrivals."""

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.check(work, campaign)

    write(asked, "campaign check", act, {"campaign": campaign})


@app.command(
    "deposit",
    help=_("Take a deposit in cash at the cashier's station, against a receipt; no guide does."),
    epilog=examples("kac campaign deposit HD20261120-0001 何女士 --amount 500"),
)
@writing
def deposit(
    asked: Writing,
    campaign: Campaign,
    owner: Owner,
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
) -> None:
    """Take a deposit."""
    paid = needed(amount, "--amount", _("How much?"))

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import attendance

        return attendance.deposit(work, campaign, owner, paid, "cash")

    write(asked, "campaign deposit", act, {"campaign": campaign, "owner": owner, "amount": paid})


@app.command(
    "close",
    help=_("Close a campaign whose arrivals are checked and whose absent were called again."),
    epilog=examples("kac campaign close HD20261120-0001"),
)
@writing
def close(asked: Writing, campaign: Campaign) -> None:
    """Close a campaign."""

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import actions

        return actions.close(work, campaign)

    write(asked, "campaign close", act, {"campaign": campaign})


@app.command(
    "cancel",
    help=_("Give a campaign up that did not take place."),
    epilog=examples("kac campaign cancel HD20261120-0001 --reason 台风"),
)
@writing
def cancel(
    asked: Writing,
    campaign: Campaign,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Cancel a campaign."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.campaigns import actions

        return actions.cancel(work, campaign, why)

    write(asked, "campaign cancel", act, {"campaign": campaign, "reason": why})


@app.command(
    "list",
    help=_("All campaigns, the latest event at the head."),
    epilog=examples("kac campaign list", "kac campaign list --state planned --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, choice_option("--state", of=tuple(LABELS), help=_("in this state"))] = "",
) -> None:
    """List campaigns."""
    from kac.desk.campaigns import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
        empty = none_of(reader, "campaign", found, _("no campaign"))
    rows = [{**dict(row), "deposit": row["deposit_fen"]} for row in found]
    show.rows(asked, LIST, rows, empty=empty)


@app.command(
    "show",
    help=_("Show a campaign: its checklist, its list of owners, what is still to be done."),
    epilog=examples("kac campaign show HD20261120-0001"),
)
@reading
def show_(asked: Reading, campaign: Campaign) -> None:
    """Show a campaign."""
    from kac.desk.campaigns import queries

    with reading_ledger() as reader:
        row = queries.find(reader, campaign, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
        owners = queries.owners(reader, row["id"])
    told = [gate.as_dict() | {"part": gate.part} for gate in gates]
    listed = [{**dict(owner), "deposit": owner["deposit_fen"]} for owner in owners]
    show.record(
        asked,
        RECORD,
        {**dict(row), "deposit": row["deposit_fen"]},
        [Part("gates", _("checklist"), GATES, told), Part("owners", _("owners"), OWNERS, listed)],
    )
