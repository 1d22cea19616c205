-- The search: what follows a page at once, what waits for the background service, and the question itself.

-- A page changed: its entry has its readers and its path at once, and goes at once with a page that is withdrawn or
-- deleted; new words wait for the background service.
CREATE OR REPLACE FUNCTION portal_search_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM search_posting USING old_rows WHERE entry_id = old_rows.id;
    DELETE FROM search_entry USING old_rows WHERE page_id = old_rows.id;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO search_change (object_id) SELECT id FROM new_rows WHERE live;
  ELSE
    DELETE FROM search_posting USING new_rows n WHERE entry_id = n.id AND NOT n.live;
    DELETE FROM search_entry USING new_rows n WHERE page_id = n.id AND NOT n.live;
    UPDATE search_entry e SET readers = n.readers, path = n.path
    FROM new_rows n WHERE e.page_id = n.id AND (e.readers, e.path) IS DISTINCT FROM (n.readers, n.path);
    -- Whoever stores a page writes its row, also where only its text is another one. What changes places or readers
    -- of many pages changes none of their words.
    INSERT INTO search_change (object_id)
    SELECT id FROM new_rows n JOIN old_rows o USING (id)
    WHERE n.live
      AND ((n.readers, n.path, n.url_path, n.numchild) IS NOT DISTINCT FROM (o.readers, o.path, o.url_path, o.numchild)
        OR (n.live, n.title, n.last_published_at, n.locale_id) IS DISTINCT FROM (o.live, o.title, o.last_published_at, o.locale_id));
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_inserted AFTER INSERT ON wagtailcore_page
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();
CREATE OR REPLACE TRIGGER portal_search_updated AFTER UPDATE ON wagtailcore_page
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();
CREATE OR REPLACE TRIGGER portal_search_deleted AFTER DELETE ON wagtailcore_page
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();

-- An entry has the readers of its page from the beginning.
CREATE OR REPLACE FUNCTION portal_search_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.readers := coalesce((SELECT p.readers FROM wagtailcore_page p WHERE p.id = NEW.page_id), '{}');
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER portal_search_entry BEFORE INSERT ON search_entry
  FOR EACH ROW EXECUTE FUNCTION portal_search_entry();

-- Notes a page, or an object that pages name, of which a row of another table speaks: its model ("app.model") and
-- the column with its number are arguments of the trigger (see triggers.py).
CREATE OR REPLACE FUNCTION portal_search_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO search_change (model, object_id) VALUES (TG_ARGV[0],
    (to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1])::int);
  RETURN NULL;
END $$;

-- The pages in reach of a question: those that the person reads on the sites, in the language `language` (its code; any: null),
-- below the path `below`.
CREATE OR REPLACE FUNCTION portal_search_reach(language text, below text)
RETURNS TABLE (id int, content_type int, spoken int, words text)
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reads text[] := ARRAY(SELECT jsonb_object_keys(coalesce(portal_told('reads'), '{}')::jsonb));
  root boolean := portal_flag('root');
  locale int := (SELECT l.id FROM wagtailcore_locale l WHERE l.language_code = language);
BEGIN
  RETURN QUERY
  SELECT e.page_id, e.content_type_id, e.locale_id, e.sequence FROM search_entry e
  WHERE (root OR e.readers && reads) AND (e.until IS NULL OR e.until > now())
    AND (language IS NULL OR e.locale_id = locale) AND e.path ^@ below;
END $$;

-- Answers a question. `asked`:
--   words      per word the forms by which it is looked up: [[[term, weight], …], …]
--   phrases    lists of terms that stand next to each other
--   excluded   terms that do not occur
--   language, below    see portal_search_reach
--   types      ids of content types, null: all
--   start, stop        which hits, the best first
--   share      see `search.weights.SHARE_OF_WORDS`
-- The answer: `hits` (page, score, number of the question's words in it), `total` of the chosen types, `types` (hits by content type, whatever was
-- chosen), `languages` (the same by language), `found` (numbers of the words that occur at all, from 1), `most` (words in the best hit).
-- Whatever it counts and weighs, how rare a term is included, is of what the person may read: nothing else changes the
-- answer.
CREATE OR REPLACE FUNCTION portal_search(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  chosen int[] := CASE WHEN jsonb_typeof(asked->'types') = 'array'
    THEN ARRAY(SELECT jsonb_array_elements_text(asked->'types')::int) END;
  excluded text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'excluded'));
  phrases text[] := ARRAY(SELECT ' ' || (SELECT string_agg(term, ' ') FROM jsonb_array_elements_text(p) term) || ' '
    FROM jsonb_array_elements(asked->'phrases') p);
  terms int[];
BEGIN
  SELECT coalesce(array_agg(t.id), '{}') INTO terms
  FROM search_term t
  WHERE t.text IN (SELECT form->>0 FROM jsonb_array_elements(asked->'words') w, jsonb_array_elements(w) form);
  RETURN (
    WITH form AS MATERIALIZED (
      SELECT w.number AS word, t.id AS term, max((f->>1)::real) AS weight
      FROM jsonb_array_elements(asked->'words') WITH ORDINALITY w(forms, number), jsonb_array_elements(w.forms) f
        JOIN search_term t ON t.text = f->>0
      GROUP BY 1, 2
    ),
    reach AS MATERIALIZED (
      SELECT r.id, r.content_type, r.spoken FROM portal_search_reach(asked->>'language', asked->>'below') r
      WHERE phrases = '{}' OR NOT EXISTS (SELECT FROM unnest(phrases) p WHERE strpos(r.words, p) = 0)
    ),
    occurrence AS MATERIALIZED (
      SELECT p.entry_id AS page, p.term_id AS term, p.weight
      FROM search_posting p JOIN reach ON reach.id = p.entry_id WHERE p.term_id = ANY (terms)
    ),
    size AS (SELECT count(*) AS pages FROM reach),
    rarity AS MATERIALIZED (
      SELECT term, ln(1 + (size.pages - count(*) + 0.5) / (count(*) + 0.5)) AS value
      FROM occurrence, size GROUP BY term, size.pages
    ),
    by_word AS (
      SELECT o.page, form.word, sum(o.weight * form.weight * rarity.value) AS score
      FROM occurrence o JOIN form USING (term) JOIN rarity USING (term) GROUP BY o.page, form.word
    ),
    hit AS MATERIALIZED (
      SELECT page, count(*) AS words,
        sum(score) * (count(*)::float / jsonb_array_length(asked->'words')) ^ (asked->>'share')::float AS score
      FROM by_word
      WHERE excluded = '{}' OR NOT EXISTS (
        SELECT FROM search_posting p JOIN search_term t ON t.id = p.term_id
        WHERE p.entry_id = by_word.page AND t.text = ANY (excluded))
      GROUP BY page
    ),
    known AS MATERIALIZED (
      SELECT hit.page, hit.words, hit.score, reach.content_type, reach.spoken FROM hit JOIN reach ON reach.id = hit.page
    ),
    best AS (
      SELECT page, score, words FROM known WHERE chosen IS NULL OR content_type = ANY (chosen)
      ORDER BY score DESC, page LIMIT (asked->>'stop')::int - (asked->>'start')::int OFFSET (asked->>'start')::int
    )
    SELECT jsonb_build_object(
      'hits', (SELECT coalesce(jsonb_agg(jsonb_build_array(page, score, words) ORDER BY score DESC, page), '[]') FROM best),
      'total', (SELECT count(*) FROM known WHERE chosen IS NULL OR content_type = ANY (chosen)),
      'most', (SELECT coalesce(max(words), 0) FROM known),
      'types', (SELECT coalesce(jsonb_object_agg(content_type, number), '{}')
        FROM (SELECT content_type, count(*) AS number FROM known GROUP BY 1) kinds),
      'languages', (SELECT coalesce(jsonb_object_agg(spoken, number), '{}')
        FROM (SELECT spoken, count(*) AS number FROM known GROUP BY 1) languages),
      'found', (SELECT coalesce(jsonb_agg(DISTINCT form.word), '[]') FROM form JOIN rarity USING (term)))
  );
END $$;

-- For each of `words` the terms that resemble it and occur in what the person may read, at most 20.
CREATE OR REPLACE FUNCTION portal_search_similar(words text[], language text, below text)
RETURNS TABLE (word text, term text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH reach AS MATERIALIZED (SELECT r.id FROM portal_search_reach(language, below) r)
  SELECT w.word, near.text::text
  FROM unnest(words) w(word), LATERAL (
    SELECT t.text FROM search_term t
    WHERE t.text % w.word AND abs(length(t.text) - length(w.word)) <= 2
      AND EXISTS (SELECT FROM search_posting p JOIN reach ON reach.id = p.entry_id WHERE p.term_id = t.id)
    ORDER BY similarity(t.text, w.word) DESC, t.text LIMIT 20
  ) near;
END $$;
