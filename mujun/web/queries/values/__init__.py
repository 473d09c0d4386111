"""What is collected, as pages and actions ask for it: who owes which form, what is in, what a unit's values are."""
