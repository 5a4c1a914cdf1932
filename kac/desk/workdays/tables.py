"""The table of the calendar: days that are not what their weekday says."""

from kac.db.columns import SQLModel, date, datetime, day, instant, key, table


class CalendarDay(SQLModel, table=True):
    """Whether one day is worked; the newest row of a day holds. Append-only."""

    __tablename__ = "calendar_day"
    __table_args__ = table(("is_workday", "is_workday IN (0, 1)"))

    id: int | None = key()
    day: date = day(index=True)
    is_workday: bool
    name: str
    source: str
    batch: str
    at: datetime = instant()
