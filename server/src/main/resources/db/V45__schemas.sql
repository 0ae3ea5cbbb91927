-- Names of user types stand once in an org, in any case.
CREATE UNIQUE INDEX user_type_name ON document (org_id, (lower(body ->> 'name')))
    WHERE kind = 'userType';

-- Values of attributes that no two objects may share: a digest of each, folded.
CREATE TABLE unique_value (
    org_id    bigint NOT NULL,
    -- users or groups
    namespace text   COLLATE "C" NOT NULL,
    attribute text   COLLATE "C" NOT NULL,
    value     bytea  NOT NULL,
    object_id text   COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, namespace, attribute, value)
);

CREATE INDEX unique_value_object ON unique_value (org_id, namespace, object_id);

SELECT ostiary_wall('unique_value');
