"""Where the portal departs from Django's formats (FORMAT_MODULE_PATH): one module per language."""
