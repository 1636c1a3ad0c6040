"""The list of services as a working tool: tabs, columns, bulk actions, figures, reports."""
