"""How text and questions become terms: one pipeline for every engine, without database and settings.

`tokens()` makes the terms that are stored with a document, `question()` those that are looked for; both read
text the same way, whatever stands between or inside words.
"""

from search.text.questions import Question, question
from search.text.spelling import closest, damerau_levenshtein
from search.text.tokens import Token, tokens

__all__ = ["Question", "Token", "closest", "damerau_levenshtein", "question", "tokens"]
