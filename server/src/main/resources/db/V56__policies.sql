-- Policies and their rules. What an org is born with has a row only once somebody has changed it: its
-- ids follow from the org's, and what nobody has touched costs nothing.
CREATE TABLE policy (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    system       boolean     NOT NULL,
    name         text        NOT NULL,
    description  text,
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    -- orders the policies of a type but for the default one, which is last; says nothing else
    position     integer     NOT NULL,
    conditions   jsonb,
    settings     jsonb,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX policy_of_type ON policy (org_id, type, position, id);

SELECT ostiary_wall('policy');

-- A policy that an org is born with may have no row while its rules have: so nothing refers to it.
CREATE TABLE policy_rule (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    policy_id    text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    system       boolean     NOT NULL,
    name         text        NOT NULL,
    -- REMOVED: one that the org was born with, and that somebody has deleted
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE', 'REMOVED')),
    position     integer     NOT NULL,
    conditions   jsonb,
    actions      jsonb       NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX policy_rule_of_policy ON policy_rule (org_id, policy_id, position, id);

CREATE INDEX policy_rule_of_type ON policy_rule (org_id, type);

SELECT ostiary_wall('policy_rule');

-- Access policies that are mapped to a policy which collects device signals, each to one.
CREATE TABLE policy_mapping (
    org_id      bigint      NOT NULL,
    resource_id text        COLLATE "C" NOT NULL,
    policy_id   text        COLLATE "C" NOT NULL,
    created     timestamptz NOT NULL,
    PRIMARY KEY (org_id, resource_id)
);

CREATE INDEX policy_mapping_of_policy ON policy_mapping (org_id, policy_id);

SELECT ostiary_wall('policy_mapping');
