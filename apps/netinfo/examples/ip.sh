# A network from an address in it; is 192.168.3.4 in the same segment, and 192.168.99.1?
netloom-netinfo ip 192.168.10.77/20 192.168.3.4
netloom-netinfo ip 192.168.10.77 255.255.240.0 192.168.99.1 | tail -n 1
