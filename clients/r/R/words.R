# Find one's way: what tables, metrics and vendors there are, what a name means, and where a word occurs.

cvm_tables <- function(data = NULL) {
  package <- open_package(data)
  files <- package_files(package)
  rows <- lapply(table_names(package), function(name) {
    own <- files[files$table_name == name, ]
    own <- own[own$format == own$format[1], ]
    schema <- package$descriptor$resources[[which(files$path == own$path[1])]]
    if (is.null(schema$title_zh)) schema <- table_schema(package, name)
    data.frame(table_name = name, title = schema$title, title_zh = schema$title_zh, rows = sum(own$rows),
      bytes = sum(own$bytes), description = schema$description)
  })
  do.call(rbind, rows)
}

cvm_metrics <- function(query = NULL, data = NULL) searched(open_package(data), "metric", query)

cvm_vendors <- function(query = NULL, data = NULL) searched(open_package(data), "vendor", query)

cvm_resolve <- function(names, data = NULL) {
  package <- open_package(data)
  if (is.null(names)) stop("names NULL: expected a text, or several", call. = FALSE)
  names <- as.character(names)
  found <- resolved(package, names)
  vendors <- read_table(package, "vendors")
  entities <- read_table(package, "entities")
  own <- vendors[match(found$vendor_id, vendors$vendor_id), ]
  found$name_en <- own$name_en
  found$name_zh <- own$name_zh
  known <- c(vendors$vendor_id, vendors$name_en, vendors$name_zh, entities$entity_id, entities$name_en, entities$name_zh)
  near <- vapply(names, function(name) paste(near_names(name, unique(known[!is.na(known)])), collapse = " "), "")
  found$near <- ifelse(is.na(found$vendor_id) & is.na(found$entity_id) & nzchar(near), near, NA)
  found
}

named <- list(
  metric = list("metrics", "metric_id", c("name_en", "name_zh", "aliases", "definition")),
  vendor = list("vendors", "vendor_id", c("name_en", "name_zh", "tickers", "parent_company")),
  entity = list("entities", "entity_id", c("name_en", "name_zh", "aliases", "definition", "definition_zh")),
  breakdown = list("breakdowns", "breakdown_id", c("name_en", "name_zh", "definition", "definition_zh")),
  unit = list("units", "unit_id", c("symbol", "printed_forms")),
  company = list("companies", "company_id", c("name_en", "name_zh", "tickers")),
  source = list("sources", "source_id", c("title", "publisher")),
  observation = list("observations_flat", "observation_id", character()),
  finding = list("findings", "finding_id", character())
)

holds_words <- function(texts, query) {
  words <- folded(strsplit(trimws(one_text("query", query)), "[[:space:]]+")[[1]])
  Reduce(`&`, lapply(words, function(word) grepl(word, texts, fixed = TRUE)), rep(TRUE, length(texts)))
}

joined <- function(frame, columns) {
  cells <- lapply(columns, function(column) folded(ifelse(is.na(frame[[column]]), "", frame[[column]])))
  do.call(paste, cells)
}

searched <- function(package, kind, query) {
  one <- named[[kind]]
  frame <- read_table(package, one[[1]])
  if (is.null(query)) {
    return(frame)
  }
  renumbered(frame[holds_words(joined(frame, intersect(c(one[[2]], one[[3]]), names(frame))), query), ])
}

cvm_search <- function(query, data = NULL) {
  package <- open_package(data)
  hits <- do.call(rbind, candidates(package))
  hits <- hits[holds_words(hits$text, query), ]
  asked <- folded(query)
  names <- lapply(hits[c("id", "name_en", "name_zh")], function(name) folded(ifelse(is.na(name), "", name)))
  same <- Reduce(`|`, lapply(names, `==`, asked))
  others <- paste0(";-", folded(hits$aliases), ";-")
  same <- same | grepl(paste0(";-", asked, ";-"), others, fixed = TRUE)
  names <- c(names, list(others))
  part <- Reduce(`|`, lapply(names, function(name) grepl(asked, name, fixed = TRUE)))
  kinds <- c("table", "metric", "vendor", "entity", "breakdown", "unit", "company", "model", "accelerator", "column", "source")
  hits <- hits[order(ifelse(same, 0, ifelse(part, 1, 2)), match(hits$kind, kinds)), ]
  renumbered(unique(hits[c("kind", "id", "name_en", "name_zh")]))
}

candidates <- function(package) {
  hit <- function(kind, id, name_en = NA_character_, name_zh = NA_character_, ..., aliases = "") {
    cells <- lapply(list(id, name_en, name_zh, ...), function(cell) folded(ifelse(is.na(cell), "", cell)))
    data.frame(kind = kind, id = id, name_en = name_en, name_zh = name_zh, text = do.call(paste, cells), aliases = aliases)
  }
  schemas <- lapply(table_names(package), function(name) {
    schema <- table_schema(package, name)
    fields <- schema_fields(schema, "name", "title", "title_zh")
    rbind(
      hit("table", name, schema$title, schema$title_zh, schema$description, schema$description_zh),
      hit("column", paste0(name, ".", fields$name), fields$title, fields$title_zh)
    )
  })
  things <- lapply(names(Filter(function(one) length(one[[3]]) > 0, named)), function(kind) {
    one <- named[[kind]]
    frame <- read_table(package, one[[1]])
    columns <- lapply(intersect(one[[3]], names(frame)), function(column) frame[[column]])
    zh <- if (is.null(frame$name_zh)) NA_character_ else frame$name_zh
    aliases <- if (is.null(frame$aliases)) "" else ifelse(is.na(frame$aliases), "", frame$aliases)
    do.call(hit, c(list(kind, frame[[one[[2]]]], columns[[1]], zh), columns, list(aliases = aliases)))
  })
  models <- unique(read_table(package, "model_price_claims")$model)
  cards <- unique(read_table(package, "machine_accelerators")$accelerator)
  c(schemas, things, list(hit("model", sort(models, method = "radix")), hit("accelerator", sort(cards, method = "radix"))))
}

# What is called by a name in either language: its table, key and id; NULL where nothing is.
called <- function(package, name) {
  for (one in named) {
    frame <- read_table(package, one[[1]])
    for (column in intersect(c("name_en", "name_zh", "aliases", "tickers", "symbol"), one[[3]])) {
      parts <- strsplit(ifelse(is.na(frame[[column]]), "", frame[[column]]), "[;|,\u3001]")
      place <- match(folded(name), folded(unlist(parts)))
      if (!is.na(place)) {
        return(list(one[[1]], one[[2]], frame[[one[[2]]]][rep(seq_along(parts), lengths(parts))[place]]))
      }
    }
  }
  whom <- resolved(package, name)
  if (!is.na(whom$entity_id)) list("entities", "entity_id", whom$entity_id)
}

cvm_describe <- function(name, data = NULL) {
  package <- open_package(data)
  name <- trimws(one_text("name", name))
  tables <- table_names(package)
  if (tolower(name) %in% tables) name <- tolower(name)
  table <- sub("\\..*", "", name)
  if (table %in% tables) {
    fields <- schema_fields(table_schema(package, table), "name", "type", "unit", "title", "title_zh", "description",
      "description_zh", "example")
    names(fields)[1] <- "column_name"
    own <- name == table | paste0(table, ".", fields$column_name) == name
    if (any(own)) {
      return(renumbered(fields[own, ]))
    }
  }
  for (one in named) {
    if (tolower(name) %in% tolower(read_table(package, one[[1]])[[one[[2]]]])) {
      return(one_row(package, one[[1]], one[[2]], name))
    }
  }
  by_name <- called(package, name)
  if (!is.null(by_name)) {
    return(do.call(one_row, c(list(package), by_name)))
  }
  known <- unlist(lapply(Filter(function(one) length(one[[3]]) > 0, named), function(one) read_table(package, one[[1]])[[one[[2]]]]))
  columns <- if (table %in% tables) paste0(table, ".", schema_fields(table_schema(package, table), "name")$name)
  unknown_name("name", "\u540d\u79f0", name, c(tables, columns, known))
}

# A row of a table by its key, a property a row.
one_row <- function(package, table, key, id) {
  frame <- read_table(package, table)
  fields <- schema_fields(table_schema(package, table), "name", "title", "title_zh")
  text <- vapply(frame[match(tolower(id), tolower(frame[[key]])), fields$name], function(cell) cell_texts(cell), "")
  described <- data.frame(property = fields$name, title = fields$title, title_zh = fields$title_zh, text = text)
  renumbered(described[text != "", ])
}
