# The data package that is read: an unpacked release, its zip, or what lies in this R package.

cvm_name <- "cloud-vendor-metrics"
cvm_again <- "download and unpack the package again"
cvm_opened <- new.env()

# The folder and descriptor of a package. `data` is a folder or zip; without it the one that CVM_DATA names, else the
# tables of this R package. The current folder is never searched.
open_package <- function(data = NULL) {
  place <- if (!is.null(data)) data else Sys.getenv("CVM_DATA")
  if (identical(place, "")) place <- system.file("extdata", package = "cloudvendormetrics")
  dir <- package_dir(place)
  path <- file.path(dir, "datapackage.json")
  if (!nzchar(dir) || !file.exists(path)) {
    stop("no datapackage.json in ", if (nzchar(place)) place else "the R package",
      "; name the unpacked release or its zip: data = PATH, or set CVM_DATA", call. = FALSE)
  }
  key <- paste(path, file.mtime(path), file.size(path))
  if (is.null(cvm_opened[[key]])) {
    cvm_opened[[key]] <- list(dir = dir, descriptor = read_descriptor(path))
  }
  cvm_opened[[key]]
}

package_dir <- function(place) {
  if (!grepl("\\.zip$", place) || !file.exists(place) || dir.exists(place)) {
    return(place)
  }
  key <- paste("zip", normalizePath(place), file.mtime(place), file.size(place))
  if (is.null(cvm_opened[[key]])) {
    names <- utils::unzip(place, list = TRUE)$Name
    if (any(grepl("^/|^[A-Za-z]:|(^|[/\\\\])\\.\\.([/\\\\]|$)", names))) {
      stop(place, ": a path leads out of the package; ", cvm_again, call. = FALSE)
    }
    folder <- tempfile("cvm")
    utils::unzip(place, exdir = folder)
    found <- list.files(folder, "^datapackage\\.json$", recursive = TRUE, full.names = TRUE)
    cvm_opened[[key]] <- if (length(found)) dirname(found[which.min(nchar(found))]) else ""
  }
  cvm_opened[[key]]
}

read_descriptor <- function(path) {
  descriptor <- tryCatch(json_file(path), error = function(fault) NULL)
  if (!is.list(descriptor) || is.null(names(descriptor)) || !is.list(descriptor$resources)) {
    stop(path, ": not a descriptor; ", cvm_again, call. = FALSE)
  }
  if (!identical(descriptor$name, cvm_name)) {
    stop(path, ": is package ", deparse1(descriptor$name), ", not ", cvm_name, "; name a release of it", call. = FALSE)
  }
  descriptor
}

# The files that the descriptor lists: a data frame with path, table_name, format, bytes, hash and rows.
package_files <- function(package) {
  text <- function(key, other = key) {
    vapply(package$descriptor$resources, function(one) {
      found <- if (is.null(one[[key]])) one[[other]] else one[[key]]
      if (is.null(found)) NA_character_ else as.character(found)
    }, "")
  }
  files <- data.frame(
    path = text("path"), table_name = text("table", "name"), format = text("format"),
    bytes = as.numeric(text("bytes")), hash = text("hash"), rows = as.numeric(text("row_count"))
  )
  files$table_name <- sub("-parquet$", "", files$table_name)
  if (any(grepl("^/|^[A-Za-z]:|(^|[/\\\\])\\.\\.([/\\\\]|$)", files$path))) {
    stop(file.path(package$dir, "datapackage.json"), ": a path leads out of the package; ", cvm_again, call. = FALSE)
  }
  files
}

# What is wrong with each file: nothing, or that it is missing, or not the one listed.
file_faults <- function(package, files) {
  paths <- file.path(package$dir, files$path)
  sizes <- file.size(paths)
  faults <- ifelse(is.na(sizes), "missing", ifelse(sizes == files$bytes, "", "changed"))
  whole <- which(faults == "")
  sums <- sha256_files(paths[whole])
  faults[whole] <- ifelse(is.na(sums) | paste0("sha256:", sums) == files$hash[whole], "", "changed")
  faults
}

cvm_no_sha256 <- paste("nothing here computes SHA-256: R does from 4.5 on, and neither package digest nor the command sha256sum",
  "or shasum is here; fix: install.packages(\"digest\")")

# The SHA-256 of files: by R itself from 4.5 on, by package digest, or by the system's own command; else NA.
sha256_files <- function(paths) {
  if (length(paths) == 0) {
    return(character())
  }
  if (exists("sha256sum", asNamespace("tools"))) {
    return(unname(get("sha256sum", asNamespace("tools"))(paths)))
  }
  if (requireNamespace("digest", quietly = TRUE)) {
    return(vapply(paths, function(path) digest::digest(path, "sha256", file = TRUE), "", USE.NAMES = FALSE))
  }
  command <- Sys.which(c("sha256sum", "shasum"))
  if (!any(nzchar(command))) {
    return(rep(NA_character_, length(paths)))
  }
  options <- if (nzchar(command[[1]])) character() else c("-a", "256")
  lines <- system2(command[nzchar(command)][[1]], c(options, shQuote(paths)), stdout = TRUE)
  sub("^\\\\?([0-9a-f]{64}).*", "\\1", lines)
}

# The schema of a table, as a data frame of its fields and a list of all that it says.
table_schema <- function(package, table) {
  path <- file.path(package$dir, "schemas", paste0(table, ".json"))
  key <- paste(path, file.mtime(path))
  if (is.null(cvm_opened[[key]])) {
    if (!file.exists(path)) stop(path, ": no schema; ", cvm_again, call. = FALSE)
    schema <- tryCatch(json_file(path), error = function(fault) NULL)
    types <- if (is.list(schema$fields)) unlist(lapply(schema$fields, function(one) one[["type"]]))
    if (is.null(types) || !all(types %in% c("string", "integer", "number", "boolean", "date"))) {
      stop(path, ": not the schema of a table; ", cvm_again, call. = FALSE)
    }
    cvm_opened[[key]] <- schema
  }
  cvm_opened[[key]]
}

schema_fields <- function(schema, ...) {
  text <- function(key) vapply(schema$fields, function(one) if (is.null(one[[key]])) NA_character_ else as.character(one[[key]])[1], "")
  as.data.frame(stats::setNames(lapply(c(...), text), c(...)))
}

table_names <- function(package) sort(unique(package_files(package)$table_name), method = "radix")
