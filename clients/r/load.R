# Load a table of Cloud Vendor Metrics in R, its column types taken from the schema of the table.
#
#   source("clients/r/load.R")
#   observations <- cvm_read("observations")
#
# Needs jsonlite; cvm_read_readr() needs readr as well. Both give one row per row of the table, columns in the
# order of the schema: text as character (UTF-8), dates as Date, true and false as logical, and every number as
# double, because R's integer ends at 2147483647 and counts of tokens do not. An empty cell is NA; the text "NA"
# stays text.

# Fields of a table's schema: a data frame with the columns name and type.
cvm_fields <- function(name, dir = ".") {
  known <- sub("\\.json$", "", list.files(file.path(dir, "schemas"), pattern = "\\.json$"))
  if (length(known) == 0) {
    stop("no schemas in ", dir, "; name the folder of the unpacked package: cvm_read(name, dir)", call. = FALSE)
  }
  if (length(name) != 1 || !name %in% known) {
    stop("no table ", deparse1(name), " in ", dir, "; there are ", paste(known, collapse = ", "), call. = FALSE)
  }
  jsonlite::fromJSON(file.path(dir, "schemas", paste0(name, ".json")))$fields[c("name", "type")]
}

# The text of a table; a table kept as Parquet only has none beside the others.
cvm_path <- function(name, dir = ".") {
  path <- file.path(dir, "data", paste0(name, ".csv"))
  if (file.exists(path)) {
    return(path)
  }
  parquet <- file.path(dir, "data", c(paste0(name, ".parquet"), name))
  kept <- parquet[file.exists(parquet)]
  if (length(kept) == 0) {
    stop("table ", name, " has no file in ", file.path(dir, "data"), " yet", call. = FALSE)
  }
  stop("table ", name, " is kept as Parquet only; read it with arrow::open_dataset(\"", kept[1], "\")", call. = FALSE)
}

# Read table `name` of the package unpacked in `dir` with base R; numbers are the nearest doubles.
cvm_read <- function(name, dir = ".") {
  fields <- cvm_fields(name, dir)
  classes <- c(string = "character", integer = "numeric", number = "numeric", boolean = "logical", date = "Date")
  utils::read.csv(
    cvm_path(name, dir),
    colClasses = stats::setNames(classes[fields$type], fields$name), na.strings = "",
    encoding = "UTF-8", check.names = FALSE
  )
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
  table
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
