-- When a user's password was first seen among those that others have. Which password that is nobody can tell from here.
CREATE TABLE breached_password (
    org_id  bigint      NOT NULL,
    user_id text        COLLATE "C" NOT NULL,
    found   timestamptz NOT NULL,
    PRIMARY KEY (org_id, user_id),
    CONSTRAINT breached_password_user FOREIGN KEY (org_id, user_id)
        REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('breached_password');
