# An unknown name is answered with near ones, in both languages.

unknown_name <- function(kind, kind_zh, name, known) {
  known <- sort(unique(known[!is.na(known) & nzchar(known)]), method = "radix")
  near <- if (length(name) == 1 && is.character(name) && !is.na(name)) near_names(name, known) else character()
  shown <- deparse1(name)
  if (length(near)) {
    english <- paste0("did you mean ", paste(near, collapse = ", "), "?")
    chinese <- paste0("\u662f\u5426\u6307 ", paste(near, collapse = "\u3001"), "\uff1f")
  } else {
    english <- paste0("there are ", paste(utils::head(known, 60), collapse = ", "))
    chinese <- paste0("\u73b0\u6709 ", length(known), " \u4e2a")
  }
  stop("no ", kind, " ", shown, "; ", english, " / \u6ca1\u6709", kind_zh, " ", shown, "\uff1b", chinese, call. = FALSE)
}

# One text, which is what a verb asks for; a factor of one level is one.
one_text <- function(what, value) {
  if (is.factor(value)) value <- as.character(value)
  if (!is.character(value) || length(value) != 1 || is.na(value)) {
    stop(what, " ", deparse1(value), ": expected one text", call. = FALSE)
  }
  value
}

# TRUE or FALSE.
one_flag <- function(what, value) {
  if (!isTRUE(value) && !isFALSE(value)) stop(what, " ", deparse1(value), ": expected TRUE or FALSE", call. = FALSE)
  value
}

# The rows that a verb is given.
as_rows <- function(frame) {
  if (!is.data.frame(frame)) stop("rows: found ", class(frame)[1], ", expected a data frame", call. = FALSE)
  frame
}

# At most five of the known names that a name may be a slip or a part of, the likeliest first.
near_names <- function(name, known) {
  asked <- tolower(trimws(name))
  if (!nzchar(asked) || length(known) == 0) {
    return(character())
  }
  folded <- tolower(known)
  far <- utils::adist(asked, folded)[1, ]
  slips <- known[far <= 0.4 * pmax(nchar(asked), nchar(folded))]
  slips <- slips[order(far[match(slips, known)])]
  parts <- known[grepl(asked, folded, fixed = TRUE)]
  utils::head(unique(c(slips, parts[order(nchar(parts))])), 5)
}

# A name as it is compared: width, case and blanks do not count.
folded <- function(text) {
  text <- enc2utf8(as.character(text))
  wide <- intToUtf8(c(0x3000, 0xFF01:0xFF5E))
  narrow <- intToUtf8(c(0x20, 0x21:0x7E))
  gsub("[[:space:]_-]+", "-", tolower(trimws(chartr(wide, narrow, text))))
}

# The ids that names stand for, by the names of each row of a table.
ids_of <- function(table, key, columns, kind, kind_zh, names) {
  columns <- intersect(columns, names(table)) # an older release may lack a newer column
  called <- table[[key]]
  keys <- folded(table[[key]])
  for (column in columns) {
    parts <- strsplit(ifelse(is.na(table[[column]]), "", table[[column]]), "[;|,\u3001]")
    keys <- c(keys, folded(unlist(parts)))
    called <- c(called, rep(table[[key]], lengths(parts)))
  }
  found <- called[match(folded(names), keys)]
  if (anyNA(found)) {
    unknown_name(kind, kind_zh, names[is.na(found)][1], c(table[[key]], unlist(table[columns])))
  }
  unique(found)
}

metric_ids <- function(package, names) {
  ids_of(read_table(package, "metrics"), "metric_id", c("name_en", "name_zh", "aliases"), "metric", "\u6307\u6807", names)
}

entity_ids <- function(package, names) {
  ids_of(read_table(package, "entities"), "entity_id", c("name_en", "name_zh", "aliases"), "entity", "\u4e3b\u4f53", names)
}

vendor_ids <- function(package, names) {
  found <- resolved(package, names)
  if (anyNA(found$vendor_id)) {
    vendors <- read_table(package, "vendors")
    entities <- read_table(package, "entities")
    known <- c(vendors$vendor_id, vendors$name_en, vendors$name_zh, vendors$tickers, entities$entity_id, entities$name_en, entities$name_zh)
    unknown_name("vendor", "\u5382\u5546", names[is.na(found$vendor_id)][1], known)
  }
  unique(found$vendor_id)
}

# Each name whole, without its brackets, and what stands in them, with the row it is of.
name_forms <- function(names) {
  whole <- ifelse(is.na(names), "", names)
  brackets <- "[(\uff08][^()\uff08\uff09]*[)\uff09]"
  inner <- regmatches(whole, gregexpr(brackets, whole))
  inside <- gsub("[()\uff08\uff09]", "", unlist(inner))
  list(
    name = c(whole, trimws(gsub(brackets, "", whole)), inside),
    row = c(seq_along(whole), seq_along(whole), rep(seq_along(whole), lengths(inner)))
  )
}

resolved <- function(package, names) {
  vendors <- read_table(package, "vendors")
  clouds <- read_table(package, "vendor_clouds")
  cloud <- clouds$entity_id[match(vendors$vendor_id, clouds$vendor_id)]
  entities <- read_table(package, "entities")
  keys <- character()
  vendor_id <- character()
  entity_id <- character()
  add <- function(keys_of, rows, of_vendor, of_entity) {
    keys <<- c(keys, folded(keys_of))
    vendor_id <<- c(vendor_id, of_vendor[rows])
    entity_id <<- c(entity_id, of_entity[rows])
  }
  for (column in c("vendor_id", "name_en", "name_zh", "parent_company")) {
    forms <- name_forms(vendors[[column]])
    add(forms$name, forms$row, vendors$vendor_id, cloud)
  }
  tickers <- strsplit(ifelse(is.na(vendors$tickers), "", vendors$tickers), " ", fixed = TRUE)
  rows <- rep(seq_along(tickers), lengths(tickers))
  add(unlist(tickers), rows, vendors$vendor_id, cloud)
  add(sub("\\..*", "", unlist(tickers)), rows, vendors$vendor_id, cloud)
  for (column in c("entity_id", "name_en", "name_zh")) {
    forms <- name_forms(entities[[column]])
    add(forms$name, forms$row, entities$vendor_id, entities$entity_id)
  }
  others <- strsplit(if (is.null(entities$aliases)) character() else ifelse(is.na(entities$aliases), "", entities$aliases), "; ", fixed = TRUE)
  add(unlist(others), rep(seq_along(others), lengths(others)), entities$vendor_id, entities$entity_id)
  keys[keys == ""] <- NA
  asked <- folded(names)
  bare <- folded(sub("[[:space:]]*(cloud|\u4e91)$", "", tolower(trimws(names))))
  place <- match(asked, keys, incomparables = NA)
  place <- ifelse(is.na(place), match(bare, keys, incomparables = NA), place)
  data.frame(name = names, vendor_id = vendor_id[place], entity_id = entity_id[place])
}
