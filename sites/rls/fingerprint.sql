-- What makes RLS in the database, as one short text: it is another one as soon as somebody changes a part by hand.
SELECT md5(string_agg(part, E'\n' ORDER BY part COLLATE "C")) FROM (
  SELECT format('closed %s', relname) AS part
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
  UNION ALL
  SELECT format('policy %s', p) FROM pg_policies p WHERE schemaname = 'public' AND policyname ^@ 'portal_'
  UNION ALL
  SELECT format('trigger %s %s', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE tgname ^@ 'portal_'
  UNION ALL
  SELECT format('function %s', pg_get_functiondef(oid))
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ^@ 'portal_'
  UNION ALL
  SELECT format('view %s', definition) FROM pg_views WHERE schemaname = 'public' AND viewname ^@ 'portal_'
) parts
