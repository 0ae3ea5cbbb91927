-- Rules that put users into groups. A rule that was deleted stays until its memberships are gone or
-- have become memberships by hand, as "removed" says.
CREATE TABLE group_rule (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    name         text        NOT NULL,
    -- no two rules share it
    name_folded  text        COLLATE "C" NOT NULL,
    status       text        COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE', 'INVALID')),
    expression   text        NOT NULL,
    group_ids    text[]      COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    removed      text        COLLATE "C" CHECK (removed IN ('KEEP', 'DROP')),
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX group_rule_name ON group_rule (org_id, name_folded) WHERE removed IS NULL;

SELECT ostiary_wall('group_rule');

-- Users to whom a rule does not apply.
CREATE TABLE group_rule_exclusion (
    org_id  bigint NOT NULL,
    rule_id text   COLLATE "C" NOT NULL,
    user_id text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, rule_id, user_id),
    CONSTRAINT group_rule_exclusion_rule
        FOREIGN KEY (org_id, rule_id) REFERENCES group_rule (org_id, id) ON DELETE CASCADE,
    CONSTRAINT group_rule_exclusion_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX group_rule_exclusion_of_user ON group_rule_exclusion (org_id, user_id);

SELECT ostiary_wall('group_rule_exclusion');

-- Whether somebody put the user into the group, beside what rules do.
ALTER TABLE group_membership ADD COLUMN by_hand boolean NOT NULL DEFAULT true;

-- Which rules hold a membership. One that nobody made by hand goes with the last of them.
CREATE TABLE group_rule_grant (
    org_id   bigint NOT NULL,
    user_id  text   COLLATE "C" NOT NULL,
    group_id text   COLLATE "C" NOT NULL,
    rule_id  text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, user_id, group_id, rule_id),
    CONSTRAINT group_rule_grant_membership
        FOREIGN KEY (org_id, group_id, user_id)
        REFERENCES group_membership (org_id, group_id, user_id) ON DELETE CASCADE
);

CREATE INDEX group_rule_grant_of_rule ON group_rule_grant (org_id, rule_id);

SELECT ostiary_wall('group_rule_grant');

-- Where an org's rules are being applied to all of its users: how far it has come, and when to go on.
CREATE TABLE group_rule_sweep (
    org_id    bigint      NOT NULL PRIMARY KEY,
    started   timestamptz NOT NULL,
    -- the last user who was evaluated
    cursor    text        COLLATE "C" NOT NULL,
    -- those who were being made when it started are looked at once more, a while later
    aftermath boolean     NOT NULL,
    due       timestamptz NOT NULL,
    evaluated bigint      NOT NULL,
    finished  timestamptz
);

CREATE INDEX group_rule_sweep_due ON group_rule_sweep (due) WHERE finished IS NULL;

SELECT ostiary_wall('group_rule_sweep');
