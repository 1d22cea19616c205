"""Where things lie in the tree of pages; see the design, section 4."""


def folder_path(page) -> str:
    """Return the path of the folder of the Träger in which `page` is: it is right below the root."""
    return page.path[: 2 * page.steplen]
