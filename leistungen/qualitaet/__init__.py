"""Quality of texts: services as plain values for the rules, and the report over all of them."""
