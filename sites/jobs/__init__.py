"""Operations on very many pages in the background, with progress.

A web process notes the person's request (`enqueue`) instead of performing it; the background service
(`service`) lets a process that RLS binds repeat it as that person (`replay`), and notes how it goes.
"""
