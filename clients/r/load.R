# Load a table of Cloud Vendor Metrics in R, its column types taken from the schema of the table.
#
#   source("clients/r/load.R")
#   observations <- cvm_read("observations")
#
# Needs jsonlite; cvm_read_readr() needs readr as well. Both give one row per row of the table, columns in the
# order of the schema: text as character (UTF-8), dates as Date, true and false as logical, and every number as
# double, because R's integer ends at 2147483647 and counts of tokens do not. An empty cell is NA; the text "NA"
# stays text. A file that is not the one that datapackage.json describes is refused: by its size, its columns and its
# rows, and by its hash where the package digest is installed.

# Fields of a table's schema: a data frame with the columns name and type.
cvm_fields <- function(name, dir = ".") {
  known <- sub("\\.json$", "", list.files(file.path(dir, "schemas"), pattern = "\\.json$"))
  if (length(known) == 0) {
    stop("no schemas in ", dir, "; name the folder of the unpacked package: cvm_read(name, dir)", call. = FALSE)
  }
  if (length(name) != 1 || !name %in% known) {
    stop("no table ", deparse1(name), " in ", dir, "; there are ", paste(known, collapse = ", "), call. = FALSE)
  }
  path <- file.path(dir, "schemas", paste0(name, ".json"))
  fields <- tryCatch(jsonlite::fromJSON(path)$fields, error = function(e) NULL)
  known <- c("string", "integer", "number", "boolean", "date")
  if (!is.data.frame(fields) || !all(c("name", "type") %in% names(fields)) || !all(fields$type %in% known)) {
    cvm_damaged(path, ": not the schema of a table")
  }
  fields[c("name", "type")]
}

# What is wrong with the package, and what to do about it.
cvm_damaged <- function(...) stop(..., "; download and unpack the package again", call. = FALSE)

# What datapackage.json says of the text of a table: bytes, hash and row_count; NULL where there is no descriptor.
cvm_described <- function(name, dir = ".") {
  path <- file.path(dir, "datapackage.json")
  if (!file.exists(path)) {
    return(NULL)
  }
  descriptor <- tryCatch(jsonlite::fromJSON(path, simplifyVector = FALSE), error = function(e) NULL)
  resources <- if (is.list(descriptor)) descriptor$resources else NULL
  if (!is.list(resources) || !all(vapply(resources, is.list, TRUE))) {
    cvm_damaged(path, ": not a descriptor")
  }
  wanted <- paste0("data/", name, ".csv")
  found <- Filter(function(resource) identical(resource$path, wanted), resources)
  if (length(found) == 0) NULL else found[[1]]
}

# The text of a table, which is the file described; a table kept as Parquet only has none beside the others.
cvm_path <- function(name, dir = ".") {
  path <- file.path(dir, "data", paste0(name, ".csv"))
  described <- cvm_described(name, dir)
  if (file.exists(path)) {
    if (dir.exists(path)) cvm_damaged(path, ": a folder, not a file")
    cvm_same(path, described)
    return(path)
  }
  if (!is.null(described)) cvm_damaged(path, ": the file is missing")
  parquet <- file.path(dir, "data", c(paste0(name, ".parquet"), name))
  kept <- parquet[file.exists(parquet)]
  if (length(kept) == 0) {
    stop("table ", name, " has no file in ", file.path(dir, "data"), " yet", call. = FALSE)
  }
  stop("table ", name, " is kept as Parquet only; read it with arrow::open_dataset(\"", kept[1], "\")", call. = FALSE)
}

# Refuse a file that is not the one described, by its size, and by its hash where that can be computed.
cvm_same <- function(path, described) {
  is_other <- !is.null(described) && !isTRUE(file.size(path) == described$bytes)
  if (!is.null(described) && !is_other && requireNamespace("digest", quietly = TRUE)) {
    hash <- paste0("sha256:", digest::digest(file = path, algo = "sha256"))
    is_other <- !identical(hash, described$hash)
  }
  if (is_other) cvm_damaged(path, ": not the file of the package")
}

# Refuse a table whose columns or rows are not those described: a file cut off, or another table under its name.
cvm_whole <- function(table, fields, name, dir) {
  if (!identical(names(table), fields$name)) {
    cvm_damaged("table ", name, " in ", dir, ": found other columns than its schema has")
  }
  described <- cvm_described(name, dir)
  if (!is.null(described) && !isTRUE(nrow(table) == described$row_count)) {
    cvm_damaged("table ", name, " in ", dir, ": found ", nrow(table), " rows, expected ", described$row_count)
  }
  table
}

# Read table `name` of the package unpacked in `dir` with base R; numbers are the nearest doubles.
cvm_read <- function(name, dir = ".") {
  fields <- cvm_fields(name, dir)
  classes <- c(string = "character", integer = "numeric", number = "numeric", boolean = "logical", date = "Date")
  path <- cvm_path(name, dir)
  table <- utils::read.csv(
    path,
    colClasses = stats::setNames(classes[fields$type], fields$name), na.strings = "",
    encoding = "UTF-8", check.names = FALSE
  )
  cvm_whole(table, fields, name, dir)
}

# The same with readr, as a tibble. Numbers are read as text and converted by R itself: readr drops digits of a long
# decimal such as 0.000000031575520833.
cvm_read_readr <- function(name, dir = ".") {
  fields <- cvm_fields(name, dir)
  collectors <- list(
    string = readr::col_character(), integer = readr::col_character(), number = readr::col_character(),
    boolean = readr::col_logical(), date = readr::col_date("%Y-%m-%d")
  )
  types <- stats::setNames(collectors[fields$type], fields$name)
  table <- readr::read_csv(
    cvm_path(name, dir),
    col_types = do.call(readr::cols, types), na = "", trim_ws = FALSE, progress = FALSE
  )
  numbers <- fields$name[fields$type %in% c("integer", "number")]
  table[numbers] <- lapply(table[numbers], as.numeric)
  cvm_whole(table, fields, name, dir)
}

# The headline of every fact as it was known on `day`: the rows of table vintages that stood then, one per fact_id.
# `day` is a Date or its text YYYY-MM-DD; of a time (POSIXct) the date counts.
cvm_as_of <- function(day, dir = ".") {
  until <- cvm_day(day)
  vintages <- cvm_read("vintages", dir)
  known <- vintages[vintages$known_on <= until, ]
  known <- known[order(known$fact_id, known$known_on), ]
  known[!duplicated(known$fact_id, fromLast = TRUE), ]
}

# One Date of what cvm_as_of() takes; a time gives the date of its own time zone.
cvm_day <- function(day) {
  text <- if (inherits(day, c("Date", "POSIXt"))) format(day, "%Y-%m-%d") else day
  parsed <- if (is.character(text)) as.Date(text, "%Y-%m-%d") else NA
  if (length(parsed) != 1 || is.na(parsed) || !grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text)) {
    stop("day: found ", deparse1(day), ", expected one Date or its text YYYY-MM-DD", call. = FALSE)
  }
  parsed
}
