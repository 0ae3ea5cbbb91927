-- Assignments of an org come in an order: no two have one priority.
CREATE UNIQUE INDEX realm_assignment_priority ON document (org_id, ((body ->> 'priority')::int))
    WHERE kind = 'realmAssignment';

-- Runs of assignments over all users of an org. A run goes on from the last user whom it looked at,
-- on whichever node; its row is held meanwhile.
CREATE TABLE realm_operation (
    org_id        bigint      NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    -- ALL for all of them
    assignment_id text        COLLATE "C" NOT NULL,
    -- what was asked for, as it was then
    body          jsonb       NOT NULL,
    status        text        COLLATE "C" NOT NULL
        CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'FAILED')),
    created       timestamptz NOT NULL,
    started       timestamptz,
    completed     timestamptz,
    seen_id       text        COLLATE "C" NOT NULL,
    moved         bigint      NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX realm_operation_open ON realm_operation (created) WHERE completed IS NULL;

SELECT ostiary_wall('realm_operation');
