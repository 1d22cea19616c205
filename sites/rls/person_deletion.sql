-- Who is deleted leaves no name behind, however the account is deleted. Rows that belong to the person go with the
-- account (see foreign_keys.py and sites.accounts.deletion); here is what stays and says who it was: the history and drafts.

-- The stored content of a page without the comments and answers of a person; answers to these comments go with them.
CREATE OR REPLACE FUNCTION portal_without_comments(content jsonb, who bigint) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_set(content, '{wagtail_admin_comments}', coalesce(jsonb_agg(
    jsonb_set(c, '{replies}', coalesce(
      (SELECT jsonb_agg(a) FROM jsonb_array_elements(c -> 'replies') a WHERE a ->> 'user' <> who::text), '[]'))
    ) FILTER (WHERE c ->> 'user' <> who::text), '[]'))
  FROM jsonb_array_elements(content -> 'wagtail_admin_comments') c
$$;

CREATE OR REPLACE FUNCTION portal_person_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  holder jsonb := jsonb_build_object('holder', jsonb_build_object('kind', 'user', 'id', OLD.id));
  theirs jsonpath := format('$.wagtail_admin_comments[*] ? (@.user == %1$s || @.replies[*].user == %1$s)', OLD.id);
  comments text[]; replies text[];
BEGIN
  -- The history of the account: its label was the name.
  UPDATE wagtailcore_modellogentry SET label = '#' || OLD.id, data = '{}'
  WHERE content_type_id = portal_content_type('thinka_sites', 'user') AND object_id = OLD.id::text;

  -- Mails to the person that are not sent yet, and what they asked for.
  DELETE FROM thinka_sites_outgoingmail
  WHERE content <> '' AND lower(content::jsonb ->> 'to')::jsonb = jsonb_build_array(lower(OLD.email));
  DELETE FROM thinka_sites_passwordrequest WHERE lower(email) = lower(OLD.email);

  -- Invitations of the person, and what teams remember of one; see portal_record_forgets for the rest.
  DELETE FROM thinka_sites_invitation WHERE lower(email) = lower(OLD.email);
  UPDATE thinka_sites_teamrecord SET about = '' WHERE lower(about) = lower(OLD.email);

  DELETE FROM wagtailcore_referenceindex
  WHERE to_content_type_id = portal_content_type('thinka_sites', 'user') AND to_object_id = OLD.id::text;

  -- Grants that the person held, in the history of pages and of files.
  UPDATE wagtailcore_pagelogentry SET data = jsonb_set(data, '{holder,name}', '""') WHERE data @> holder;
  UPDATE wagtailcore_modellogentry SET data = jsonb_set(data, '{holder,name}', '""') WHERE data @> holder;

  -- Comments are deleted with the person; the history repeats their texts, also where others answered or deleted them.
  SELECT array_agg(data #>> '{comment,id}') FILTER (WHERE action = 'wagtail.comments.create'),
    array_agg(data #>> '{reply,id}') FILTER (WHERE action = 'wagtail.comments.create_reply')
  INTO comments, replies FROM wagtailcore_pagelogentry
  WHERE user_id = OLD.id AND action IN ('wagtail.comments.create', 'wagtail.comments.create_reply');
  UPDATE wagtailcore_pagelogentry SET data = jsonb_set(data, '{comment,text}', '"…"')
  WHERE data #>> '{comment,id}' = ANY (comments);
  UPDATE wagtailcore_pagelogentry SET data = jsonb_set(data, '{reply,text}', '"…"')
  WHERE data #>> '{reply,id}' = ANY (replies);

  -- Versions of pages and sources of translations keep the comments that were open at their time.
  UPDATE wagtailcore_revision SET content = portal_without_comments(content, OLD.id)
  WHERE content @? theirs;
  UPDATE wagtail_localize_translationsource SET content_json = portal_without_comments(content_json::jsonb, OLD.id)::text
  WHERE strpos(content_json, '"wagtail_admin_comments"') > 0 AND content_json::jsonb @? theirs;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER portal_left AFTER DELETE ON thinka_sites_user
FOR EACH ROW EXECUTE FUNCTION portal_person_left();
