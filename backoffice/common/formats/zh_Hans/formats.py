"""Chinese dates as back offices write them, narrow and of one width: 2026-03-04 15:07."""

DATE_FORMAT = "Y-m-d"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y-m-d H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
SHORT_DAY_FORMAT = "m-d"  # ours: beneath a chart there is no room for the year
