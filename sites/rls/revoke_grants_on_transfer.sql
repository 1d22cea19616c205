-- What goes to another Träger leaves its grants behind: whoever gave them has no say there.

-- A page. The folder of a Träger may itself have got another place, with everything in it: that changes nothing. Then
-- nothing is left where it was.
CREATE OR REPLACE FUNCTION portal_page_leaves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF substr(OLD.path, 9) <> substr(NEW.path, 9) OR EXISTS (SELECT FROM wagtailcore_page WHERE path = left(OLD.path, 8)) THEN
    -- Each deletion, also of nothing, looks at readers; most pages of a moved section have no grants.
    IF EXISTS (SELECT FROM thinka_sites_pageusergrant WHERE content_object_id = NEW.id) THEN
      DELETE FROM thinka_sites_pageusergrant WHERE content_object_id = NEW.id;
    END IF;
    IF EXISTS (SELECT FROM thinka_sites_pagegroupgrant WHERE content_object_id = NEW.id) THEN
      DELETE FROM thinka_sites_pagegroupgrant WHERE content_object_id = NEW.id;
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- A picture or document. Arguments: the tables of its grants.
CREATE OR REPLACE FUNCTION portal_file_leaves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF left(portal_collection_path(OLD.collection_id), 8) <> left(portal_collection_path(NEW.collection_id), 8) THEN
    FOR i IN 0 .. TG_NARGS - 1 LOOP
      EXECUTE format('DELETE FROM %I WHERE content_object_id = $1', TG_ARGV[i]) USING NEW.id;
    END LOOP;
  END IF;
  RETURN NULL;
END $$;

-- A collection, with the files in it.
CREATE OR REPLACE FUNCTION portal_collection_leaves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF substr(OLD.path, 9) <> substr(NEW.path, 9)
    OR EXISTS (SELECT FROM wagtailcore_collection WHERE path = left(OLD.path, 8))
  THEN
    DELETE FROM thinka_sites_imageusergrant g USING thinka_sites_portalimage i
      WHERE g.content_object_id = i.id AND i.collection_id = NEW.id;
    DELETE FROM thinka_sites_imagegroupgrant g USING thinka_sites_portalimage i
      WHERE g.content_object_id = i.id AND i.collection_id = NEW.id;
    DELETE FROM thinka_sites_documentusergrant g USING thinka_sites_portaldocument d
      WHERE g.content_object_id = d.id AND d.collection_id = NEW.id;
    DELETE FROM thinka_sites_documentgroupgrant g USING thinka_sites_portaldocument d
      WHERE g.content_object_id = d.id AND d.collection_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

-- The folder of a Träger and its collection are right below the root: their paths have 8 characters.
CREATE OR REPLACE TRIGGER portal_leaves AFTER UPDATE OF path ON wagtailcore_page
  FOR EACH ROW WHEN (left(OLD.path, 8) <> left(NEW.path, 8)) EXECUTE FUNCTION portal_page_leaves();
CREATE OR REPLACE TRIGGER portal_leaves AFTER UPDATE OF path ON wagtailcore_collection
  FOR EACH ROW WHEN (left(OLD.path, 8) <> left(NEW.path, 8)) EXECUTE FUNCTION portal_collection_leaves();
CREATE OR REPLACE TRIGGER portal_leaves AFTER UPDATE OF collection_id ON thinka_sites_portalimage
  FOR EACH ROW WHEN (OLD.collection_id <> NEW.collection_id)
  EXECUTE FUNCTION portal_file_leaves('thinka_sites_imageusergrant', 'thinka_sites_imagegroupgrant');
CREATE OR REPLACE TRIGGER portal_leaves AFTER UPDATE OF collection_id ON thinka_sites_portaldocument
  FOR EACH ROW WHEN (OLD.collection_id <> NEW.collection_id)
  EXECUTE FUNCTION portal_file_leaves('thinka_sites_documentusergrant', 'thinka_sites_documentgroupgrant');
