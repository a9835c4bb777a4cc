-- What the dispatcher may touch of how selling is organised, and of the law that an admin writes.

GRANT INSERT, UPDATE ON stage, absence, action TO leadmill_dispatcher;
GRANT INSERT ON action_item, attempt_bar, rule_pack, holiday TO leadmill_dispatcher;
