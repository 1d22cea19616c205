"""The text inside documents: PDF, Office and OpenDocument files, plain text.

A file is foreign input, so it is read in a process of its own with limits (`reader`), which knows neither
Django nor any password. What it tells is kept as an `Attachment`; bringing that into the index is left to
`search.indexing`. Front door: `queue.read_waiting` for the background service, `models.Attachment`.
"""
