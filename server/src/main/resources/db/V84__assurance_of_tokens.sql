-- Which assurance the client has asked for and has (acr): all tokens of one sign-in say the same.
ALTER TABLE authorization_code ADD COLUMN acr text COLLATE "C";

ALTER TABLE refresh_token ADD COLUMN acr text COLLATE "C";

ALTER TABLE polled_request ADD COLUMN acr text COLLATE "C";
