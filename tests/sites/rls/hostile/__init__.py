"""The web role with the principals of a normal editor, in the wrong hands: what it would try, as data.

Placeholders in the tries: `{foreign…}` are ids of Träger A, `{my…}` those of who is logged in, the editor of
Träger B (see `things`).
"""
