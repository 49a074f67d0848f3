test_that("names in both languages and tickers stand for vendors", {
  found <- cvm_resolve(c("\u963f\u91cc\u4e91", "AWS", "MSFT", "0700", substr("Microsoft", 1, 8)))
  expect_equal(found$vendor_id, c("alibaba", "amazon", "microsoft", "tencent", NA))
  expect_match(found$near[5], "icrosoft")
})

test_that("a word finds the thing that is called so first", {
  expect_equal(cvm_search("\u8d44\u672c\u5f00\u652f")$id[1], "capex")
  expect_equal(cvm_search("GCP")$id[1], "google-cloud")
  expect_equal(cvm_resolve(c("Aliyun", "OVH"))$entity_id, c("alibaba-cloud", "ovhcloud"))
  expect_true("H100" %in% cvm_search("h100")$id)
  expect_equal(nrow(cvm_search("zzzz nothing")), 0)
  expect_equal(cvm_vendors("msft")$vendor_id, "microsoft")
})

test_that("a table, a column and an id are described", {
  for (name in c("vendors", "quarterly_metrics")) {
    expect_equal(cvm_describe(name)$column_name, names(cvm_load(name)))
  }
  expect_equal(cvm_describe("quarterly_metrics.value")$unit, "unit_id")
  capex <- cvm_describe("capex")
  expect_equal(capex$text[capex$property == "metric_id"], "capex")
  expect_error(cvm_describe("capx"), "did you mean capex")
})

test_that("a slip in a name is answered with near ones", {
  expect_error(cvm_load("quaterly_metrics"), "did you mean quarterly_metrics")
  expect_error(cvm_load(NULL), "no table NULL; there are annual_metrics, ")
  expect_error(cvm_load("../datapackage"), "no table \"../datapackage\"")
})
