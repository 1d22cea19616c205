"""What has changed between published versions of a method or partner, for its readers.

`told` says what a page says, as texts; `keeping` stores that whenever a page is published; `comparing` finds
what differs between two versions, without the database; `history` shows it.
"""
