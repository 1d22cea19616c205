-- Sizes of pictures lie in the public folder while everybody may see the picture, else in the private one (see
-- sites.media.placement, which deletes what lies on the wrong side). The database notices when that changes, however it
-- changes, and marks the pictures.

-- The id of the object of the given model to which a row points; null where it points to something else.
CREATE OR REPLACE FUNCTION portal_pointed_to(reference wagtailcore_referenceindex, name text) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT CASE reference.to_content_type_id WHEN (SELECT portal_content_type('thinka_sites', name)) THEN reference.to_object_id::bigint END
$$;

-- Marks pictures of which there are sizes. Also those that are marked already: whoever is taking the mark away waits then,
-- and looks at what is true afterwards.
CREATE OR REPLACE FUNCTION portal_mark_pictures(pictures bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE thinka_sites_portalimage i SET renditions_stale = true
  WHERE i.id = ANY (pictures) AND EXISTS (SELECT FROM thinka_sites_portalrendition made WHERE made.image_id = i.id)
$$;

-- Pages began or ceased to show files.
CREATE OR REPLACE FUNCTION portal_references_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_mark_pictures(array_agg(portal_pointed_to(r, 'portalimage'))) FROM changed_rows r;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portal_logo_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM portal_mark_pictures(ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.logo_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.logo_id END]);
  RETURN NULL;
END $$;

-- The sizes that lie on the wrong side.
CREATE OR REPLACE VIEW portal_misplaced AS
  SELECT r.id, r.image_id, r.file
  FROM (SELECT DISTINCT image_id FROM thinka_sites_portalrendition) made
    CROSS JOIN LATERAL (SELECT portal_public_file('image', made.image_id) AS open) shown
    JOIN thinka_sites_portalrendition r ON r.image_id = made.image_id
  WHERE (r.file ^@ 'images/') <> shown.open;

-- Takes the marks away and returns what lies on the wrong side of the marked pictures and of `pictures`.
-- What anybody may call: it tells only what is to go at once.
CREATE OR REPLACE FUNCTION portal_take_misplaced(pictures bigint[]) RETURNS TABLE (id bigint, file text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE marked bigint[];
BEGIN
  WITH taken AS (UPDATE thinka_sites_portalimage i SET renditions_stale = false WHERE i.renditions_stale RETURNING i.id)
  SELECT array_agg(taken.id) INTO marked FROM taken;
  RETURN QUERY SELECT m.id::bigint, m.file::text FROM portal_misplaced m WHERE m.image_id = ANY (marked || pictures);
END $$;

-- Forgets sizes, if they do lie on the wrong side.
CREATE OR REPLACE FUNCTION portal_purge_misplaced(renditions bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM thinka_sites_portalrendition WHERE id = ANY (renditions) AND id IN (SELECT m.id FROM portal_misplaced m WHERE m.id = ANY (renditions))
$$;

CREATE OR REPLACE TRIGGER portal_shown AFTER INSERT ON wagtailcore_referenceindex
  REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_references_changed();
CREATE OR REPLACE TRIGGER portal_hidden AFTER DELETE ON wagtailcore_referenceindex
  REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_references_changed();
CREATE OR REPLACE TRIGGER portal_logo AFTER INSERT OR DELETE OR UPDATE OF logo_id ON thinka_sites_branding
  FOR EACH ROW EXECUTE FUNCTION portal_logo_changed();
