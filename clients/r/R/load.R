# Load tables: text with base R, Parquet where a package that reads it is installed.

cvm_load <- function(table, text = c("character", "factor"), integers = c("double", "integer64"), data = NULL) {
  text <- match.arg(text)
  integers <- match.arg(integers)
  package <- open_package(data)
  frame <- read_table(package, table)
  if (integers == "integer64") {
    if (!requireNamespace("bit64", quietly = TRUE)) {
      stop("integers = \"integer64\" needs bit64; fix: install.packages(\"bit64\")", call. = FALSE)
    }
    fields <- schema_fields(table_schema(package, table), "name", "type")
    whole <- fields$name[fields$type == "integer"]
    frame[whole] <- lapply(frame[whole], bit64::as.integer64)
  }
  if (text == "factor") {
    own <- vapply(frame, is.character, TRUE)
    frame[own] <- lapply(frame[own], factor)
  }
  frame
}

# A table with one row per row, columns in the order of the schema: text as character (UTF-8), days as Date, true and
# false as logical, numbers as double, because R's integer ends at 2147483647. An empty cell is NA; the text "NA" stays.
read_table <- function(package, table) {
  key <- paste("table", package$dir, package$descriptor$version, package$descriptor$created, deparse1(table))
  if (is.null(cvm_opened[[key]])) {
    frame <- read_files(package, table)
    if (nrow(frame) > 100000) {
      return(frame)
    }
    cvm_opened[[key]] <- frame
  }
  cvm_opened[[key]]
}

read_files <- function(package, table) {
  files <- table_files(package, table)
  paths <- file.path(package$dir, files$path)
  schema <- table_schema(package, table)
  reader <- if (files$format[1] == "parquet") read_parquet_file else read_text_file
  parts <- lapply(paths, reader, schema = schema)
  frame <- if (length(parts) > 1) do.call(rbind, parts) else parts[[1]]
  # Where nothing computes a sum, a file of the same size may still be another.
  if (!anyNA(files$rows) && nrow(frame) != sum(files$rows)) {
    stop("table ", table, " in ", package$dir, ": found ", nrow(frame), " rows, expected ", sum(files$rows), "; ", cvm_again,
      call. = FALSE)
  }
  attr(frame, "cvm") <- list(name = table, version = package$descriptor$version)
  frame
}

# The checked files of a table in one format: Parquet where a package reads it, else text.
table_files <- function(package, table) {
  files <- package_files(package)
  if (length(table) != 1 || !is.character(table) || !table %in% files$table_name) {
    unknown_name("table", "\u8868", table, files$table_name)
  }
  own <- files[files$table_name == table, ]
  text <- own[own$format %in% c("csv", "csv.gz"), ]
  parquet <- own[own$format == "parquet", ]
  if (nrow(parquet) && (nzchar(parquet_reader()) || nrow(text) == 0)) {
    if (!nzchar(parquet_reader())) {
      stop("table ", table, " is kept as Parquet only in ", package$dir,
        "; fix: install.packages(\"nanoparquet\"), or read it from this R package without data =", call. = FALSE)
    }
    own <- parquet
  } else {
    own <- text
  }
  own <- own[order(own$path, method = "radix"), ]
  faults <- file_faults(package, own)
  if (any(faults != "")) {
    words <- if (any(faults == "missing")) "the file is missing" else "not the file of the package"
    stop(file.path(package$dir, own$path[faults != ""][1]), ": ", words, "; ", cvm_again, call. = FALSE)
  }
  own
}

parquet_reader <- function() {
  for (name in c("nanoparquet", "arrow")) {
    if (requireNamespace(name, quietly = TRUE)) {
      return(name)
    }
  }
  ""
}

read_text_file <- function(path, schema, lines = NULL) {
  fields <- schema_fields(schema, "name", "type")
  classes <- c(string = "character", integer = "numeric", number = "numeric", boolean = "logical", date = "Date")
  options <- list(
    colClasses = stats::setNames(classes[fields$type], fields$name), na.strings = "", encoding = "UTF-8",
    check.names = FALSE
  )
  source <- if (is.null(lines)) list(file = if (grepl("\\.gz$", path)) gzfile(path) else path) else list(text = lines)
  frame <- suppressWarnings(do.call(utils::read.csv, c(source, options)))
  if (!all(fields$name %in% names(frame))) {
    stop(path, ": found other columns than its schema has; ", cvm_again, call. = FALSE)
  }
  frame[fields$name]
}

read_parquet_file <- function(path, schema, reader = parquet_reader()) {
  frame <- if (reader == "nanoparquet") {
    as.data.frame(nanoparquet::read_parquet(path))
  } else {
    as.data.frame(arrow::read_parquet(path))
  }
  fields <- schema_fields(schema, "name", "type")
  stated <- regmatches(path, gregexpr("[^/]+=[^/]+(?=/)", path, perl = TRUE))[[1]]
  for (one in stated) {
    name <- sub("=.*", "", one)
    if (!name %in% names(frame)) frame[[name]] <- rep(sub("^[^=]*=", "", one), nrow(frame))
  }
  frame <- frame[fields$name]
  whole <- fields$name[fields$type == "integer"]
  frame[whole] <- lapply(frame[whole], as.numeric)
  frame
}
