-- What an alias or a translation follows narrows who reads it. Once that is gone it would be open again, so it gets a
-- restriction of its own then. An alias is withdrawn besides: nobody but its source's Träger has ever edited it.

-- Wagtail withdraws the aliases that whoever deletes may write. Before portal_leftovers, after which they are none.
CREATE OR REPLACE FUNCTION portal_aliases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wagtailcore_page SET live = false, has_unpublished_changes = true
  WHERE alias_of_id IN (SELECT id FROM old_rows) AND live;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER portal_aliases AFTER DELETE ON wagtailcore_page
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_aliases();

-- The pages whose restrictions hold for `page`; `without` is one that is not followed.
CREATE OR REPLACE FUNCTION portal_restrictors(page int, without int DEFAULT NULL) RETURNS SETOF int
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE holding AS (
  SELECT above.id, above.alias_of_id, above.translation_key, above.locale_id
  FROM wagtailcore_page p JOIN wagtailcore_page above ON above.path = ANY (portal_lineage(p.path::text))
  WHERE p.id = page
  UNION
  SELECT above.id, above.alias_of_id, above.translation_key, above.locale_id
  FROM holding
  JOIN LATERAL (
    SELECT o.id, o.path FROM wagtailcore_page o WHERE o.id = holding.alias_of_id
    UNION ALL
    SELECT o.id, o.path FROM wagtailcore_page o
    WHERE o.translation_key = holding.translation_key AND o.locale_id = portal_source_locale()
      AND o.locale_id <> holding.locale_id
  ) origin ON origin.id IS DISTINCT FROM without
  JOIN wagtailcore_page above ON above.path = ANY (portal_lineage(origin.path::text))
)
SELECT id FROM holding
$$;

-- A restriction holds for `page` only because it follows `source`, and the page has none of its own of this kind. Which
-- groups it names is not compared: when a page is deleted, those that its restriction named are gone first.
CREATE OR REPLACE FUNCTION portal_would_open(page int, source int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_pageviewrestriction lost
    WHERE lost.page_id IN (SELECT portal_restrictors(page)) AND lost.page_id NOT IN (SELECT portal_restrictors(page, source))
      AND NOT EXISTS (
        SELECT FROM wagtailcore_pageviewrestriction own
        WHERE own.page_id = page AND (lost.restriction_type = 'login' OR own.restriction_type = 'groups')))
$$;

-- Whoever asks is bound by RLS: for functions that run as the owner of the tables, who is bound by none.
CREATE OR REPLACE FUNCTION portal_is_bound() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT portal_flag('root') AND NOT pg_has_role(
    coalesce(nullif(current_setting('role'), 'none'), session_user)::name,
    (SELECT relowner FROM pg_class WHERE oid = 'public.wagtailcore_page'::regclass), 'USAGE')
$$;

-- Restricts what follows `source` (or of that only `follower`) as if it still did: for who may delete the one, or works
-- on the other.
CREATE OR REPLACE FUNCTION portal_keep_closed(source int, follower int DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  page int;
  lost bigint[];
  own bigint[];
  kept bigint;
BEGIN
  IF portal_is_bound() AND NOT portal_page_path(source) ^@ ANY (portal_texts('edit_paths'))
    AND NOT portal_works_on_page(follower, portal_told('work_paths')::jsonb, portal_told('granted_pages')::jsonb)
  THEN
    PERFORM portal_refuse('What follows a page is closed by who may delete the page.');
  END IF;
  FOR page IN
    SELECT f.id FROM wagtailcore_page o JOIN wagtailcore_page f ON f.alias_of_id = o.id
    WHERE o.id = source
    UNION
    SELECT f.id FROM wagtailcore_page o JOIN wagtailcore_page f USING (translation_key)
    WHERE o.id = source AND o.locale_id = portal_source_locale() AND f.locale_id <> o.locale_id
    ORDER BY id
  LOOP
    CONTINUE WHEN page <> coalesce(follower, page);
    SELECT array_agg(r.id) INTO lost FROM wagtailcore_pageviewrestriction r
    WHERE r.page_id IN (SELECT portal_restrictors(page)) AND r.page_id NOT IN (SELECT portal_restrictors(page, source));
    CONTINUE WHEN lost IS NULL;
    -- A page has one restriction of its own. Several hold together as one to the groups that are in all of them.
    SELECT array_agg(r.id) INTO own FROM wagtailcore_pageviewrestriction r WHERE r.page_id = page;
    INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password)
      SELECT page, CASE WHEN bool_and(r.restriction_type = 'login') THEN 'login' ELSE 'groups' END, ''
      FROM wagtailcore_pageviewrestriction r WHERE r.id = ANY (lost || own)
      RETURNING id INTO kept;
    INSERT INTO wagtailcore_pageviewrestriction_groups (pageviewrestriction_id, group_id)
      SELECT kept, m.group_id
      FROM wagtailcore_pageviewrestriction r LEFT JOIN wagtailcore_pageviewrestriction_groups m ON m.pageviewrestriction_id = r.id
      WHERE r.id = ANY (lost || own) AND r.restriction_type <> 'login' AND m.group_id IS NOT NULL
      GROUP BY m.group_id
      HAVING count(*) = (
        SELECT count(*) FROM wagtailcore_pageviewrestriction n WHERE n.id = ANY (lost || own) AND n.restriction_type <> 'login');
    DELETE FROM wagtailcore_pageviewrestriction_groups WHERE pageviewrestriction_id = ANY (own);
    DELETE FROM wagtailcore_pageviewrestriction WHERE id = ANY (own);
  END LOOP;
END $$;
