-- A code and an access token refer to their user no more: to check it, every sign-in to an app locked the user's row twice, and
-- those of one user waited for each other. Whose user is gone is good for nothing anyway, since whoever comes with it has the user
-- looked up; an account that is deactivated or deleted takes its codes and tokens along in the same transaction, and what another
-- transaction makes at that very moment goes when it expires.
ALTER TABLE authorization_code DROP CONSTRAINT authorization_code_user;
ALTER TABLE access_token DROP CONSTRAINT access_token_user;
