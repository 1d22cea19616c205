"""Half-done uploads and profile pictures name files of their own, in the folder of their kind.

The tables are Wagtail's. What breaks the rules was not put there by the portal, and nothing of value is lost: an
upload that nobody finished, and a profile picture that belongs to something else.
"""

from django.db import migrations

FORWARD = """
DELETE FROM wagtailcore_uploadedfile u
WHERE u.file !~ '^wagtail_uploads(/[^/]*[^/.][^/]*)+$'
  OR EXISTS (SELECT FROM wagtailcore_uploadedfile o WHERE o.file = u.file AND o.id < u.id);
ALTER TABLE wagtailcore_uploadedfile
  ADD CONSTRAINT thinka_upload_in_its_folder CHECK (file = '' OR file ~ '^wagtail_uploads(/[^/]*[^/.][^/]*)+$');
CREATE UNIQUE INDEX thinka_one_upload_per_file ON wagtailcore_uploadedfile (file) WHERE file <> '';
UPDATE wagtailusers_userprofile u SET avatar = ''
WHERE u.avatar <> '' AND (u.avatar !~ '^avatar_images(/[^/]*[^/.][^/]*)+$'
  OR EXISTS (SELECT FROM wagtailusers_userprofile o WHERE o.avatar = u.avatar AND o.id < u.id));
ALTER TABLE wagtailusers_userprofile
  ADD CONSTRAINT thinka_portrait_in_its_folder CHECK (avatar = '' OR avatar ~ '^avatar_images(/[^/]*[^/.][^/]*)+$');
CREATE UNIQUE INDEX thinka_one_portrait_per_file ON wagtailusers_userprofile (avatar) WHERE avatar <> '';
"""
BACKWARD = """
ALTER TABLE wagtailcore_uploadedfile DROP CONSTRAINT thinka_upload_in_its_folder;
ALTER TABLE wagtailusers_userprofile DROP CONSTRAINT thinka_portrait_in_its_folder;
DROP INDEX thinka_one_upload_per_file, thinka_one_portrait_per_file;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0010_file_names"),
        ("wagtailcore", "0093_uploadedfile"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
