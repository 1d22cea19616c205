"""How much what counts, in one table; docs/editors/suche.md says the same in words."""

# Of a word in a field. Fields that are named nowhere count as text.
FIELDS = {"title": 5.0, "summary": 2.0, "short_name": 5.0}
VOCABULARY = 2.0
TEXT = 1.0

# BM25: how soon another occurrence of a word says nothing new, and how much their length is held against a
# title and against any other field.
SATURATION = 1.2
LONG_TITLE, LONG_TEXT = 0.3, 0.5
# Words in a title and in another field of ordinary length. Constants: an average would change with what
# nobody may read.
USUAL_TITLE, USUAL_TEXT = 5, 150
# No posting weighs more.
HIGHEST = SATURATION + 1

# A similar word instead of a mistyped one.
SIMILAR = 0.9

# A hit with some of the words only: its score times the share of the words to this power.
SHARE_OF_WORDS = 0.5
