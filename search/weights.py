"""How much what counts, in one table; docs/editors/suche.md says the same in words."""

# Of a word in a field. Fields that are named nowhere count as text.
FIELDS = {"title": 5.0, "summary": 2.0, "short_name": 5.0}
VOCABULARY = 2.0
TEXT = 1.0
# The text inside a document.
ATTACHMENT = 0.5

# BM25: how soon another occurrence of a word says nothing new, and how much their length is held against a
# title and against any other field.
SATURATION = 1.2
LONG_TITLE, LONG_TEXT = 0.3, 0.5
# Words in a title and in another field of ordinary length. Constants: an average would change with what
# nobody may read.
USUAL_TITLE, USUAL_TEXT = 5, 150
# A longer text is held against itself no more than one of so many words.
LONGEST_TEXT = 3000
# No posting weighs more.
HIGHEST = SATURATION + 1

# A similar word instead of a mistyped one.
SIMILAR = 0.9

# A hit with some of the words only: its score times the share of the words to this power.
SHARE_OF_WORDS = 0.5

# By how much a score is raised or lowered: of events that are still to come, of what was checked in time, of
# what should have been checked by now, and of the own Träger and Sozialraum of whoever asks.
FACTORS = {"is:coming": 1.1, "checked:yes": 1.05, "checked:overdue": 0.8}
OWN = 1.1

# How much the meaning of an entry counts beside its words (1: it alone). Less misses what is said in other
# words, more loses names and what was typed exactly.
MEANING = 0.35
# The words count as much as the share of them that the fullest entry has, to this power: what was asked in
# another language meets a few words here by chance.
COVER = 1.5
# The meaning of an entry is that of its title, of the whole, and of the passage that is nearest.
LIKENESS = {"title": 0.3, "whole": 0.5, "passage": 0.4}
# So many entries at most are found by meaning alone: what comes after them, nobody has meant.
NEAREST = 20
# By how much the nearest of them has to be nearer than texts about something else, and than babble; and which
# part of that the others have to reach. With less, anything is found for any question; with more, good
# questions in other languages find nothing.
BEYOND_UNRELATED, BEYOND_BABBLE, PART_OF_BEST = 0.015, -0.03, 0.3

# A word with the same meaning, or all words of a longer name together, instead of what was asked for.
SYNONYM = 0.5
