"""Areas of their own, which follow no key: districts of registry offices, tax offices, schools."""
