netloom-netinfo resolve localhost

# Nobody has a name under .invalid: one line on standard error, and status 1.
netloom-netinfo resolve nowhere.invalid 2>/dev/null || echo "status $?"
