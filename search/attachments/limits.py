"""Which files have a text, by the ending of their names, and how much one may cost, whatever is in it."""

ENDINGS = frozenset({"pdf", "txt", "csv", "docx", "pptx", "xlsx", "odt", "ods", "odp"})

# Of the process that reads it: seconds, both of the clock and of the processor, and bytes of memory.
SECONDS = 60
MEMORY = 768 * 1024 * 1024
# Then it stops reading and tells what it has.
SOON = 45
# Bytes of the file itself, and of all that is unpacked out of one.
FILE = 200 * 1024 * 1024
UNPACKED = 200 * 1024 * 1024
# Characters of text; about a hundred full pages. What comes after is not found.
TEXT = 300_000
# Bytes that it can answer: each character takes twelve at most, as JSON.
ANSWER = 12 * TEXT + 10_000
