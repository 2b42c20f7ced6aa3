netloom-thread-lab tickets --tickets 20
netloom-thread-lab tickets --tickets 20 --mutex
