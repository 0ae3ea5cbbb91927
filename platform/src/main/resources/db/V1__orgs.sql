-- The second wall between orgs. Every table with an org_id gets it by one line:
--   SELECT ostiary_wall('name_of_table');
-- A connection says its org by the setting ostiary.org; 0 stands for all (maintenance only). One
-- that never said it gets an error, not an empty answer. The wall stands for the owner too; no wall
-- stands for superusers. Search-document tables do without: it would keep PostgreSQL from using
-- their indexes, so they yield nothing but ids.
CREATE FUNCTION ostiary_wall(walled regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format(
        'CREATE POLICY org_wall ON %s USING ('
        'org_id = current_setting(''ostiary.org'')::bigint '
        'OR current_setting(''ostiary.org'') = ''0'')', walled);
END
$$;

-- An org. config_versions: one number for each area of configuration, which every change raises; a
-- request reads them with its first query, and caches hold what they know under them.
CREATE TABLE org (
    org_id bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    port integer,
    status text NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    config_versions jsonb NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    CONSTRAINT org_pk PRIMARY KEY (org_id),
    CONSTRAINT org_id_key UNIQUE (id),
    CONSTRAINT org_name_key UNIQUE (name),
    CONSTRAINT org_port_key UNIQUE (port)
);
SELECT ostiary_wall('org');
