"""What editors see of the search in the admin: marks beside objects, report, dashboard line."""
