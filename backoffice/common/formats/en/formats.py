"""English dates: 4 Mar 2026, 15:07."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
SHORT_DAY_FORMAT = "j M"  # ours: beneath a chart there is no room for the year
