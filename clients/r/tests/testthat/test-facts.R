fact <- "microsoft-intelligent-cloud||revenue|level|reported|total|quarter|2021-07-01|2021-09-30"

test_that("every table loads with its rows, and its days, numbers and text are such", {
  tables <- cvm_tables()
  for (name in setdiff(tables$table_name, "compute_prices")) {
    expect_equal(nrow(cvm_load(name)), tables$rows[tables$table_name == name], info = name)
  }
  sources <- cvm_load("sources")
  expect_s3_class(sources$known_on, "Date")
  expect_type(sources$title, "character")
  expect_true(any(Encoding(sources$title) == "UTF-8"))
  expect_type(cvm_load("observations")$decimals, "double")
  expect_s3_class(cvm_load("vendors", text = "factor")$country, "factor")
})

test_that("a restated quarter reads as it was known on the day", {
  value <- function(day) {
    known <- cvm_as_of(day)
    known$value[known$fact_id == fact]
  }
  expect_equal(value("2022-10-24"), 16964)
  expect_equal(value(as.Date("2022-10-25")), 16912)
  expect_length(value("2021-10-25"), 0)
  expect_false(anyDuplicated(cvm_as_of(Sys.Date())$fact_id) > 0)
})

test_that("of a time the date counts in its own zone", {
  time <- as.POSIXct("2023-07-25 01:00", tz = "Asia/Shanghai")
  expect_identical(cvm_as_of(time), cvm_as_of("2023-07-25"))
})

test_that("what is no day is refused", {
  for (day in list(NA, NULL, 20240101, "yesterday", "2021-02-31", "2024-1-1", c("2024-01-01", "2025-01-01"))) {
    expect_error(cvm_as_of(day), "expected one Date or its text YYYY-MM-DD")
  }
})

test_that("a series takes the cloud of a vendor, its group where the cloud does not report", {
  expect_equal(unique(cvm_series("AWS")$entity_id), "aws")
  expect_equal(unique(cvm_series("AWS", "capex-cash")$entity_id), "amazon")
  expect_equal(cvm_series("MSFT", "revenue", "FY2025Q2")$calendar_quarter, "2024-Q4")
  expect_error(cvm_series("AWS", "capex"), "did you mean")
  expect_error(cvm_series("AWS", currency = "EUR"), "expected USD")
  wide <- cvm_series(c("AWS", "\u963f\u91cc\u4e91"), period = list("2020", NULL), currency = "USD", wide = TRUE)
  expect_equal(names(wide), c("calendar_quarter", "alibaba", "amazon"))
  expect_equal(wide$calendar_quarter[1], "2020-Q1")
})

test_that("each vintage is a column with what was known then", {
  wide <- cvm_vintages("MSFT", "revenue", "2021-Q3", wide = TRUE)
  for (day in names(wide)[-1]) {
    known <- cvm_as_of(day)
    expect_equal(wide[[day]], known$value[match(wide$fact_id, known$fact_id)])
  }
})

test_that("prices are those of the day", {
  prices <- cvm_price_on("GPT-4o", "2025-06-01")
  expect_true(nrow(prices) > 0 && all(prices$known %in% c("exact", "carried_forward", "nearest")))
  expect_error(cvm_price_on("gpt-4oo"), "did you mean gpt-4o")
  hours <- cvm_cheapest("h100", day = "2026-06-15")
  expect_true(nrow(hours) > 0 && !is.unsorted(hours$amount_each[hours$currency == "USD"]))
  expect_error(cvm_cheapest("H10"), "H100")
})
