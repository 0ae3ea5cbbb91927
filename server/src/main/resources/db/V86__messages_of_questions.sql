-- What a device shows of what it is asked for: the binding message of a request on the backchannel.
ALTER TABLE factor_transaction ADD COLUMN message text;
