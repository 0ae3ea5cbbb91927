-- From where a session was last used: null for one that has not been looked at.
ALTER TABLE user_session ADD COLUMN address text;
