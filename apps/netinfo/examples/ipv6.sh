netloom-netinfo ip 2001:DB8:0:0:0:0:0:77/64
