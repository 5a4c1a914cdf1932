"""Tables of the roster: officers of days, keepers of months."""

from kac.db.columns import SQLModel, date, datetime, day, instant, key, looked_up, table


class SettlementRoster(SQLModel, table=True):
    """Who is responsible for a day (HYP-FIN-04); the newest row of a day holds. Append-only."""

    __tablename__ = "settlement_roster"
    __table_args__ = table(("officer", "officer <> ''"))

    id: int | None = key()
    day: date = day(index=True)
    officer: str
    by: str
    at: datetime = instant()


class SettlementKeeper(SQLModel, table=True):
    """Who keeps the papers of a month (HYP-FIN-11, A-14); the newest row holds. Append-only."""

    __tablename__ = "settlement_keeper"
    __table_args__ = table(("month", "length(month) = 7"), ("keeper", "keeper <> ''"))

    id: int | None = key()
    month: str = looked_up()
    keeper: str
    by: str
    at: datetime = instant()
