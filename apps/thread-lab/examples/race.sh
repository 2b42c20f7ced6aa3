netloom-thread-lab race
netloom-thread-lab race --mutex
netloom-thread-lab race --atomic
