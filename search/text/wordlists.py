"""Lists of words as they stand in modules: many to a line."""


def words(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())
