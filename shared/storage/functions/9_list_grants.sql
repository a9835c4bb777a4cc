-- Moving in and forgetting, and rests of what was misread, are the cleaner's alone.

REVOKE EXECUTE ON FUNCTION move_in_clients(jsonb), move_in_contacts(jsonb), move_in_promises(jsonb), settle_moved(bigint[]), forget_records(bigint[]),
  forget_trial(bigint), rest_misread(bigint, bigint) FROM leadmill_intake, leadmill_dispatcher, leadmill_clock;
