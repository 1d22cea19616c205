"""Operations on very many pages in the background, with progress.

A web process notes the person's request (`asking`) instead of performing it; the background service
(`service`) lets a process that the wall binds repeat it as that person (`repeat`), and notes how it goes.
"""
