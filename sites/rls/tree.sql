-- What must hold for the pages around a page, also where whoever writes that one sees none of these. The functions
-- store nothing but what follows from the tree, so it does no harm that everybody may call them.

-- The address of a page on which one works follows from that of the page above, and no page beside has it.
CREATE OR REPLACE FUNCTION portal_address_is_right(page int, its_slug text, address text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM wagtailcore_page own JOIN wagtailcore_page above ON above.path = left(own.path, -4)
    WHERE own.id = page AND address = above.url_path || its_slug || '/'
      AND portal_works(own.path::text, own.id, (SELECT portal_told('work_paths')::jsonb),
        (SELECT portal_told('granted_pages')::jsonb))
      AND NOT EXISTS (
        SELECT FROM wagtailcore_page p
        WHERE p.path ~>~ above.path AND p.path ~<~ (above.path || '~') AND p.depth = above.depth + 1
          AND p.slug = its_slug AND p.id <> page))
$$;

-- Counts the pages right below a page.
CREATE OR REPLACE FUNCTION portal_count_children(page bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE wagtailcore_page p SET numchild = counted.children
  FROM (
    SELECT count(c.id) AS children
    FROM wagtailcore_page top LEFT JOIN wagtailcore_page c
      ON c.path ~>~ top.path AND c.path ~<~ (top.path || '~') AND c.depth = top.depth + 1
    WHERE top.id = page
  ) counted
  WHERE p.id = page AND p.numchild <> counted.children
$$;

-- Gives the pages below a page the addresses that follow from its own.
CREATE OR REPLACE FUNCTION portal_address_below(page bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE step AS (
    SELECT p.id, p.path::text, p.depth, p.url_path::text FROM wagtailcore_page p WHERE p.id = page
    UNION ALL
    SELECT c.id, c.path::text, c.depth, step.url_path || c.slug || '/'
    FROM step JOIN wagtailcore_page c
      ON c.path ~>~ step.path AND c.path ~<~ (step.path || '~') AND c.depth = step.depth + 1
  )
  UPDATE wagtailcore_page p SET url_path = step.url_path FROM step WHERE p.id = step.id AND p.url_path <> step.url_path
$$;
