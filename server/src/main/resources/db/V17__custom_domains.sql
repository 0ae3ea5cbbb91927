-- Custom domains are documents; an org names a host once.
CREATE UNIQUE INDEX custom_domain_name ON document (org_id, (body ->> 'domain'))
    WHERE kind = 'customDomain';

-- A host that its org has proven. Like the names of orgs, hosts are unique over all of them; this is
-- the one table whose key says so. A row without a certificate is not served yet.
CREATE TABLE custom_host (
    host        text COLLATE "C" NOT NULL,
    org_id      bigint NOT NULL,
    domain_id   text COLLATE "C" NOT NULL,
    certificate text,
    chain       text,
    sealed_key  bytea,
    CONSTRAINT custom_host_pk PRIMARY KEY (host)
);
CREATE INDEX custom_host_org ON custom_host (org_id);
SELECT ostiary_wall('custom_host');
