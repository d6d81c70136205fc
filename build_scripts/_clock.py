"""What time it is for the portal: its day and minute are those of Chinese standard time, whatever the machine is set to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

# Asia/Shanghai has been UTC+8 without summer time since 1992; no time zone files are needed for today.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def minute(now: datetime | None = None) -> str:
    """The minute it is in Shanghai, `YYYY-MM-DD HH:MM`, from a moment that knows its time zone."""
    return (now or datetime.now(UTC)).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
