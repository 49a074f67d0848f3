test_that("rows lead to their sources and findings", {
  rows <- cvm_observations("AWS", "revenue", "2025-Q2")
  expect_true(all(rows$source_id %in% cvm_sources(rows)$source_id))
  quarters <- cvm_load("cloud_quarters")
  expect_true(nrow(cvm_findings(quarters[!is.na(quarters$finding_ids), ])) > 0)
  expect_error(cvm_sources(cvm_load("vendors")), "no column names a source")
})

test_that("a citation holds the dataset and every source", {
  rows <- head(cvm_observations("AWS", "revenue", "2025"), 10)
  count <- nrow(cvm_sources(rows)) + 1
  expect_equal(lengths(regmatches(cvm_cite(rows, "bibtex"), gregexpr("(^|\n)@", cvm_cite(rows, "bibtex")))), count)
  expect_equal(length(strsplit(cvm_cite(rows), "\n")[[1]]), count)
  expect_match(cvm_cite(), cvm_version(), fixed = TRUE)
})

test_that("numbers are written as shortest decimals", {
  write <- cloudvendormetrics:::decimal_text
  expect_equal(write(c(1e-7, 3.15e-5, 0.1, 1 / 3, 1e22, 100, -0.5, 43284)),
    c("0.0000001", "0.0000315", "0.1", "0.3333333333333333", "10000000000000000000000", "100", "-0.5", "43284"))
})

test_that("the order of rows does not count in a checksum, a digit does", {
  rows <- cvm_load("cloud_quarters")
  expect_equal(cvm_checksum(rows), cvm_checksum(rows[rev(seq_len(nrow(rows))), ]))
  rows$revenue[3] <- rows$revenue[3] + 0.0001
  expect_false(cvm_checksum(rows) == cvm_checksum(cvm_load("cloud_quarters")))
})
