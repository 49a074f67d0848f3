# Read tables with base R, readr and data.table and write their cells as texts: write_cells.R DIR OUT NAME...
options(warn = 2)
for (file in list.files("clients/r/R", full.names = TRUE)) source(file)

texts <- function(column) {
  text <- if (inherits(column, "Date")) {
    format(column, "%Y-%m-%d")
  } else if (is.logical(column)) {
    tolower(as.character(column))
  } else if (is.numeric(column)) {
    sprintf("%.17g", column)
  } else {
    gsub("\n", "\\n", enc2utf8(column), fixed = TRUE)
  }
  text[is.na(column)] <- "\\N"
  text
}

path_of <- function(name, dir) file.path(dir, "data", paste0(name, ".csv"))
fields_of <- function(name, dir) schema_fields(json_file(file.path(dir, "schemas", paste0(name, ".json"))), "name", "type")

# Numbers are read as text and converted by R itself: readr drops digits of a long decimal such as 0.000000031575520833.
by_readr <- function(name, dir) {
  fields <- fields_of(name, dir)
  types <- c(string = "c", integer = "c", number = "c", boolean = "l", date = "D")
  table <- readr::read_csv(path_of(name, dir), col_types = paste(types[fields$type], collapse = ""), na = "",
    trim_ws = FALSE, progress = FALSE)
  stopifnot(nrow(readr::problems(table)) == 0)
  numbers <- fields$name[fields$type %in% c("integer", "number")]
  table[numbers] <- lapply(table[numbers], as.numeric)
  table
}

# A quoted cell keeps its doubled quotes in fread.
by_fread <- function(name, dir) {
  fields <- fields_of(name, dir)
  classes <- stats::setNames(rep("character", nrow(fields)), fields$name)
  table <- as.data.frame(data.table::fread(path_of(name, dir), colClasses = classes, na.strings = "", strip.white = FALSE,
    encoding = "UTF-8", showProgress = FALSE))
  for (place in seq_len(nrow(fields))) {
    cells <- gsub("\"\"", "\"", table[[place]], fixed = TRUE)
    cells[!is.na(cells) & cells == ""] <- NA
    table[[place]] <- switch(fields$type[place],
      string = cells, boolean = as.logical(cells), date = as.Date(cells), as.numeric(cells))
  }
  table
}

arguments <- commandArgs(trailingOnly = TRUE)
for (name in arguments[-(1:2)]) {
  readers <- list(base = function(name, dir) cvm_load(name, data = dir), readr = by_readr, fread = by_fread)
  if (!requireNamespace("data.table", quietly = TRUE)) readers$fread <- NULL
  for (reader in names(readers)) {
    frame <- readers[[reader]](name, arguments[1])
    out <- file(file.path(arguments[2], paste0(name, ".", reader)), "wb")
    for (column in names(frame)) {
      header <- paste(column, class(frame[[column]])[1], length(frame[[column]]))
      writeLines(c(header, texts(frame[[column]])), out, useBytes = TRUE)
    }
    close(out)
  }
}
