test_that("a period is one as list, as vector and as number", {
  expect_equal(cvm_series("AWS", "revenue", c("2024", "2025")), cvm_series("AWS", "revenue", list("2024", "2025")))
  expect_equal(cvm_series("AWS", "revenue", 2025), cvm_series("AWS", "revenue", "2025"))
  expect_equal(nrow(cvm_series("AWS", "revenue", 2025)), 4)
})

test_that("what is no period is named", {
  for (period in list(list("2025", "2024"), c("2023", "2024", "2025"), "Q2 2025", NA)) {
    expect_error(cvm_series("AWS", "revenue", period), "period ")
  }
})

test_that("what is no name is named", {
  for (verb in list(cvm_price_on, cvm_cheapest, cvm_search, cvm_metrics, cvm_describe)) {
    expect_error(verb(42), "expected one text")
    expect_error(verb(c("a", "b")), "expected one text")
    expect_error(verb(NA_character_), "expected one text")
  }
  expect_error(cvm_resolve(NULL), "expected a text")
  expect_error(cvm_price_on(""), "no model")
  expect_error(cvm_series("AWS", wide = "yes"), "expected TRUE or FALSE")
  for (verb in list(cvm_sources, cvm_findings, cvm_checksum, cvm_cite)) {
    expect_error(verb(1:3), "expected a data frame")
  }
})

test_that("a thing is described by what it is called, a table whatever the case of its letters", {
  expect_true("revenue" %in% cvm_describe("\u6536\u5165")$text)
  expect_true("alibaba-cloud" %in% cvm_describe("\u963f\u91cc\u4e91")$text)
  expect_equal(cvm_describe("OBSERVATIONS"), cvm_describe("observations"))
})

test_that("columns of several currencies name their unit", {
  wide <- cvm_series(c("AWS", "Alibaba"), "revenue", 2025, wide = TRUE)
  expect_equal(names(wide), c("calendar_quarter", "alibaba cny-m", "amazon usd-m"))
})

test_that("nothing found is an empty frame and no error", {
  none <- cvm_observations("AWS", "revenue", "1990")
  expect_equal(nrow(cvm_sources(none)), 0)
  expect_match(cvm_cite(none), "0 rows")
  expect_s3_class(cvm_vintages("AWS", "revenue", "1990", wide = TRUE), "data.frame")
  expect_gt(nrow(cvm_search("")), 1000)
})
