# Ask for facts: every print, the headline of each, its vintages, and what was known on a day.

cvm_as_of <- function(day, data = NULL) {
  known_by(read_table(open_package(data), "vintages"), day_of(day))
}

cvm_observations <- function(vendor = NULL, metric = NULL, period = NULL, as_of = NULL, entity = NULL, data = NULL) {
  package <- open_package(data)
  found <- selected(package, read_table(package, "observations_flat"), vendor, metric, entity, period)
  if (!is.null(as_of)) found <- found[found$known_on <= day_of(as_of), ]
  renumbered(found)
}

cvm_vintages <- function(vendor = NULL, metric = NULL, period = NULL, entity = NULL, wide = FALSE, data = NULL) {
  package <- open_package(data)
  found <- renumbered(selected(package, read_table(package, "vintages"), vendor, metric, entity, period))
  if (!one_flag("wide", wide)) {
    return(found)
  }
  days <- sort(unique(found$known_on))
  columns <- lapply(days, function(day) {
    known <- known_by(found, day)
    known$value[match(unique(found$fact_id), known$fact_id)]
  })
  table <- data.frame(fact_id = unique(found$fact_id), stats::setNames(columns, format(days)), check.names = FALSE)
  renumbered(table[order(table$fact_id, method = "radix"), , drop = FALSE])
}

cvm_series <- function(vendor = NULL, metric = "revenue", period = NULL, as_of = NULL, entity = NULL,
                       frequency = c("quarter", "half_year", "year"), breakdown = "total", basis = "reported",
                       currency = NULL, wide = FALSE, data = NULL) {
  frequency <- match.arg(frequency)
  one_flag("wide", wide)
  package <- open_package(data)
  frame <- headlines(package, frequency, if (is.null(as_of)) NULL else day_of(as_of))
  frame <- frame[frame$breakdown_id %in% breakdown & frame$basis %in% basis, ]
  found <- selected(package, frame, vendor, metric, entity, NULL)
  if (!is.null(vendor)) all_found(frame, found, vendor_ids(package, vendor), metric)
  if (is.null(entity)) found <- one_entity_each(package, found, !is.null(vendor))
  found <- in_currency(package, selected(package, found, NULL, NULL, NULL, period), currency)
  order_of <- order(found$entity_id, found$metric_id, found$breakdown_id, found$period_end, method = "radix")
  found <- renumbered(found[order_of, ])
  if (wide) widened(found, frequency) else found
}

# The last row of each fact that was known by a day, in the order of the facts' ids.
known_by <- function(vintages, day) {
  known <- vintages[vintages$known_on <= day, ]
  known <- known[order(known$fact_id, known$known_on, method = "radix"), ]
  renumbered(known[!duplicated(known$fact_id, fromLast = TRUE), ])
}

renumbered <- function(frame) {
  row.names(frame) <- NULL
  frame
}

# One Date; of a time the date of its own time zone counts.
day_of <- function(day) {
  text <- if (inherits(day, c("Date", "POSIXt"))) format(day, "%Y-%m-%d") else day
  parsed <- if (is.character(text)) as.Date(text, "%Y-%m-%d") else NA
  if (length(parsed) != 1 || is.na(parsed) || !grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text)) {
    stop("day: found ", deparse1(day), ", expected one Date or its text YYYY-MM-DD", call. = FALSE)
  }
  parsed
}

# The rows asked for, in the order and with the columns of the frame.
selected <- function(package, frame, vendor, metric, entity, period) {
  mask <- rep(TRUE, nrow(frame))
  if (!is.null(vendor)) mask <- mask & with_vendor(package, frame)$vendor_id %in% vendor_ids(package, vendor)
  if (!is.null(metric)) mask <- mask & frame$metric_id %in% metric_ids(package, metric)
  if (!is.null(entity)) mask <- mask & frame$entity_id %in% entity_ids(package, entity)
  if (!is.null(period)) mask <- mask & in_period(package, frame, period)
  frame[mask, ]
}

with_vendor <- function(package, frame) {
  if (is.null(frame$vendor_id)) {
    entities <- read_table(package, "entities")
    frame$vendor_id <- entities$vendor_id[match(frame$entity_id, entities$entity_id)]
  }
  frame
}

# The frame with the fiscal label and calendar quarter of each period, from fiscal_periods where it has none.
labelled <- function(package, frame) {
  periods <- read_table(package, "fiscal_periods")
  key <- function(rows) paste(rows$entity_id, rows$period_type, rows$period_start, rows$period_end)
  place <- match(key(frame), key(periods))
  for (label in c("fiscal_period", "calendar_quarter")) {
    if (is.null(frame[[label]])) frame[[label]] <- periods[[label]][place]
  }
  frame
}

# Which rows are of a period: a day, month, year, calendar quarter, fiscal label, or the first and last of a span, as
# list(first, last), either NULL, or c(first, last).
in_period <- function(package, frame, period) {
  ends <- frame$period_end
  if (is.list(period) || length(period) > 1) {
    span <- span_ends(as.list(period))
    return(!is.na(ends) & ends >= span[1] & ends <= span[2])
  }
  text <- if (is.character(period)) toupper(gsub(" ", "", period)) else ""
  if (grepl("^FY[0-9]{4}-?([QH][1-4])?$", text)) {
    return(labelled(package, frame)$fiscal_period %in% sub("-", "", text))
  }
  if (grepl("^[12][0-9]{3}-?Q[1-4]$", text)) {
    quarter <- paste0(substr(text, 1, 4), "-Q", substr(text, nchar(text), nchar(text)))
    return(labelled(package, frame)$calendar_quarter %in% quarter & frame$period_type == "quarter")
  }
  span <- span_of(period)
  !is.na(ends) & ends >= span[1] & ends <= span[2]
}

# The first and the last day of a span; an open one reaches as far as days do.
span_ends <- function(period) {
  if (!length(period) %in% 1:2) span_of(period)
  first <- if (is.null(period[[1]])) as.Date("0001-01-01") else span_of(period[[1]])[1]
  last <- if (length(period) < 2 || is.null(period[[2]])) as.Date("9999-12-31") else span_of(period[[2]])[2]
  if (first > last) {
    stop("period ", deparse1(period), ": the first of a span comes before the last", call. = FALSE)
  }
  c(first, last)
}

# The first and last day of a day, month, quarter or year.
span_of <- function(period) {
  text <- if (inherits(period, c("Date", "POSIXt"))) format(period, "%Y-%m-%d") else as.character(period)
  if (length(text) != 1) text <- ""
  months <- if (grepl("^[12][0-9]{3}$", text)) {
    c(1, 12)
  } else if (grepl("^[12][0-9]{3}-(0[1-9]|1[0-2])$", text)) {
    rep(as.numeric(substr(text, 6, 7)), 2)
  } else if (grepl("^[12][0-9]{3}-?[Qq][1-4]$", text)) {
    3 * as.numeric(substr(text, nchar(text), nchar(text))) - c(2, 0)
  }
  if (!is.null(months)) {
    year <- as.numeric(substr(text, 1, 4))
    first <- as.Date(sprintf("%04d-%02d-01", year, months[1]))
    after <- as.Date(sprintf("%04d-%02d-01", year + months[2] %/% 12, months[2] %% 12 + 1))
    return(c(first, after - 1))
  }
  if (!grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text) || is.na(as.Date(text, "%Y-%m-%d", optional = TRUE))) {
    stop("period ", deparse1(period), ": expected 2025-06-30, 2025-06, 2025, 2025-Q2, FY2025, FY2025Q2, ",
      "or list(\"2020\", NULL)", call. = FALSE)
  }
  rep(as.Date(text), 2)
}

headline_tables <- c(quarter = "quarterly_metrics", half_year = "half_year_metrics", year = "annual_metrics")
headline_columns <- c(
  "vendor_id", "entity_id", "metric_id", "basis", "breakdown_id", "period_type", "fiscal_period", "calendar_quarter",
  "period_start", "period_end", "unit_id", "value", "value_low", "value_high", "claim_status", "flags",
  "perimeter_id", "derivation", "disputed", "known_on", "observation_ids", "finding_ids"
)

# The headline of every fact of a frequency, as known now or on a day.
headlines <- function(package, frequency, day) {
  if (is.null(day)) {
    frame <- read_table(package, headline_tables[[frequency]])
    return(frame[c(headline_columns, "value_usd")])
  }
  known <- known_by(read_table(package, "vintages"), day)
  known <- known[known$period_type == frequency & is.na(known$of_entity_id), ]
  labelled(package, with_vendor(package, known))[headline_columns]
}

# The rows of one entity a vendor and metric: its cloud, else its group, else the only one it has.
one_entity_each <- function(package, frame, named) {
  clouds <- read_table(package, "vendor_clouds")
  entities <- read_table(package, "entities")
  groups <- entities$entity_id[entities$scope == "group"]
  pairs <- paste(frame$vendor_id, frame$metric_id)
  pairs[is.na(frame$vendor_id)] <- NA
  keep <- unlist(lapply(split(seq_len(nrow(frame)), pairs), function(rows) {
    there <- unique(frame$entity_id[rows])
    cloud <- clouds$entity_id[match(frame$vendor_id[rows[1]], clouds$vendor_id)]
    whole <- intersect(there, groups)
    chosen <- if (cloud %in% there) cloud else if (length(whole) == 1) whole else if (length(there) == 1) there
    if (is.null(chosen) && named) {
      unknown_name("entity that speaks for the vendor", "\u53ef\u4ee3\u8868\u5382\u5546\u7684\u4e3b\u4f53",
        frame$vendor_id[rows[1]], there)
    }
    rows[frame$entity_id[rows] %in% chosen]
  }))
  frame[sort(keep), ]
}

all_found <- function(frame, found, vendors, metric) {
  for (vendor in setdiff(vendors, found$vendor_id)) {
    own <- frame$metric_id[frame$vendor_id %in% vendor]
    unknown_name(paste("number of", vendor, "for metric"), paste0(" ", vendor, " \u7684\u6307\u6807"), metric[1], own)
  }
}

# Values as reported, or those of money at the mean rate of their period; what is no money stays.
in_currency <- function(package, frame, currency) {
  usd <- frame$value_usd
  frame$value_usd <- NULL
  if (is.null(currency)) {
    return(frame)
  }
  if (!identical(toupper(currency), "USD")) {
    stop("currency ", deparse1(currency), ": expected USD, or none for the one reported in", call. = FALSE)
  }
  units <- read_table(package, "units")
  money <- units$currency[match(frame$unit_id, units$unit_id)]
  if (is.null(usd)) {
    rates <- read_table(package, "exchange_rate_means")
    rates <- rates[rates$quote == "USD", ]
    place <- match(paste(frame$period_start, frame$period_end, money), paste(rates$period_start, rates$period_end, rates$base))
    usd <- round(frame$value * ifelse(money %in% "USD", 1, rates$rate[place]), 4)
  }
  frame$value <- ifelse(is.na(money), frame$value, usd)
  frame$unit_id <- ifelse(is.na(money), frame$unit_id, "usd-m")
  frame[setdiff(names(frame), c("value_low", "value_high"))]
}

# A row a period, a column a vendor; further names in the heading where more than one is there, the unit among them.
widened <- function(frame, frequency) {
  index <- if (frequency == "quarter") "calendar_quarter" else "period_end"
  named <- c("entity_id", "metric_id", "breakdown_id", "basis", "unit_id")
  parts <- Filter(function(part) length(unique(frame[[part]])) > 1, named)
  entities <- unique(frame[c("vendor_id", "entity_id")])
  if (!anyDuplicated(entities$vendor_id)) parts <- sub("^entity_id$", "vendor_id", parts)
  if (length(parts) == 0) parts <- "vendor_id"
  column <- do.call(paste, lapply(parts, function(part) ifelse(is.na(frame[[part]]), "", frame[[part]])))
  ordered <- frame[order(frame$period_end), ]
  column <- column[order(frame$period_end)]
  rows <- sort(unique(ordered[[index]]))
  names <- sort(unique(column), method = "radix")
  values <- lapply(names, function(name) {
    own <- ordered[column == name, ]
    rev(own$value)[match(rows, rev(own[[index]]))]
  })
  data.frame(stats::setNames(list(rows), index), stats::setNames(values, names), check.names = FALSE)
}
