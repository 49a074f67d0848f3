"""Tables on a cluster: layers S and U in the executors, keys as queries, findings as on one machine."""
