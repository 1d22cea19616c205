-- The vocabulary: its two levels, and the merging of words. See models/vocabulary.py and merging.py.

-- A word belongs to one of the same language that belongs to none itself. Binds everybody, the owner too.
CREATE OR REPLACE FUNCTION portal_guard_levels() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE fits boolean;
BEGIN
  -- Nobody gives the word above a place below another one meanwhile.
  EXECUTE format('SELECT p.parent_id IS NULL AND p.locale_id = $1 AND p.id <> $2 FROM %I p WHERE p.id = $3 FOR SHARE',
    TG_TABLE_NAME) INTO fits USING NEW.locale_id, NEW.id, NEW.parent_id;
  IF fits THEN
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I c WHERE c.parent_id = $1)', TG_TABLE_NAME) INTO fits USING NEW.id;
  END IF;
  IF fits IS NOT TRUE THEN
    RAISE EXCEPTION 'The vocabulary has two levels, each language its own.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- What names a word below this one is found by its short form, too: it is indexed anew.
CREATE OR REPLACE FUNCTION portal_rename_word() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('UPDATE %I SET name = name WHERE parent_id = $1', TG_TABLE_NAME) USING NEW.id;
  RETURN NULL;
END $$;

-- A value of a draft in which the word `old` stands as a number, alone or among others.
CREATE OR REPLACE FUNCTION portal_with_word(value jsonb, old bigint, new bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN value = to_jsonb(old) THEN to_jsonb(new)
    WHEN jsonb_typeof(value) = 'array' THEN (
      SELECT coalesce(jsonb_agg(word ORDER BY place), '[]')
      FROM (
        SELECT word, min(n) AS place
        FROM (
          SELECT CASE WHEN each = to_jsonb(old) THEN to_jsonb(new) ELSE each END AS word, n
          FROM jsonb_array_elements(value) WITH ORDINALITY AS listed(each, n)) AS replaced
        GROUP BY word) AS once)
    ELSE value END
$$;

-- Let everything that names a word name the one that it becomes part of: published, drafts and older versions. Whoever
-- keeps the vocabulary may do that, but does not see all pages that name it. Argument: what can name it, as JSON.
CREATE OR REPLACE FUNCTION portal_merge_word() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  use jsonb;
  kept uuid;
  type int := portal_content_type(TG_ARGV[0], TG_ARGV[1]);
BEGIN
  EXECUTE format('SELECT translation_key FROM %I WHERE id = $1 AND locale_id = $2 AND id <> $3', TG_TABLE_NAME)
    INTO kept USING NEW.merged_into_id, NEW.locale_id, NEW.id;
  IF kept IS NULL THEN
    RAISE EXCEPTION 'A word is merged into another one of its language.' USING ERRCODE = 'check_violation';
  END IF;
  FOR use IN SELECT jsonb_array_elements(TG_ARGV[2]::jsonb) LOOP
    IF (use ->> 'many')::boolean THEN
      EXECUTE format('INSERT INTO %1$I (%2$I, %3$I) SELECT u.%2$I, $2 FROM %1$I u WHERE u.%3$I = $1'
        ' ON CONFLICT DO NOTHING', use ->> 'table', use ->> 'owner', use ->> 'column')
        USING NEW.id, NEW.merged_into_id;
      EXECUTE format('DELETE FROM %I WHERE %I = $1', use ->> 'table', use ->> 'column') USING NEW.id;
      -- A page in a language for which a word had no name has the German one. Both would be the same word twice.
      EXECUTE format('DELETE FROM %1$I u USING %4$I w, wagtailcore_page p WHERE w.id = u.%3$I AND p.id = u.%2$I'
        ' AND w.translation_key = $1 AND w.locale_id <> p.locale_id AND EXISTS (SELECT FROM %1$I o JOIN %4$I v'
        ' ON v.id = o.%3$I WHERE o.%2$I = u.%2$I AND v.translation_key = $1 AND v.locale_id = p.locale_id)',
        use ->> 'table', use ->> 'owner', use ->> 'column', TG_TABLE_NAME) USING kept;
    ELSE
      EXECUTE format('UPDATE %1$I SET %3$I = $2 WHERE %3$I = $1', use ->> 'table', use ->> 'owner', use ->> 'column')
        USING NEW.id, NEW.merged_into_id;
      -- The search looks at pages, not at their rows.
      EXECUTE format('UPDATE %1$I SET %2$I = %2$I WHERE %2$I IN (SELECT %4$I FROM %3$I WHERE %5$I = $1)',
        use ->> 'page_table', use ->> 'page_key', use ->> 'table', use ->> 'owner', use ->> 'column')
        USING NEW.merged_into_id;
    END IF;
    IF jsonb_array_length(use -> 'path') = 1 THEN
      UPDATE wagtailcore_revision r
      SET content = jsonb_set(r.content, ARRAY[use #>> '{path,0}'],
        portal_with_word(r.content -> (use #>> '{path,0}'), NEW.id, NEW.merged_into_id))
      WHERE r.content_type_id = portal_content_type(use ->> 'app', use ->> 'model')
        AND r.content -> (use #>> '{path,0}') @> to_jsonb(NEW.id);
    ELSE
      UPDATE wagtailcore_revision r
      SET content = jsonb_set(r.content, ARRAY[use #>> '{path,0}'], (
        SELECT jsonb_agg(CASE WHEN part ? (use #>> '{path,1}') THEN jsonb_set(part, ARRAY[use #>> '{path,1}'],
          portal_with_word(part -> (use #>> '{path,1}'), NEW.id, NEW.merged_into_id)) ELSE part END ORDER BY n)
        FROM jsonb_array_elements(r.content -> (use #>> '{path,0}')) WITH ORDINALITY AS parts(part, n)))
      WHERE r.content_type_id = portal_content_type(use ->> 'app', use ->> 'model')
        AND r.content -> (use #>> '{path,0}') @> jsonb_build_array(jsonb_build_object(use #>> '{path,1}', NEW.id));
    END IF;
  END LOOP;
  DELETE FROM wagtailcore_referenceindex r
  WHERE r.to_content_type_id = type AND r.to_object_id = NEW.id::text AND EXISTS (
    SELECT FROM wagtailcore_referenceindex o
    WHERE (o.base_content_type_id, o.object_id, o.to_content_type_id, o.content_path_hash)
      = (r.base_content_type_id, r.object_id, type, r.content_path_hash)
      AND o.to_object_id = NEW.merged_into_id::text);
  UPDATE wagtailcore_referenceindex SET to_object_id = NEW.merged_into_id::text
  WHERE to_content_type_id = type AND to_object_id = NEW.id::text;
  RETURN NULL;
END $$;
