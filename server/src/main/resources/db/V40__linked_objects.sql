-- Relations between users, and who is in them. A name is either side's of one definition in its org:
-- two unique keys cannot say that, so whoever makes a definition holds the org's row meanwhile.
CREATE TABLE linked_object (
    org_id                 bigint      NOT NULL,
    primary_name           text        COLLATE "C" NOT NULL,
    primary_title          text        NOT NULL,
    primary_description    text,
    associated_name        text        COLLATE "C" NOT NULL,
    associated_title       text        NOT NULL,
    associated_description text,
    created                timestamptz NOT NULL,
    PRIMARY KEY (org_id, primary_name),
    CONSTRAINT linked_object_associated_name UNIQUE (org_id, associated_name)
);

SELECT ostiary_wall('linked_object');

-- One row for each user who has a primary in a relation; the key says that there is but one. The
-- references to users do not cascade: whoever deletes a user takes its rows away first.
CREATE TABLE linked_object_value (
    org_id        bigint NOT NULL,
    primary_name  text   COLLATE "C" NOT NULL,
    associated_id text   COLLATE "C" NOT NULL,
    primary_id    text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, primary_name, associated_id),
    CONSTRAINT linked_object_value_object FOREIGN KEY (org_id, primary_name)
        REFERENCES linked_object (org_id, primary_name) ON DELETE CASCADE,
    CONSTRAINT linked_object_value_associated
        FOREIGN KEY (org_id, associated_id) REFERENCES users (org_id, id),
    CONSTRAINT linked_object_value_primary
        FOREIGN KEY (org_id, primary_id) REFERENCES users (org_id, id)
);

-- The second lists a primary's associated users, and both find what goes with a user.
CREATE INDEX linked_object_value_of_associated ON linked_object_value (org_id, associated_id);

CREATE INDEX linked_object_value_of_primary
    ON linked_object_value (org_id, primary_id, primary_name, associated_id);

SELECT ostiary_wall('linked_object_value');
