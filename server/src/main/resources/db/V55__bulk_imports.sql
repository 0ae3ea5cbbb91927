-- Bulk imports: how far each has come. The position is written in the transaction that applies the
-- lines before it, so that no line is ever applied twice, whoever dies when.
CREATE TABLE bulk_import (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    name         text        COLLATE "C" NOT NULL,
    dry_run      boolean     NOT NULL,
    texts        boolean     NOT NULL,
    existing     text        COLLATE "C" NOT NULL CHECK (existing IN ('ERROR', 'SKIP', 'UPDATE')),
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('OPEN', 'FINISHED')),
    -- how many lines have been applied
    position     bigint      NOT NULL,
    -- a digest of all of them
    digest       bytea       NOT NULL,
    users        bigint      NOT NULL,
    groups       bigint      NOT NULL,
    memberships  bigint      NOT NULL,
    updated      bigint      NOT NULL,
    skipped      bigint      NOT NULL,
    bad          bigint      NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

-- One of a name is under way at a time: whoever begins it again goes on with it.
CREATE UNIQUE INDEX bulk_import_open ON bulk_import (org_id, name, dry_run) WHERE status = 'OPEN';

SELECT ostiary_wall('bulk_import');

-- What the lines of a dry run would have made, so that later lines can be held against it.
CREATE TABLE bulk_import_seen (
    org_id    bigint NOT NULL,
    import_id text   COLLATE "C" NOT NULL,
    kind      text   COLLATE "C" NOT NULL,
    key       bytea  NOT NULL,
    PRIMARY KEY (org_id, import_id, kind, key),
    CONSTRAINT bulk_import_seen_import FOREIGN KEY (org_id, import_id)
        REFERENCES bulk_import (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('bulk_import_seen');
