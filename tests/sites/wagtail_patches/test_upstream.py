"""An update of Wagtail that changes what is patched must say so."""

import subprocess
import sys

# In a process of its own: in this one the patches are in place, and their sources are our own.
PROGRAM = """
from unittest.mock import patch
import django
with patch("sites.wagtail_patches.apply"):
    django.setup()
from sites.wagtail_patches import changed_upstream, patches
assert patches()
print("\\n".join(changed_upstream()))
"""


def test_what_is_patched_is_what_the_patches_were_written_for():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
