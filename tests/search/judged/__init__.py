"""The judged queries of the demo services; `aufteilung` says which half a query belongs to."""
