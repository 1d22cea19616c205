"""The Wegweiser: who helps with this problem, in this neighbourhood, in this language, now.

`places` loads what a person may read as values, `matching` narrows and counts them without the database,
`question` is what an address asks, `views` the page. Whoever adds a condition adds it in `matching`, and in
static/js/wegweiser/matching.js: phones narrow by themselves where there is no network, what `payload` says
(`offline_views`, `device`).
"""
