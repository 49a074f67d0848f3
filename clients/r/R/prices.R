# Ask for prices: what a model cost on a day, and where an hour of an accelerator is cheapest.

cvm_price_on <- function(model, day = Sys.Date(), data = NULL) {
  day <- day_of(day)
  package <- open_package(data)
  claims <- read_table(package, "model_price_claims")
  asked <- tolower(trimws(one_text("model", model)))
  bare <- sub("^.*/", "", tolower(claims$model))
  own <- claims[claims$model_key == asked | bare == asked, ]
  if (nrow(own) == 0 || !nzchar(asked)) unknown_name("model", "\u6a21\u578b", model, bare)
  own$apart <- pmax(as.numeric(own$since - day), as.numeric(day - own$until), 0)
  own <- own[own$apart <= 31 & day <= years_after(own$ends_on, 1), ]
  own <- own[order(own$apart, own$state == "disputed", own$rank, -as.numeric(own$ends_on), -as.numeric(own$since), own$model_price_id, method = "radix"), ]
  offer <- own[c("seller", "region", "model_key", "meter", "mode", "tier_from_tokens", "per_unit_id", "currency")]
  best <- own[!duplicated(offer), ]
  holds <- best$since <= day & best$until >= day
  best$known <- ifelse(!holds, "nearest", ifelse(best$ends_on >= day, "exact", "carried_forward"))
  best <- best[order(best$meter, best$mode, best$seller, best$region, best$model, best$tier_from_tokens,
    best$model_price_id, method = "radix"), ]
  renumbered(best[c(
    "seller", "region", "model", "meter", "mode", "service_tier", "commitment", "endpoint", "offer",
    "tier_from_tokens", "amount", "currency", "per_unit_id", "known", "state", "valid_from", "source_id", "model_price_id"
  )])
}

cvm_cheapest <- function(accelerator, region = NULL, day = Sys.Date(), data = NULL) {
  day <- day_of(day)
  package <- open_package(data)
  cards <- read_table(package, "machine_accelerators")
  wanted <- cards[tolower(cards$accelerator) == tolower(trimws(one_text("accelerator", accelerator))), names(cards) != "source_id"]
  if (nrow(wanted) == 0) unknown_name("accelerator", "\u52a0\u901f\u5668", accelerator, cards$accelerator)
  spans <- machine_spans(package, unique(wanted$instance_type))
  own <- merge(spans[spans$amount > 0, ], wanted, by = c("vendor_id", "instance_type"))
  if (!is.null(region)) {
    meant <- regions_meant(region, unique(own$region))
    if (length(meant) == 0) meant <- regions_meant(region, unique(read_table(package, "regions")$region))
    if (length(meant) == 0) unknown_name("region", "\u5730\u57df", region, own$region)
    own <- own[own$region %in% meant, ]
  }
  sources <- read_table(package, "sources")
  ends_on <- sources$known_on[match(own$source_id, sources$source_id)]
  until <- own$valid_to
  until[is.na(until)] <- as.Date("9999-12-31")
  holds <- own$valid_from <= day & until >= day & day <= years_after(ends_on, 3)
  holds <- holds & span_states(package, own) == "priced"
  own$known <- ifelse(day <= ends_on, "exact", "carried_forward")
  own$amount_each <- own$amount / own$accelerator_count
  own$ends_on <- ends_on
  own <- own[holds, ]
  own <- own[order(-as.numeric(own$ends_on), own$source_id, method = "radix"), ]
  own <- own[!duplicated(own[c("vendor_id", "region", "instance_type", "operating_system", "purchase_option", "currency")]), ]
  own <- own[order(own$currency != "USD", own$currency, own$amount_each, own$vendor_id, own$region, own$instance_type, own$operating_system,
    own$purchase_option, method = "radix"), ]
  renumbered(own[c(
    "vendor_id", "region", "instance_type", "operating_system", "purchase_option", "accelerator", "accelerator_count",
    "memory_gb", "amount", "amount_each", "currency", "valid_from", "source_id", "known"
  )])
}

# The known regions that a text names: as written, else without regard to capitals, else to blanks and hyphens too.
regions_meant <- function(region, known) {
  for (plain in list(identity, tolower, function(text) gsub("[^a-z0-9]", "", tolower(text)))) {
    meant <- known[plain(known) == plain(region)]
    if (length(meant) > 0) return(meant)
  }
  character(0)
}

# The same day some years later; 29 February becomes 28 February.
years_after <- function(day, years) {
  parts <- as.POSIXlt(day)
  leap <- parts$mon == 1 & parts$mday == 29
  parts$year <- parts$year + years
  parts$mday <- ifelse(leap & !is.na(leap), 28L, parts$mday)
  as.Date(parts)
}

# The spans of some machines. Of text the lines that name one are picked first: half a million rows take R long.
machine_spans <- function(package, machines) {
  files <- table_files(package, "compute_prices")
  if (files$format[1] == "parquet") {
    spans <- read_table(package, "compute_prices")
    return(spans[spans$instance_type %in% machines, ])
  }
  schema <- table_schema(package, "compute_prices")
  parts <- lapply(file.path(package$dir, files$path), function(path) {
    file <- gzfile(path, encoding = "UTF-8")
    on.exit(close(file))
    lines <- readLines(file, encoding = "UTF-8")
    wanted <- paste0(",(?:", paste(gsub("([.+])", "\\\\\\1", machines), collapse = "|"), "),")
    named <- grepl(wanted, lines, perl = TRUE, useBytes = TRUE)
    named[1] <- TRUE
    read_text_file(path, schema, lines[named])
  })
  spans <- do.call(rbind, parts)
  spans[spans$instance_type %in% machines, ]
}

# The state of each span: priced unless table price_states says otherwise.
span_states <- function(package, spans) {
  states <- read_table(package, "price_states")
  states <- states[states$table_name == "compute_prices", ]
  ids <- paste(spans$source_id, spans$region, spans$instance_type, spans$operating_system, spans$purchase_option,
    format(spans$valid_from), sep = "|")
  state <- states$state[match(ids, states$row_id)]
  ifelse(is.na(state), "priced", state)
}
