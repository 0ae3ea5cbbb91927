-- Statistics of indexes on demand that there are already know as many values as those of new ones do (IndexBuilder). PostgreSQL
-- learns them when it next analyses the table.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT stxname FROM pg_statistic_ext
        WHERE stxname ^@ 'user_search_asked_' OR stxname ^@ 'group_search_asked_'
    LOOP
        EXECUTE format('ALTER STATISTICS %I SET STATISTICS 400', name);
    END LOOP;
END
$$;
