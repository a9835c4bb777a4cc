-- What rules of a pool come to, where a look-up of the policy at every hand-out would cost too much.

ALTER TABLE pool ADD COLUMN by_person boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pool.by_person IS 'Its policy loosens the client from the company site to the person: its hand-outs, rests and promises book no site. Follows the rule `exclusive`; verify compares.';
