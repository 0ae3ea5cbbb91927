-- Objects of small families that are seldom written: one row each, told apart by kind.
CREATE TABLE document (
    org_id bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    body jsonb NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    CONSTRAINT document_pk PRIMARY KEY (org_id, kind, id)
);
SELECT ostiary_wall('document');
