-- The search: what follows a page at once, what waits for the background service, and the question itself.

-- The entries leave with all that hangs on them.
CREATE OR REPLACE FUNCTION portal_search_forget_entries(entries bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF entries <> '{}' THEN
    DELETE FROM search_posting WHERE entry_id = ANY (entries);
    DELETE FROM search_titleword WHERE entry_id = ANY (entries);
    DELETE FROM search_passage WHERE entry_id = ANY (entries);
    DELETE FROM search_entry WHERE id = ANY (entries);
  END IF;
END $$;

-- Those of the pages `pages` do.
CREATE OR REPLACE FUNCTION portal_search_forget(pages int[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_search_forget_entries(ARRAY(SELECT id FROM search_entry WHERE page_id = ANY (pages)));
END $$;

-- A page changed: its entry has its readers and its path at once, and goes at once with a page that is withdrawn or
-- deleted; new words wait for the background service.
CREATE OR REPLACE FUNCTION portal_search_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM portal_search_forget(ARRAY(SELECT id FROM old_rows));
    DELETE FROM search_pin USING old_rows WHERE page_id = old_rows.id;
    PERFORM portal_search_follow_documents(portal_search_shown_by(ARRAY(SELECT id FROM old_rows)));
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO search_change (object_id) SELECT id FROM new_rows WHERE live;
  ELSE
    PERFORM portal_search_forget(ARRAY(SELECT id FROM new_rows WHERE NOT live));
    UPDATE search_entry e SET readers = n.readers, path = n.path
    FROM new_rows n WHERE e.page_id = n.id AND (e.readers, e.path) IS DISTINCT FROM (n.readers, n.path);
    -- EXCEPT and INTERSECT take thousands of rows as quickly as one, each with itself; a join with a plan for one does not.
    PERFORM portal_search_follow_documents(portal_search_shown_by(ARRAY(
      SELECT id FROM (
        SELECT id, readers, path, locale_id FROM new_rows EXCEPT SELECT id, readers, path, locale_id FROM old_rows) changed)));
    -- Whoever stores a page writes its row, also where only its text is another one. What changes places or readers
    -- of many pages changes none of their words.
    INSERT INTO search_change (object_id)
    SELECT id FROM new_rows WHERE live AND id IN (
      SELECT id FROM (
        SELECT id, readers, path, url_path, numchild FROM new_rows
        INTERSECT SELECT id, readers, path, url_path, numchild FROM old_rows) in_its_place
      UNION ALL
      SELECT id FROM (
        SELECT id, live, title, last_published_at, locale_id FROM new_rows
        EXCEPT SELECT id, live, title, last_published_at, locale_id FROM old_rows) another);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_inserted AFTER INSERT ON wagtailcore_page
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();
CREATE OR REPLACE TRIGGER portal_search_updated AFTER UPDATE ON wagtailcore_page
  REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();
CREATE OR REPLACE TRIGGER portal_search_deleted AFTER DELETE ON wagtailcore_page
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_search_follow();

-- The entry of a page has the readers of that page, and the day up to which it counts as checked, from the beginning; for those of
-- documents see documents.sql.
CREATE OR REPLACE FUNCTION portal_search_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.readers := coalesce((SELECT p.readers FROM wagtailcore_page p WHERE p.id = NEW.page_id), '{}');
  NEW.checked_until := (
    SELECT v.verified_until FROM home_verification v JOIN wagtailcore_page p ON p.id = v.page_id
    WHERE p.translation_key = NEW.translation_key);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER portal_search_entry BEFORE INSERT ON search_entry
  FOR EACH ROW WHEN (NEW.page_id IS NOT NULL) EXECUTE FUNCTION portal_search_entry();

-- A page was checked, or nobody checks it any more: that holds for all its languages, at once.
CREATE OR REPLACE FUNCTION portal_search_checked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE search_entry e SET checked_until = CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.verified_until END
  FROM wagtailcore_page p
  WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.page_id ELSE NEW.page_id END AND e.translation_key = p.translation_key;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_search_checked AFTER INSERT OR DELETE OR UPDATE OF verified_until ON home_verification
  FOR EACH ROW EXECUTE FUNCTION portal_search_checked();

-- Notes a page, or an object that pages name, of which a row of another table speaks: its model ("app.model") and
-- the column with its number are arguments of the trigger (see triggers.py).
CREATE OR REPLACE FUNCTION portal_search_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO search_change (model, object_id) VALUES (TG_ARGV[0],
    (to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1])::int);
  RETURN NULL;
END $$;

-- Who is searching, as far as entries are concerned, and in which language (its code; any: null).
CREATE OR REPLACE FUNCTION portal_search_who(
  language text, OUT reads text[], OUT root boolean, OUT seen bigint[], OUT documents boolean, OUT locale int)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  reads := ARRAY(SELECT jsonb_object_keys(coalesce(portal_told('reads'), '{}')::jsonb));
  root := portal_flag('root');
  seen := ARRAY(SELECT jsonb_object_keys(coalesce(nullif(portal_told('seen_documents'), ''), '{}')::jsonb)::bigint);
  -- In the editing area people read documents by another rule than that of `readers`.
  documents := root OR coalesce(portal_told('area'), '') = 'site';
  locale := (SELECT l.id FROM wagtailcore_locale l WHERE l.language_code = language);
END $$;

-- Whether the person `who` finds an entry. Without settings of its own: it is made part of the query that asks it.
CREATE OR REPLACE FUNCTION portal_search_opens(
  entry_readers text[], entry_document bigint, entry_until timestamptz,
  reads text[], root boolean, seen bigint[], documents boolean) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (root OR entry_readers && reads OR entry_document = ANY (seen)) AND (documents OR entry_document IS NULL)
    AND (entry_until IS NULL OR entry_until > now())
$$;

-- What the entries `reach` mean, compared with the question `asked->'meaning'`: of the nearest ones, and of the entries
-- `hits`. Nothing where vectors can't be compared.
--   vector, model      of the question
--   title, whole, passage      how much the likeness of each counts (see `search.models.Passage`)
--   nearest    that many entries may be hits by meaning alone
--   exact      among more entries than that, the nearest are looked up in an index
--   beyond, babble     by how much the best has to be nearer than what is unrelated (see `search.meaning.unrelated`)
--   part       how much of that each has to reach
-- `near`: whether it is a hit by meaning; `passage`: id of the passage that is nearest.
CREATE OR REPLACE FUNCTION portal_search_meant(asked jsonb, reach bigint[], hits bigint[])
RETURNS TABLE (entry bigint, likeness float, near boolean, passage bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  meaning jsonb := asked->'meaning';
  question text := meaning->>'vector';
  by_model text := meaning->>'model';
  nearest int := (meaning->>'nearest')::int;
  of_title float := (meaning->>'title')::float;
  of_whole float := (meaning->>'whole')::float;
  of_passage float := (meaning->>'passage')::float;
  candidates bigint[] := reach;
BEGIN
  IF question IS NULL OR NOT EXISTS (
    SELECT FROM pg_attribute
    WHERE attrelid = 'search_passage'::regclass AND attname = 'vector' AND format_type(atttypid, NULL) = 'halfvec'
  ) THEN
    RETURN;
  END IF;
  IF cardinality(reach) > (meaning->>'exact')::int THEN
    -- Without it, a person who reads few of the nearest ones would get less.
    PERFORM set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', (5 * nearest)::text, true);
    candidates := hits || ARRAY(SELECT near.entry_id FROM (
      SELECT p.entry_id FROM search_passage p WHERE p.entry_id = ANY (reach) AND p.model = by_model
      ORDER BY p.vector <#> question::halfvec LIMIT 5 * nearest) near);
  END IF;
  RETURN QUERY
  WITH compared AS MATERIALIZED (
    SELECT p.id, p.entry_id, p.number, -(p.vector <#> question::halfvec) AS alike
    FROM search_passage p WHERE p.entry_id = ANY (candidates) AND p.model = by_model AND p.vector IS NOT NULL
  ),
  unrelated AS MATERIALIZED (
    SELECT avg(u.likeness) FILTER (WHERE NOT u.babble) AS otherwise, avg(u.likeness) FILTER (WHERE u.babble) AS babble
    FROM (
      SELECT -(p.vector <#> question::halfvec) AS likeness, p.number >= 100 AS babble,
        row_number() OVER (PARTITION BY p.number >= 100 ORDER BY p.vector <#> question::halfvec) AS place
      FROM search_passage p WHERE p.entry_id IS NULL AND p.model = by_model AND p.vector IS NOT NULL
    ) u WHERE u.place <= 3
  ),
  own AS (
    SELECT c.entry_id, max(c.alike) FILTER (WHERE c.number = 0) AS title, max(c.alike) FILTER (WHERE c.number = 1) AS whole,
      max(c.alike) FILTER (WHERE c.number > 1) AS passage,
      (array_agg(c.id ORDER BY c.alike DESC, c.number) FILTER (WHERE c.number > 1))[1] AS best
    FROM compared c GROUP BY c.entry_id
  ),
  alike AS (
    SELECT o.entry_id, o.best,
      (of_title * coalesce(o.title, o.whole) + of_whole * o.whole + of_passage * coalesce(o.passage, o.whole))
        / (of_title + of_whole + of_passage) AS likeness
    FROM own o WHERE o.whole IS NOT NULL
  ),
  ranked AS (
    SELECT a.*, max(a.likeness) OVER () AS top, row_number() OVER (ORDER BY a.likeness DESC, a.entry_id) AS place FROM alike a
  )
  SELECT r.entry_id, r.likeness, coalesce(
      r.place <= nearest
      AND r.top - u.otherwise >= (meaning->>'beyond')::float AND r.top - u.babble >= (meaning->>'babble')::float
      AND r.likeness - u.otherwise >= (meaning->>'part')::float * (r.top - u.otherwise), false),
    r.best
  FROM ranked r, unrelated u WHERE r.place <= nearest OR r.entry_id = ANY (hits);
END $$;

-- Answers a question. `asked`:
--   words      per word the forms by which it is looked up: [[[term, weight], …], …]
--   together   terms that count only where they all occur: [{places: numbers of the words for which they stand, from 1;
--              terms; weight}, …]
--   pinned     ids of pages that come first, in this order, as hits that have all words
--   phrases    lists of terms that stand next to each other
--   excluded   terms that do not occur
--   language, below    in which language (its code; any: null) and below which path
--   chosen     by facet the values of which a hit has one: {"topic": ["topic:schulden", …], …}
--   factors    by value of a facet, by how much it raises or lowers a score: {"checked:overdue": 0.8, …}
--   order      "relevance", or "date": the newest first
--   start, stop        which hits, the first ones first
--   share      see `search.weights.SHARE_OF_WORDS`
--   meaning    what is meant, null: only words are looked for. See portal_search_meant; share: how much it counts beside the
--              words, cover: see `search.weights.COVER`
-- By words, entries in `language` are found; by meaning those in all languages, and each page in one.
-- The answer: `hits` (page, document, score, language, for what was found by its meaning alone: the nearest passage),
-- `total` of them, `all`: how many there are whatever is chosen, `facets`: by value how many hits it would leave together with what is chosen in the other
-- facets, `languages`: all hits by language, `found`: numbers of the words that occur at all, from 1, `most`: words in
-- the best hit.
-- Whatever it counts and weighs, how rare a term is included, is of what the person may read: nothing else changes the
-- answer.
CREATE OR REPLACE FUNCTION portal_search(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  excluded text[] := ARRAY(SELECT jsonb_array_elements_text(asked->'excluded'));
  phrases text[] := ARRAY(SELECT ' ' || (SELECT string_agg(term, ' ') FROM jsonb_array_elements_text(p) term) || ' '
    FROM jsonb_array_elements(asked->'phrases') p);
  pinned int[] := ARRAY(SELECT jsonb_array_elements_text(asked->'pinned')::int);
  by_date boolean := asked->>'order' = 'date';
  share float := (asked->'meaning'->>'share')::float;
  who record := portal_search_who(asked->>'language');
  any_language boolean := asked->>'language' IS NULL;
  -- In how many entries a term could occur.
  entries float;
  -- Those that have one of the excluded terms.
  refused_entries bigint[] := ARRAY(
    SELECT p.entry_id FROM search_term t JOIN search_posting p ON p.term_id = t.id WHERE excluded <> '{}' AND t.text = ANY (excluded));
  terms bigint[];
BEGIN
  SELECT coalesce(array_agg(t.id), '{}') INTO terms
  FROM search_term t
  WHERE t.text IN (SELECT form->>0 FROM jsonb_array_elements(asked->'words') w, jsonb_array_elements(w) form
    UNION ALL SELECT jsonb_array_elements_text(a->'terms') FROM jsonb_array_elements(asked->'together') a);
  SELECT count(*) INTO entries
  FROM search_entry e
  WHERE portal_search_opens(e.readers, e.document_id, e.until, who.reads, who.root, who.seen, who.documents)
    AND e.path ^@ (asked->>'below') AND (any_language OR e.locale_id = who.locale);
  RETURN (
    WITH form AS MATERIALIZED (
      SELECT w.number AS word, t.id AS term, max((f->>1)::real) AS weight
      FROM jsonb_array_elements(asked->'words') WITH ORDINALITY w(forms, number), jsonb_array_elements(w.forms) f
        JOIN search_term t ON t.text = f->>0
      GROUP BY 1, 2
    ),
    choice AS MATERIALIZED (
      SELECT c.key AS facet, ARRAY(SELECT jsonb_array_elements_text(c.value)) AS accepted FROM jsonb_each(asked->'chosen') c
    ),
    factor AS MATERIALIZED (SELECT f.key AS facet, ln(f.value::float) AS value FROM jsonb_each_text(asked->'factors') f),
    -- What the person finds, in all languages where meaning counts; else only what has one of the terms. `work` is the same
    -- for all languages of a page.
    everything AS MATERIALIZED (
      SELECT e.id, e.translation_key AS work, e.page_id AS page, e.locale_id AS spoken
      FROM search_entry e
      WHERE portal_search_opens(e.readers, e.document_id, e.until, who.reads, who.root, who.seen, who.documents)
        AND e.path ^@ (asked->>'below')
        AND (share IS NOT NULL OR ((any_language OR e.locale_id = who.locale)
          AND (e.page_id = ANY (pinned) OR e.id IN (SELECT p.entry_id FROM search_posting p WHERE p.term_id = ANY (terms)))))
        AND (phrases = '{}' OR NOT EXISTS (SELECT FROM unnest(phrases) p WHERE strpos(e.sequence, p) = 0))
    ),
    reach AS MATERIALIZED (SELECT * FROM everything WHERE any_language OR spoken = who.locale),
    occurrence AS MATERIALIZED (
      SELECT p.entry_id AS entry, p.term_id AS term, p.weight
      FROM search_posting p JOIN reach ON reach.id = p.entry_id WHERE p.term_id = ANY (terms)
    ),
    rarity AS MATERIALIZED (
      SELECT term, ln(1 + (entries - count(*) + 0.5) / (count(*) + 0.5)) AS value FROM occurrence GROUP BY term
    ),
    alternative AS MATERIALIZED (
      SELECT a.number, a.value->'places' AS places, (a.value->>'weight')::real AS weight,
        jsonb_array_length(a.value->'terms') AS size, t.id AS term
      FROM jsonb_array_elements(asked->'together') WITH ORDINALITY a(value, number),
        jsonb_array_elements_text(a.value->'terms') w(text) JOIN search_term t ON t.text = w.text
    ),
    complete AS MATERIALIZED (
      SELECT o.entry, a.places, avg((o.weight * a.weight * rarity.value * 1e6)::int)::int AS score
      FROM alternative a JOIN occurrence o USING (term) JOIN rarity USING (term)
      GROUP BY o.entry, a.number, a.places, a.size HAVING count(*) = a.size
    ),
    -- In millionths: a sum of whole numbers is the same in whatever order rows come, which other people's entries may change.
    by_word AS MATERIALIZED (
      SELECT entry, word, sum(score)::int AS score
      FROM (
        SELECT o.entry, form.word, (o.weight * form.weight * rarity.value * 1e6)::int AS score
        FROM occurrence o JOIN form USING (term) JOIN rarity USING (term)
        UNION ALL SELECT complete.entry, place::int, complete.score FROM complete, jsonb_array_elements_text(places) place
      ) scores
      GROUP BY entry, word
    ),
    found AS MATERIALIZED (
      SELECT entry, count(*) AS words,
        sum(score) / 1e6::float * (count(*)::float / jsonb_array_length(asked->'words')) ^ (asked->>'share')::float AS score
      FROM by_word
      WHERE entry <> ALL (refused_entries)
      GROUP BY entry
    ),
    meant AS MATERIALIZED (
      SELECT m.* FROM portal_search_meant(asked,
        ARRAY(SELECT id FROM everything WHERE id <> ALL (refused_entries)),
        ARRAY(SELECT entry FROM found ORDER BY score DESC, entry LIMIT 200)) m
    ),
    -- What lies how far above the middle of all that is compared, from 0 to 1.
    spread AS (
      SELECT middle, nullif(top - middle, 0) AS width
      FROM (SELECT avg((likeness * 1e9)::bigint)::float / 1e9 AS middle, max(likeness) AS top FROM meant) m
    ),
    -- Of the languages of a page the one that was asked for, else the nearest.
    version AS MATERIALIZED (
      SELECT DISTINCT ON (coalesce(near.work::text, e.id::text))
        e.id AS entry, near.likeness, CASE WHEN e.id = near.entry THEN near.passage END AS passage
      FROM (
        SELECT m.*, o.work, coalesce(other.id, o.id) AS version
        FROM meant m JOIN everything o ON o.id = m.entry LEFT JOIN everything other ON other.work = o.work WHERE m.near
      ) near JOIN everything e ON e.id = near.version
      WHERE e.id <> ALL (refused_entries)
      ORDER BY coalesce(near.work::text, e.id::text), e.spoken = who.locale DESC NULLS LAST, e.id = near.entry DESC,
        near.likeness DESC, e.id
    ),
    hit AS (
      SELECT coalesce(f.entry, v.entry) AS entry, coalesce(f.words, 0) AS words, CASE WHEN f.words IS NULL THEN coalesce(v.passage, 0) END AS passage,
        CASE WHEN spread.middle IS NULL THEN f.score ELSE (1 - share) * coalesce(f.score / max(f.score) OVER ()
          * (max(f.words) OVER ()::float / jsonb_array_length(asked->'words')) ^ (asked->'meaning'->>'cover')::float, 0)
          + share * coalesce(greatest(0, (greatest(m.likeness, v.likeness) - middle) / width), 0) END AS score
      FROM found f FULL JOIN version v ON v.entry = f.entry LEFT JOIN meant m ON m.entry = coalesce(f.entry, v.entry), spread
      UNION ALL
      SELECT id, 0, NULL, 0 FROM reach WHERE pinned <> '{}' AND page = ANY (pinned)
        AND NOT EXISTS (SELECT FROM found WHERE entry = id) AND NOT EXISTS (SELECT FROM version WHERE entry = id)
    ),
    -- `refused`: the facets of which it has none of the chosen values.
    known AS MATERIALIZED (
      SELECT e.page_id AS page, e.document_id AS document, e.date AS dated, f.facets, e.locale_id AS spoken, pin.place AS pin, hit.passage,
        CASE WHEN pin.place IS NULL THEN hit.words ELSE jsonb_array_length(asked->'words') END AS words,
        hit.score * (SELECT exp(coalesce(sum(value), 0)) FROM factor WHERE facet = ANY (f.facets)) AS score,
        ARRAY(SELECT facet FROM choice WHERE NOT f.facets && choice.accepted) AS refused
      FROM hit JOIN search_entry e ON e.id = hit.entry
        LEFT JOIN unnest(pinned) WITH ORDINALITY pin(page, place) ON pin.page = e.page_id
        -- To the facets that an entry holds comes what follows from its place and the time.
        CROSS JOIN LATERAL (SELECT e.facets || array_remove(ARRAY['traeger:' || left(e.path, 8),
          CASE WHEN e.checked_until < (asked->>'today')::date THEN 'checked:overdue' WHEN e.checked_until IS NOT NULL THEN 'checked:yes' END,
          CASE WHEN e.until IS NOT NULL THEN 'is:coming' END], NULL) AS facets) f
    ),
    best AS (
      SELECT page, document, score, spoken, passage, row_number() OVER (
        ORDER BY CASE WHEN by_date THEN dated END DESC NULLS LAST, CASE WHEN NOT by_date THEN pin END, score DESC, page, document) AS place
      FROM known WHERE refused = '{}'
      ORDER BY place LIMIT (asked->>'stop')::int - (asked->>'start')::int OFFSET (asked->>'start')::int
    )
    SELECT jsonb_build_object(
      'hits', (SELECT coalesce(jsonb_agg(jsonb_build_array(page, document, score,
        (SELECT l.language_code FROM wagtailcore_locale l WHERE l.id = spoken),
        CASE WHEN passage IS NOT NULL THEN coalesce((SELECT p.text FROM search_passage p WHERE p.id = passage), '') END
        ) ORDER BY place), '[]') FROM best),
      'total', (SELECT count(*) FROM known WHERE refused = '{}'),
      'all', (SELECT count(*) FROM known),
      'most', (SELECT coalesce(max(words), 0) FROM known),
      'facets', (SELECT coalesce(jsonb_object_agg(value, number), '{}') FROM (
        SELECT value, count(*) AS number FROM known, unnest(facets) value
        WHERE refused = '{}' OR refused = ARRAY[split_part(value, ':', 1)] GROUP BY 1) counted),
      'languages', (SELECT coalesce(jsonb_object_agg(spoken, number), '{}')
        FROM (SELECT spoken, count(*) AS number FROM known GROUP BY 1) languages),
      'found', (SELECT coalesce(jsonb_agg(DISTINCT word), '[]') FROM by_word))
  );
END $$;

-- For each of `words` the terms that resemble it and occur in what the person may read, at most 20.
CREATE OR REPLACE FUNCTION portal_search_similar(words text[], language text, below text)
RETURNS TABLE (word text, term text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  who record := portal_search_who(language);
BEGIN
  RETURN QUERY
  SELECT w.word, near.text::text
  FROM unnest(words) w(word), LATERAL (
    SELECT t.text FROM search_term t
    WHERE t.text % w.word AND abs(length(t.text) - length(w.word)) <= 2
      AND EXISTS (
        SELECT FROM search_posting p JOIN search_entry e ON e.id = p.entry_id
        WHERE p.term_id = t.id AND e.path ^@ below AND (language IS NULL OR e.locale_id = who.locale)
          AND portal_search_opens(e.readers, e.document_id, e.until, who.reads, who.root, who.seen, who.documents))
    ORDER BY similarity(t.text, w.word) DESC, t.text LIMIT 20
  ) near;
END $$;

-- Pages whose titles have all of `words`, the last one as a beginning, among what the person may read: at most `most`.
CREATE OR REPLACE FUNCTION portal_search_suggest(words text[], language text, below text, most int)
RETURNS TABLE (page int, facets text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  who record := portal_search_who(language);
  beginning text := replace(replace(replace(words[array_upper(words, 1)], '\', '\\'), '%', '\%'), '_', '\_') || '%';
  others text[] := words[:array_upper(words, 1) - 1];
BEGIN
  RETURN QUERY
  SELECT e.page_id, e.facets FROM search_entry e
  WHERE e.id IN (SELECT w.entry_id FROM search_titleword w WHERE w.word LIKE beginning)
    AND e.path ^@ below AND (language IS NULL OR e.locale_id = who.locale)
    AND portal_search_opens(e.readers, e.document_id, e.until, who.reads, who.root, who.seen, who.documents)
    AND NOT EXISTS (SELECT FROM unnest(others) other WHERE NOT EXISTS (
      SELECT FROM search_titleword w WHERE w.entry_id = e.id AND w.word = other))
  -- The shortest titles first: the others are more likely about something else.
  ORDER BY (SELECT count(*) FROM search_titleword w WHERE w.entry_id = e.id), e.page_id LIMIT most;
END $$;

-- Counts that `asked` was searched for in the language `spoken` (code), and whether something was found: the text without anything
-- about who asked, on the day that people here have. What may be a number or an address of a person is left out. However often it is called, there are at
-- most 600 counts in ten minutes and 1,000 new rows a day.
CREATE OR REPLACE FUNCTION portal_search_asked(asked text, spoken text, hits boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET timezone = 'Europe/Berlin' SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  this_month date := date_trunc('month', current_date);
BEGIN
  IF asked IS NULL OR length(asked) NOT BETWEEN 1 AND 100 OR asked ~ '@|(\d\D*){5}'
    OR NOT EXISTS (SELECT FROM wagtailcore_locale l WHERE l.language_code = spoken)
    OR portal_count('search:asked', 600, 1) > 600
    OR portal_count('search:asked:' || md5(spoken || ' ' || asked), 600, 1) > 1
  THEN
    RETURN;
  END IF;
  -- A count that is lost in a crash is no loss; nobody waits for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE search_askedquestion q SET number = number + 1, without_hits = without_hits + (NOT hits)::int
  WHERE q.text = asked AND q.language = spoken AND q.month = this_month;
  IF NOT FOUND AND portal_count('search:new', 86400, 1) <= 1000 THEN
    INSERT INTO search_askedquestion (text, language, month, first_on, number, without_hits, clicks)
    VALUES (asked, spoken, this_month, current_date, 1, (NOT hits)::int, 0)
    ON CONFLICT (text, language, month) DO NOTHING;
  END IF;
END $$;

-- Counts that a hit was opened after `asked` was searched for: only where that was counted this month.
CREATE OR REPLACE FUNCTION portal_search_clicked(asked text, spoken text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET timezone = 'Europe/Berlin' SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  row_id bigint := (
    SELECT q.id FROM search_askedquestion q
    WHERE q.text = asked AND q.language = spoken AND q.month = date_trunc('month', current_date)::date);
BEGIN
  IF row_id IS NULL OR portal_count('search:clicked:' || row_id, 600, 1) > 1 THEN
    RETURN;
  END IF;
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE search_askedquestion SET clicks = least(number, clicks + 1) WHERE id = row_id;
END $$;
