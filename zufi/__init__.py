"""The site: settings, addresses and what all apps share. It composes and decides nothing."""
