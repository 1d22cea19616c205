"""Searching by meaning: texts as vectors, made by a sentence model in this process; nothing is sent anywhere.

`model` is the one module that knows which model that is. `passages` cuts entries into what one vector stands
for, `filling` lets the background service make the vectors, `storage` knows where they lie. Where the model
or PostgreSQL's extension `vector` is missing, or SEARCH_SEMANTIC is "off", the search goes on by words alone:
`state` tells why.
"""
