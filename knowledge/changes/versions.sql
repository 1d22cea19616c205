-- A version is read by who could read its page when it was published. Nobody else says who that is.
CREATE OR REPLACE FUNCTION portal_version_arrives() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Nothing is said before its time, for the newest ones are kept.
  NEW.published_at := least(NEW.published_at, clock_timestamp());
  NEW.readers := coalesce((SELECT p.readers FROM wagtailcore_page p WHERE p.id = NEW.page_id), '{}');
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER portal_arrives BEFORE INSERT ON knowledge_publishedversion
  FOR EACH ROW EXECUTE FUNCTION portal_version_arrives();
