"""French ideas understood offline: themes, word clouds and opinion groups, as pure computation."""
