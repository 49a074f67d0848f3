# Read tables with both readers of clients/r/load.R and write their cells as texts: write_cells.R DIR OUT NAME...
options(warn = 2)
source("clients/r/load.R")

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

arguments <- commandArgs(trailingOnly = TRUE)
for (name in arguments[-(1:2)]) {
  readers <- list(base = cvm_read, readr = cvm_read_readr)
  for (reader in names(readers)) {
    frame <- readers[[reader]](name, arguments[1])
    stopifnot(reader != "readr" || nrow(readr::problems(frame)) == 0)
    out <- file(file.path(arguments[2], paste0(name, ".", reader)), "wb")
    for (column in names(frame)) {
      header <- paste(column, class(frame[[column]])[1], length(frame[[column]]))
      writeLines(c(header, texts(frame[[column]])), out, useBytes = TRUE)
    }
    close(out)
  }
}
