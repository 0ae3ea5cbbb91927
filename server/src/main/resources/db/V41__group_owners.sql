-- Who owns a group: users and other groups. The two columns beside the id are there to be referred
-- from. An owner that is deleted is taken from its groups first, so that the log tells of it.
CREATE TABLE group_owner (
    org_id       bigint      NOT NULL,
    group_id     text        COLLATE "C" NOT NULL,
    owner_id     text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL CHECK (type IN ('USER', 'GROUP')),
    last_updated timestamptz NOT NULL,
    user_id      text        COLLATE "C"
        GENERATED ALWAYS AS (CASE type WHEN 'USER' THEN owner_id END) STORED,
    by_group_id  text        COLLATE "C"
        GENERATED ALWAYS AS (CASE type WHEN 'GROUP' THEN owner_id END) STORED,
    PRIMARY KEY (org_id, group_id, owner_id),
    CONSTRAINT group_owner_group FOREIGN KEY (org_id, group_id)
        REFERENCES groups (org_id, id) ON DELETE CASCADE,
    CONSTRAINT group_owner_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id),
    CONSTRAINT group_owner_by_group
        FOREIGN KEY (org_id, by_group_id) REFERENCES groups (org_id, id)
);

CREATE INDEX group_owner_user_groups ON group_owner (org_id, user_id) WHERE user_id IS NOT NULL;

CREATE INDEX group_owner_by_group_groups
    ON group_owner (org_id, by_group_id) WHERE by_group_id IS NOT NULL;

SELECT ostiary_wall('group_owner');
