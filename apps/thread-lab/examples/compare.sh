netloom-thread-lab compare
