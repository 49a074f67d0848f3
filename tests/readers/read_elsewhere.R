# Read every table of a release with nanoparquet, arrow and frictionless-r, each where it is installed, and say what differs
# from the text: Rscript tests/readers/read_elsewhere.R FOLDER
arguments <- commandArgs(trailingOnly = TRUE)
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
client <- file.path(dirname(dirname(dirname(normalizePath(here)))), "clients", "r", "R")
for (file in list.files(client, full.names = TRUE)) source(file)

folder <- if (length(arguments)) arguments[1] else "."
package <- open_package(folder)
files <- package_files(package)

# One type for each: integer64 and integer as double, IDate and factors as Date and text.
plain <- function(frame, fields) {
  frame <- as.data.frame(frame)[fields$name]
  for (place in seq_len(nrow(fields))) {
    frame[[place]] <- switch(fields$type[place],
      string = as.character(frame[[place]]), date = as.Date(frame[[place]]), boolean = as.logical(frame[[place]]),
      as.numeric(frame[[place]]))
  }
  frame
}

readers <- list(
  nanoparquet = function(table, own) do.call(rbind, lapply(own, read_parquet_file, schema = table_schema(package, table), reader = "nanoparquet")),
  arrow = function(table, own) do.call(rbind, lapply(own, read_parquet_file, schema = table_schema(package, table), reader = "arrow")),
  frictionless = function(table, own) {
    descriptor <- suppressMessages(frictionless::read_package(file.path(folder, "datapackage.json")))
    frictionless::read_resource(descriptor, table)
  }
)

different <- 0
for (reader in names(readers)) {
  if (!requireNamespace(reader, quietly = TRUE)) {
    cat(reader, "is not installed; nothing was read with it\n")
    next
  }
  for (table in table_names(package)) {
    text <- files[files$table_name == table & files$format == "csv", ]
    own <- files$path[files$table_name == table & files$format == "parquet"]
    if (nrow(text) == 0 || (reader == "frictionless" && !any(vapply(package$descriptor$resources, function(one) identical(one$name, table), TRUE)))) next
    schema <- table_schema(package, table)
    fields <- schema_fields(schema, "name", "type")
    expected <- read_text_file(file.path(package$dir, text$path[1]), schema)
    found <- tryCatch(plain(readers[[reader]](table, file.path(package$dir, sort(own))), fields), error = function(fault) conditionMessage(fault))
    verdict <- if (is.character(found)) found else isTRUE(all.equal(found, plain(expected, fields), tolerance = 0, check.attributes = FALSE))
    if (!isTRUE(verdict)) {
      different <- different + 1
      cat(reader, table, if (is.character(verdict)) verdict else "differs from the text", "\n")
    }
  }
  cat(reader, "read", length(table_names(package)), "tables\n")
}
quit(status = as.integer(different > 0))
