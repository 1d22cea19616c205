"""A portal with very many pages, for measuring; `manage.py load_bulk` makes it."""
