netloom-netinfo interfaces
