"""The words of pages for the search of the editing area, in the rows; and no index of Wagtail's beside them.

`search_words` brings a text into one spelling: lower case, ä and ae and a as one, ß and ss, no accents, one space
around each word. Its name keeps it from being dropped with the functions of `sites.rls`, which come after each
migration: a column is made of it. What it does may change only together with that column.
"""

from django.db import migrations

WORDS = r"""
CREATE FUNCTION search_words(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(
    ' ' || replace(replace(regexp_replace(
      regexp_replace(
        normalize(replace(lower(normalize(text, NFKC) COLLATE pg_c_utf8), 'ß', 'ss'), NFKD),
        -- Accents; vowels and strokes of Arabic; soft hyphens and what else nobody sees.
        '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]+', '', 'g'),
      -- No umlaut in Frauen, Steuer, Quelle.
      '(?<![aeiouq])ue', 'u', 'g'), 'ae', 'a'), 'oe', 'o') || ' ',
    '[^[:alnum:]]+' COLLATE pg_c_utf8, ' ', 'g')
$$;
ALTER TABLE wagtailcore_page
  DROP COLUMN search_key,
  ADD COLUMN words text NOT NULL GENERATED ALWAYS AS (
    search_words(title || ' ' || CASE WHEN draft_title = title THEN '' ELSE draft_title END)) STORED;
"""
WITHOUT_WORDS = """
ALTER TABLE wagtailcore_page
  DROP COLUMN words,
  ADD COLUMN search_key text GENERATED ALWAYS AS (id::text) STORED;
DROP FUNCTION search_words;
"""
# Its rows would be out of date the moment somebody saves.
NO_INDEX = """
DELETE FROM wagtailsearch_indexentry;
DROP INDEX portal_entry_object;
ALTER TABLE wagtailsearch_indexentry DROP COLUMN readers;
"""
AN_INDEX = """
ALTER TABLE wagtailsearch_indexentry ADD COLUMN readers text[] NOT NULL DEFAULT '{}';
CREATE INDEX portal_entry_object ON wagtailsearch_indexentry (object_id);
"""


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0025_project_contact"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunSQL(WORDS, WITHOUT_WORDS), migrations.RunSQL(NO_INDEX, AN_INDEX)]
