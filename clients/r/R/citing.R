# From rows to where they come from: sources, findings, a citation and a checksum.

cvm_sources <- function(frame, data = NULL) {
  package <- open_package(data)
  known <- read_table(package, "sources")
  found <- known[known$source_id %in% source_ids(package, as_rows(frame)), ]
  renumbered(found[order(found$source_id, method = "radix"), ])
}

source_columns <- c("source_id", "source_ids", "via_source_id")
observation_columns <- c("observation_id", "observation_ids")

source_ids <- function(package, frame) {
  known <- c(source_columns, observation_columns, "model_price_id", "statement_id")
  if (!any(known %in% names(frame))) {
    stop("no column names a source; expected one of ", paste(c(source_columns, observation_columns), collapse = ", "),
      ": keep it when columns are picked", call. = FALSE)
  }
  ids <- cells(frame, source_columns)
  observed <- cells(frame, observation_columns)
  if (length(observed)) {
    table <- read_table(package, "observations")
    ids <- c(ids, cells(table[table$observation_id %in% observed, ], source_columns))
  }
  links <- c(model_price_id = "model_prices", statement_id = "statements", exchange_rate_id = "exchange_rate_means")
  for (column in names(links)) {
    own <- cells(frame, column)
    if (length(own)) {
      table <- read_table(package, links[[column]])
      ids <- c(ids, cells(table[table[[column]] %in% own, ], source_columns))
    }
  }
  unique(ids)
}

# Every id of some columns; a cell may hold several, divided by blanks.
cells <- function(frame, columns) {
  found <- unlist(lapply(intersect(columns, names(frame)), function(column) as.character(frame[[column]])))
  as.character(unique(unlist(strsplit(as.character(found[!is.na(found)]), " ", fixed = TRUE))))
}

cvm_findings <- function(frame, data = NULL) {
  package <- open_package(data)
  if (!any(grepl("_ids?$", names(as_rows(frame))))) {
    stop("no column names a row, such as observation_id; keep it when columns are picked", call. = FALSE)
  }
  ids <- cells(frame, c("finding_id", "finding_ids"))
  rows <- cells(frame, c(observation_columns, "model_price_id", "statement_id"))
  table <- attr(frame, "cvm")$name
  if (!is.null(table) && table %in% table_names(package)) {
    key <- unlist(table_schema(package, table)$primaryKey)
    if (length(key) && all(key %in% names(frame))) {
      rows <- c(rows, do.call(paste, c(lapply(key, function(column) cell_texts(frame[[column]])), sep = "|")))
    }
  }
  held <- read_table(package, "finding_rows")
  ids <- c(ids, held$finding_id[held$row_id %in% rows])
  known <- read_table(package, "findings")
  found <- known[known$finding_id %in% ids, ]
  renumbered(found[order(found$finding_id, method = "radix"), ])
}

cvm_version <- function(data = NULL) open_package(data)$descriptor$version

cvm_verify <- function(data = NULL) {
  package <- open_package(data)
  files <- package_files(package)
  faults <- file_faults(package, files)
  if (anyNA(sha256_files(file.path(package$dir, "datapackage.json")))) stop(cvm_no_sha256, call. = FALSE)
  there <- file.path("data", list.files(file.path(package$dir, "data"), "\\.(csv|parquet|gz)$", recursive = TRUE))
  extra <- setdiff(there[there != "data/"], files$path)
  state <- data.frame(file = files$path, table_name = files$table_name, bytes = files$bytes, state = ifelse(faults == "", "ok", faults))
  more <- data.frame(file = extra, table_name = rep(NA_character_, length(extra)), bytes = file.size(file.path(package$dir, extra)),
    state = rep("unlisted", length(extra)))
  state <- rbind(state, more)
  renumbered(state[order(state$state == "ok"), ])
}

cvm_checksum <- function(frame) {
  records <- csv_records(as_rows(frame))
  path <- tempfile("cvm")
  on.exit(unlink(path))
  file <- file(path, "wb")
  writeLines(enc2utf8(c(records[1], sort(records[-1], method = "radix"))), file, sep = "\n", useBytes = TRUE)
  close(file)
  sum <- sha256_files(path)
  if (is.na(sum)) stop(cvm_no_sha256, call. = FALSE)
  paste0("sha256:", sum)
}

# The header and rows of a frame as records of CSV, as the package writes them.
csv_records <- function(frame) {
  columns <- lapply(frame, function(column) quoted(cell_texts(column)))
  rows <- if (nrow(frame)) do.call(paste, c(unname(columns), sep = ",")) else character()
  c(paste(quoted(names(frame)), collapse = ","), ifelse(rows == "", "\"\"", rows))
}

cell_texts <- function(column) {
  text <- if (is.logical(column)) {
    ifelse(column, "true", "false")
  } else if (inherits(column, "Date")) {
    format(column, "%Y-%m-%d")
  } else if (is.numeric(column) && !inherits(column, "integer64")) {
    decimal_text(column)
  } else {
    enc2utf8(as.character(column))
  }
  ifelse(is.na(column), "", text)
}

quoted <- function(text) {
  special <- grepl("[\",\r\n\v\f\u001c-\u001e\u0085\u2028\u2029]|^[[:space:]]|[[:space:]]$", text)
  ifelse(special, paste0("\"", gsub("\"", "\"\"", text, fixed = TRUE), "\""), text)
}

# The shortest decimal that is this double, without an exponent.
decimal_text <- function(numbers) {
  numbers <- as.numeric(numbers)
  text <- rep(NA_character_, length(numbers))
  left <- which(!is.na(numbers))
  for (digits in 15:17) {
    text[left] <- formatC(numbers[left], digits = digits, format = "g", width = 1)
    left <- left[as.numeric(text[left]) != numbers[left]]
  }
  odd <- which(grepl("e", text, fixed = TRUE) | text %in% "-0")
  text[odd] <- vapply(text[odd], plain_text, "")
  text
}

plain_text <- function(text) {
  parts <- strsplit(text, "e", fixed = TRUE)[[1]]
  sign <- if (startsWith(parts[1], "-")) "-" else ""
  digits <- strsplit(sub("^-", "", parts[1]), ".", fixed = TRUE)[[1]]
  whole <- digits[1]
  fraction <- if (length(digits) > 1) digits[2] else ""
  shift <- if (length(parts) > 1) as.integer(parts[2]) else 0L
  if (shift > 0) {
    fraction <- paste0(fraction, strrep("0", max(0, shift - nchar(fraction))))
    whole <- paste0(whole, substr(fraction, 1, shift))
    fraction <- substr(fraction, shift + 1, nchar(fraction))
  } else if (shift < 0) {
    padded <- paste0(strrep("0", max(0, -shift - nchar(whole) + 1)), whole)
    place <- nchar(padded) + shift
    fraction <- paste0(substr(padded, place + 1, nchar(padded)), fraction)
    whole <- substr(padded, 1, place)
  }
  fraction <- sub("0+$", "", fraction)
  whole <- sub("^0+(?=.)", "", whole, perl = TRUE)
  text <- if (nzchar(fraction)) paste0(whole, ".", fraction) else whole
  if (text == "0") "0" else paste0(sign, text)
}
