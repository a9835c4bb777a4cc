-- Claims to vendors are intake's alone; 8_grants.sql has taken everything away before.

GRANT INSERT, UPDATE ON vendor_claim TO leadmill_intake;
GRANT INSERT, DELETE ON vendor_claim_line TO leadmill_intake;
