# Cite the dataset, or exactly the rows used with the sources they come from.

cvm_cite <- function(frame = NULL, style = c("text", "apa", "bibtex", "ris", "csl-json"), data = NULL) {
  style <- match.arg(style)
  if (!is.null(frame)) as_rows(frame)
  package <- open_package(data)
  works <- list(dataset_work(package, frame))
  if (!is.null(frame)) {
    known <- read_table(package, "sources")
    rows <- known[known$source_id %in% source_ids(package, frame), ]
    rows <- rows[order(rows$source_id, method = "radix"), ]
    works <- c(works, lapply(seq_len(nrow(rows)), function(place) source_work(rows[place, ])))
  }
  write <- list(text = text_line, apa = apa_line, bibtex = bibtex_entry, ris = ris_record, `csl-json` = csl_item)[[style]]
  entries <- vapply(works, write, "")
  if (style == "csl-json") {
    return(paste0("[\n", paste(entries, collapse = ",\n"), "\n]"))
  }
  paste(entries, collapse = if (style == "bibtex") "\n\n" else "\n")
}

dataset_work <- function(package, frame) {
  about <- package$descriptor
  note <- if (is.null(frame)) "" else paste0(nrow(frame), " rows, ", cvm_checksum(frame))
  list(
    key = paste0(about$name, "-", about$version), author = about$contributors[[1]]$title, title = about$title,
    date = substr(about$created, 1, 10), url = if (is.null(about$homepage)) "" else about$homepage, note = note,
    version = about$version, kind = "dataset"
  )
}

source_work <- function(row) {
  text <- function(cell) if (is.na(cell)) "" else as.character(cell)
  long <- c(day = 10, month = 7, quarter = 4, year = 4)
  known <- long[row$published_precision]
  list(
    key = row$source_id, author = row$publisher, title = row$title,
    date = if (is.na(known) || is.na(row$published_on)) "" else substr(format(row$published_on), 1, known),
    url = text(row$url), note = text(row$attribution), version = "", kind = row$kind
  )
}

year_of <- function(work) if (nzchar(work$date)) substr(work$date, 1, 4) else "n.d."

text_line <- function(work) {
  paste0(
    work$author, " (", year_of(work), "). ", work$title, if (nzchar(work$version)) paste0(", version ", work$version),
    if (nzchar(work$note)) paste0(" [", work$note, "]"), ".", if (nzchar(work$url)) paste0(" ", work$url)
  )
}

apa_line <- function(work) {
  parts <- strsplit(work$date, "-", fixed = TRUE)[[1]]
  when <- year_of(work)
  if (length(parts) > 1) when <- paste0(when, ", ", month.name[as.integer(parts[2])])
  if (length(parts) > 2) when <- paste0(when, " ", as.integer(parts[3]))
  note <- if (nzchar(work$note)) paste0(" ", toupper(substr(work$note, 1, 1)), substring(work$note, 2), ".")
  paste0(
    sub("\\.+$", "", work$author), ". (", when, "). ", work$title,
    if (nzchar(work$version)) paste0(" (Version ", work$version, ")"), if (work$kind == "dataset") " [Data set]", ".",
    note, if (nzchar(work$url)) paste0(" ", work$url)
  )
}

latex <- function(text) {
  text <- gsub("\\", "\001", text, fixed = TRUE)
  text <- gsub("([&%$#_{}])", "\\\\\\1", text)
  text <- gsub("\001", "\\textbackslash{}", text, fixed = TRUE)
  text <- gsub("~", "\\textasciitilde{}", text, fixed = TRUE)
  gsub("^", "\\textasciicircum{}", text, fixed = TRUE)
}

bibtex_entry <- function(work) {
  fields <- c(
    author = paste0("{", latex(work$author), "}"), title = paste0("{", latex(work$title), "}"),
    year = substr(work$date, 1, 4), date = work$date, version = latex(work$version),
    url = gsub("[{}\\\\[:space:]]", "", work$url), note = latex(work$note)
  )
  fields <- fields[nzchar(fields)]
  kind <- if (work$kind == "dataset") "dataset" else if (nzchar(work$url)) "online" else "misc"
  paste0("@", kind, "{", work$key, ",\n", paste0("  ", names(fields), " = {", fields, "}", collapse = ",\n"), "\n}")
}

ris_record <- function(work) {
  kinds <- c(dataset = "DATA", news = "NEWS", regulatory_filing = "RPRT", broker_research = "RPRT")
  dashes <- nchar(gsub("[^-]", "", work$date))
  date <- if (nzchar(work$date)) paste0(gsub("-", "/", work$date), strrep("/", 3 - dashes)) else ""
  fields <- c(
    TY = if (is.na(kinds[work$kind])) "ELEC" else kinds[[work$kind]], ID = work$key, AU = work$author, TI = work$title,
    PY = substr(work$date, 1, 4), DA = date, ET = work$version, UR = work$url, N1 = work$note
  )
  fields <- gsub("[[:space:]]+", " ", fields[nzchar(fields)])
  paste0(paste0(names(fields), "  - ", fields, collapse = "\n"), "\nER  - \n")
}

csl_item <- function(work) {
  quote_json <- function(text) paste0("\"", gsub("([\"\\\\])", "\\\\\\1", text), "\"")
  fields <- c(
    id = quote_json(work$key), type = if (work$kind == "dataset") "\"dataset\"" else "\"document\"",
    author = paste0("[{\"literal\": ", quote_json(work$author), "}]"), title = quote_json(work$title)
  )
  more <- c(version = work$version, URL = work$url, note = work$note)
  more <- more[nzchar(more)]
  fields <- c(fields, vapply(more, quote_json, ""))
  if (nzchar(work$date)) {
    parts <- as.integer(strsplit(work$date, "-", fixed = TRUE)[[1]])
    fields <- c(fields, issued = paste0("{\"date-parts\": [[", paste(parts, collapse = ", "), "]]}"))
  }
  paste0("  {", paste0("\"", names(fields), "\": ", fields, collapse = ", "), "}")
}
