release <- function(name = "cloud-vendor-metrics", text = "a b,n\n\" x \",0.000000031575520833\nNA,\n\"say \"\"\u4e91\"\", #1\",12345678901\n") {
  dir <- tempfile("release")
  dir.create(file.path(dir, "data"), recursive = TRUE)
  dir.create(file.path(dir, "schemas"))
  path <- file.path(dir, "data", "things.csv")
  writeBin(charToRaw(enc2utf8(text)), path)
  cat("{\"fields\": [{\"name\": \"a b\", \"type\": \"string\"}, {\"name\": \"n\", \"type\": \"number\"}]}",
    file = file.path(dir, "schemas", "things.json"))
  sum <- cloudvendormetrics:::sha256_files(path)
  resource <- sprintf("{\"name\": \"things\", \"table\": \"things\", \"path\": \"data/things.csv\", \"format\": \"csv\", \"bytes\": %d, \"hash\": \"sha256:%s\", \"row_count\": 3}",
    file.size(path), sum)
  cat(sprintf("{\"name\": \"%s\", \"version\": \"9.9.9\", \"created\": \"2026-01-01T00:00:00Z\", \"resources\": [%s]}", name, resource),
    file = file.path(dir, "datapackage.json"))
  dir
}

test_that("cells keep their blanks, their quotes and the text NA", {
  things <- cvm_load("things", data = release())
  expect_identical(things[["a b"]], c(" x ", "NA", "say \"\u4e91\", #1"))
  expect_identical(things$n, c(0.000000031575520833, NA, 12345678901))
})

test_that("the release that the environment names is read", {
  old <- Sys.getenv("CVM_DATA")
  on.exit(Sys.setenv(CVM_DATA = old))
  Sys.setenv(CVM_DATA = release())
  expect_equal(cvm_version(), "9.9.9")
})

test_that("another package, a missing one and a damaged file are refused", {
  expect_error(cvm_load("things", data = release(name = "owid")), "is package \"owid\", not cloud-vendor-metrics")
  expect_error(cvm_load("things", data = tempfile()), "name the unpacked release or its zip")
  dir <- release()
  cat("x", file = file.path(dir, "data", "things.csv"), append = TRUE)
  expect_error(cvm_load("things", data = dir), "things.csv: not the file of the package; download")
  expect_equal(cvm_verify(data = dir)$state, "changed")
  unlink(file.path(dir, "data", "things.csv"))
  expect_error(cvm_load("things", data = dir), "the file is missing; download")
})

test_that("a damaged schema, other columns and other rows are refused in one line", {
  dir <- release()
  cat("[]", file = file.path(dir, "schemas", "things.json"))
  expect_error(cvm_load("things", data = dir), "things.json: not the schema of a table; download")
  expect_error(cvm_load("things", data = release(text = "b,n\nx,1\ny,2\nz,3\n")), "found other columns than its schema has; download")
  expect_error(cvm_load("things", data = release(text = "a b,n\nx,1\n")), "found 1 rows, expected 3; download")
})

test_that("every file of this package is the one that was published", {
  expect_equal(unique(cvm_verify()$state), "ok")
})

test_that("JSON is read with its escapes", {
  found <- cloudvendormetrics:::json_text("{\"a\": [1, 2.5e3, true, null, \"x\\n\\u4e91\\\"\"], \"b\": {}}")
  expect_equal(found$a, list(1, 2500, TRUE, NULL, "x\n\u4e91\""))
  expect_equal(found$b, list())
})
