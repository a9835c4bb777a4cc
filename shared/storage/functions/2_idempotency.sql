-- What a POST did, by its Idempotency-Key: found before it does anything, kept with what it did, in one transaction.

CREATE OR REPLACE FUNCTION find_effect(p_token bigint, p_route text, p_key bytea, p_lock bigint,
                                       OUT got boolean, OUT body_hash bytea, OUT status smallint, OUT effect jsonb) LANGUAGE plpgsql AS $$
-- got: nobody else is at this key, which is held until the transaction ends. No status: nothing was done with it yet.
BEGIN
  got := pg_try_advisory_xact_lock(p_lock);
  IF NOT got THEN RETURN; END IF;
  SELECT kept.body_hash, kept.status, kept.effect INTO body_hash, status, effect
  FROM idempotency AS kept WHERE kept.token_id = p_token AND kept.route = p_route AND kept.key_hash = p_key AND kept.expires_at > clock();
END $$;

CREATE OR REPLACE FUNCTION add_effect(p_token bigint, p_route text, p_key bytea, p_body bytea, p_status smallint, p_effect jsonb)
RETURNS boolean LANGUAGE plpgsql AS $$
-- For 24 hours, in the place of one whose hours are over. False: a request with this key ended a moment ago.
BEGIN
  INSERT INTO idempotency AS kept (token_id, route, key_hash, body_hash, status, effect, expires_at)
  VALUES (p_token, p_route, p_key, p_body, p_status, p_effect, clock() + interval '24 hours')
  ON CONFLICT (token_id, route, key_hash) DO UPDATE
    SET (body_hash, status, effect, expires_at) = (excluded.body_hash, excluded.status, excluded.effect, excluded.expires_at)
    WHERE kept.expires_at <= clock();
  RETURN FOUND;
END $$;
