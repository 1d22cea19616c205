"""Dates in the English editing area.

The date fields there write as WAGTAIL_DATE_FORMAT says, in every language of the editing area; what they
write must be understood when it comes back. Django adds the ISO formats by itself.
"""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d/%m/%Y"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M"]
