"""How text and questions become terms: one pipeline for every engine, without database and settings.

`tokens()` makes the terms that are stored with a document, `question()` those that are looked for; both read
text the same way, whatever stands between or inside words. `synonyms()` adds words with the same meaning.
"""

from search.text.questions import Question, question
from search.text.spelling import closest, damerau_levenshtein
from search.text.synonyms import Stems, Synonyms, stems, synonyms
from search.text.tokens import Token, tokens

__all__ = [
    "Question",
    "Stems",
    "Synonyms",
    "Token",
    "closest",
    "damerau_levenshtein",
    "question",
    "stems",
    "synonyms",
    "tokens",
]
