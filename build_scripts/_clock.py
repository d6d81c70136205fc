"""Which day it is: the portal's day is Chinese standard time, whatever the machine's clock is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

# Asia/Shanghai has been UTC+8 without summer time since 1992; no time zone files are needed for today.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def today(now: datetime | None = None) -> date:
    """Today in Shanghai, from a moment that knows its time zone."""
    return (now or datetime.now(UTC)).astimezone(SHANGHAI).date()
