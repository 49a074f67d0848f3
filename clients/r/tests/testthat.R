if (requireNamespace("testthat", quietly = TRUE)) {
  library(testthat)
  library(cloudvendormetrics)
  test_check("cloudvendormetrics")
}
