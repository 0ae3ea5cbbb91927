-- Groups and who is in them. Two tables grow with use and are written by many at once, and neither
-- of them ever updates a row of groups: when memberships last changed is the newest of
-- group_membership.added and group_departure.departed, how many there are is counted over a key.
CREATE TABLE groups (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL CHECK (type IN ('OKTA_GROUP', 'APP_GROUP', 'BUILT_IN')),
    -- which of the groups that an org is born with this is, if it is one
    built_in     text        COLLATE "C" CHECK (built_in IN ('EVERYONE', 'ADMINISTRATORS')),
    -- the app that an APP_GROUP was imported from
    source_id    text        COLLATE "C",
    profile      jsonb       NOT NULL,
    -- the name in the profile, and the same folded: unique but for imported groups
    name         text        COLLATE "C" NOT NULL,
    name_folded  text        COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((built_in IS NOT NULL) = (type = 'BUILT_IN')),
    CHECK ((source_id IS NOT NULL) = (type = 'APP_GROUP'))
);

-- Partial, so that it is no key that others could refer to: else a change of the name would wait
-- for every transaction that adds a member.
CREATE UNIQUE INDEX groups_name ON groups (org_id, name_folded) WHERE type <> 'APP_GROUP';

CREATE UNIQUE INDEX groups_built_in ON groups (org_id, built_in) WHERE built_in IS NOT NULL;

SELECT ostiary_wall('groups');

-- One row for each member of each group but Everyone, whose members are the rows of users. The
-- reference to the user does not cascade: whoever deletes a user lets it leave its groups first.
CREATE TABLE group_membership (
    org_id   bigint      NOT NULL,
    group_id text        COLLATE "C" NOT NULL,
    user_id  text        COLLATE "C" NOT NULL,
    added    timestamptz NOT NULL,
    PRIMARY KEY (org_id, group_id, user_id),
    CONSTRAINT group_membership_group
        FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE,
    CONSTRAINT group_membership_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id)
);

CREATE INDEX group_membership_user_groups ON group_membership (org_id, user_id, group_id);

CREATE INDEX group_membership_added ON group_membership (org_id, group_id, added);

SELECT ostiary_wall('group_membership');

-- When somebody left a group. Only the newest row of a group means anything: whoever adds one
-- takes older ones away.
CREATE TABLE group_departure (
    org_id   bigint      NOT NULL,
    group_id text        COLLATE "C" NOT NULL,
    departed timestamptz NOT NULL,
    user_id  text        COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, group_id, departed, user_id),
    CONSTRAINT group_departure_group
        FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('group_departure');

-- What search and q find groups by. It stands apart and without row-level security, which would
-- keep PostgreSQL from its indexes; a query here yields ids, whose rows are read from groups.
CREATE TABLE group_search (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    built_in     text        COLLATE "C",
    name_folded  text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    source_id    text        COLLATE "C",
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    doc          jsonb       NOT NULL,
    words        text        NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT group_search_group
        FOREIGN KEY (org_id, id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

CREATE INDEX group_search_name ON group_search (org_id, name_folded, id);

CREATE INDEX group_search_created ON group_search (org_id, created);

CREATE INDEX group_search_updated ON group_search (org_id, last_updated);

CREATE INDEX group_search_doc ON group_search USING gin (org_id, doc jsonb_path_ops);

CREATE INDEX group_search_words ON group_search USING gin (org_id, words gin_trgm_ops);
