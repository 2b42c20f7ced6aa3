netloom-regex-toolbox library ipv4
netloom-regex-toolbox library ipv4 10.0.0.1 10.0.0.256 || echo "status $?"
netloom-regex-toolbox library identity-cn --test
