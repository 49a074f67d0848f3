"""Rules on a cluster of Spark: over rows inside the executors, over keys as queries of the cluster."""
