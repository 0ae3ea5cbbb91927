-- What searches saw before a change: written only in orgs that want searches to see changes late
-- (docs/quirks.md), and read only there. A row says how a user or group was until a moment; one
-- without a document, that there was none. Searches show the state of a moment ago: the first row
-- that ended after it, or the object as it is where there is none.
CREATE TABLE user_search_before (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    until        timestamptz NOT NULL,
    created      timestamptz,
    last_updated timestamptz,
    doc          jsonb,
    words        text,
    -- the same letter by letter, for filter
    status       text        COLLATE "C",
    profile      jsonb,
    PRIMARY KEY (org_id, id, until),
    CONSTRAINT user_search_before_user
        FOREIGN KEY (org_id, id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX user_search_before_until ON user_search_before (org_id, until);

SELECT ostiary_wall('user_search_before');

CREATE TABLE group_search_before (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    until        timestamptz NOT NULL,
    built_in     text        COLLATE "C",
    name_folded  text        COLLATE "C",
    type         text        COLLATE "C",
    source_id    text        COLLATE "C",
    created      timestamptz,
    last_updated timestamptz,
    doc          jsonb,
    words        text,
    PRIMARY KEY (org_id, id, until),
    CONSTRAINT group_search_before_group
        FOREIGN KEY (org_id, id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);

CREATE INDEX group_search_before_until ON group_search_before (org_id, until);

SELECT ostiary_wall('group_search_before');
