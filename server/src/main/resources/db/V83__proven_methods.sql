-- When a user has proven itself by which method, as apps' access policies ask for them; sessions from before know
-- none, and are asked for one where it matters.
ALTER TABLE user_session ADD COLUMN proven jsonb NOT NULL DEFAULT '{}';

ALTER TABLE session_token ADD COLUMN proven jsonb NOT NULL DEFAULT '{}';
