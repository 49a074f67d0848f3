# Read JSON with base R alone: what the descriptor and the schemas of the package need.

json_token <- paste0(
  "\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|[\\[\\]{}:,]"
)

# A file as R values: an object is a named list, an array a list.
json_file <- function(path) {
  text <- readChar(path, file.size(path), useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  json_text(text)
}

json_text <- function(text) {
  tokens <- regmatches(text, gregexpr(json_token, text, perl = TRUE))[[1]]
  kinds <- substr(tokens, 1, 1)
  values <- json_scalars(tokens, kinds)
  tokens <- tokens[!kinds %in% c(":", ",")]
  values <- values[!kinds %in% c(":", ",")]
  kinds <- kinds[!kinds %in% c(":", ",")]
  place <- 0L
  value <- function() {
    place <<- place + 1L
    kind <- kinds[place]
    if (is.na(kind)) stop("not JSON", call. = FALSE)
    if (kind == "{") object() else if (kind == "[") array() else values[[place]]
  }
  object <- function() {
    found <- list()
    while (kinds[place + 1L] != "}") {
      place <<- place + 1L
      name <- values[[place]]
      found[name] <- list(value())
    }
    place <<- place + 1L
    found
  }
  array <- function() {
    found <- list()
    while (kinds[place + 1L] != "]") {
      found[length(found) + 1L] <- list(value())
    }
    place <<- place + 1L
    found
  }
  value()
}

# Each token that is a value by itself.
json_scalars <- function(tokens, kinds) {
  values <- vector("list", length(tokens))
  text <- kinds == "\""
  values[text] <- as.list(json_strings(tokens[text]))
  values[kinds == "t"] <- list(TRUE)
  values[kinds == "f"] <- list(FALSE)
  number <- grepl("[-0-9]", kinds)
  values[number] <- as.list(as.numeric(tokens[number]))
  values
}

json_signs <- c(n = "\n", t = "\t", r = "\r", b = "\b", f = "\f", "\"" = "\"", "\\" = "\\", "/" = "/")

json_strings <- function(tokens) {
  inner <- substr(tokens, 2, nchar(tokens) - 1)
  escaped <- grep("\\", inner, fixed = TRUE)
  inner[escaped] <- vapply(inner[escaped], json_unescaped, "", USE.NAMES = FALSE)
  inner
}

json_unescaped <- function(text) {
  escapes <- gregexpr("\\\\u[0-9a-fA-F]{4}|\\\\.", text)
  regmatches(text, escapes) <- lapply(regmatches(text, escapes), function(found) {
    vapply(found, function(one) {
      if (nchar(one) == 6) intToUtf8(strtoi(substr(one, 3, 6), 16L)) else json_signs[[substr(one, 2, 2)]]
    }, "")
  })
  text
}
