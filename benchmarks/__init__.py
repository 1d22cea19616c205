"""Measuring on a portal with very many pages; for nobody who runs one. See `make bench-access`."""
