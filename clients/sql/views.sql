-- What one can ask for in DuckDB: what was known on a day, what a model cost, where an accelerator is cheapest.
-- Run DuckDB in the folder of the package and type: .read clients/sql/views.sql

CREATE OR REPLACE VIEW model_price_claims AS FROM 'data/model_price_claims.parquet';
CREATE OR REPLACE VIEW machine_accelerators AS FROM 'data/machine_accelerators.parquet';
CREATE OR REPLACE VIEW price_states AS FROM 'data/price_states.parquet';
CREATE OR REPLACE VIEW compute_prices AS FROM 'data/compute_prices/*/*.parquet';
CREATE OR REPLACE VIEW price_sources AS SELECT source_id, known_on FROM 'data/sources.parquet';

CREATE OR REPLACE VIEW vintages AS FROM 'data/vintages.parquet';
CREATE OR REPLACE VIEW cloud_quarters AS FROM 'data/cloud_quarters.parquet';
CREATE OR REPLACE VIEW quarterly_metrics AS FROM 'data/quarterly_metrics.parquet';
CREATE OR REPLACE VIEW half_year_metrics AS FROM 'data/half_year_metrics.parquet';
CREATE OR REPLACE VIEW annual_metrics AS FROM 'data/annual_metrics.parquet';
CREATE OR REPLACE VIEW observations_flat AS FROM 'data/observations_flat.parquet';

-- as_of(day): the headline of every fact as it was known on a day.
CREATE OR REPLACE MACRO as_of(on_day) AS TABLE
SELECT * FROM vintages WHERE known_on <= CAST(on_day AS DATE)
QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY known_on DESC) = 1
ORDER BY fact_id;

-- Spans of machines with accelerators, each with its state and the last day of its list.
CREATE OR REPLACE VIEW accelerator_prices AS
SELECT
    p.vendor_id, p.region, p.instance_type, p.operating_system, p.purchase_option, p.amount, p.currency, p.valid_from,
    coalesce(p.valid_to, DATE '9999-12-31') AS until, s.known_on AS list_ends_on, p.source_id,
    a.accelerator, a.accelerator_count, a.memory_gb, p.amount / a.accelerator_count AS amount_each,
    coalesce(t.state, 'priced') AS state
FROM compute_prices AS p
JOIN machine_accelerators AS a USING (vendor_id, instance_type)
JOIN price_sources AS s ON s.source_id = p.source_id
LEFT JOIN price_states AS t
    ON t.table_name = 'compute_prices' AND t.row_id = concat_ws(
        '|', p.source_id, p.region, p.instance_type, p.operating_system, p.purchase_option, p.valid_from
    )
WHERE p.amount > 0;

-- A region without capitals, blanks and hyphens: East US is eastus.
CREATE OR REPLACE MACRO plain_region(region) AS regexp_replace(lower(region), '[^a-z0-9]', '', 'g');

-- regions_meant(region): the regions that a text names: as written, else without capitals, else without hyphens too.
CREATE OR REPLACE MACRO regions_meant(wanted) AS TABLE
SELECT DISTINCT region FROM accelerator_prices WHERE plain_region(region) = plain_region(wanted)
QUALIFY rank() OVER (ORDER BY region <> wanted, lower(region) <> lower(wanted)) = 1;

-- cheapest(accelerator, region, day): what an hour of one accelerator costs, the cheapest first in each currency, dollars
-- before others. NULL for the region asks for all. Prices that are unstable or disputed are left out: price_states names them.
CREATE OR REPLACE MACRO cheapest(wanted, wanted_region, on_day) AS TABLE
SELECT
    vendor_id, region, instance_type, operating_system, purchase_option, accelerator, accelerator_count, memory_gb,
    amount, amount_each, currency, valid_from, source_id,
    CASE WHEN CAST(on_day AS DATE) <= list_ends_on THEN 'exact' ELSE 'carried_forward' END AS known
FROM accelerator_prices
WHERE lower(accelerator) = lower(wanted)
    AND (wanted_region IS NULL OR region IN (FROM regions_meant(wanted_region)))
    AND CAST(on_day AS DATE) BETWEEN valid_from AND until
    AND CAST(on_day AS DATE) <= list_ends_on + INTERVAL 3 YEAR
    AND state = 'priced'
QUALIFY row_number() OVER (
    PARTITION BY vendor_id, region, instance_type, operating_system, purchase_option, currency
    ORDER BY list_ends_on DESC, source_id
) = 1
ORDER BY currency <> 'USD', currency, amount_each, vendor_id, region, instance_type;

-- How a claim of a price speaks for a day: it was read for it, or it stood in the last version before, or the nearest.
CREATE OR REPLACE MACRO known_how(on_day, since, until, ends_on) AS CASE
    WHEN on_day BETWEEN since AND least(until, ends_on) THEN 'exact'
    WHEN on_day BETWEEN since AND until THEN 'carried_forward'
    ELSE 'nearest'
END;

-- How many days lie between a day and a claim; 0 where it holds.
CREATE OR REPLACE MACRO days_apart(on_day, since, until) AS
    greatest(date_diff('day', on_day, since), date_diff('day', until, on_day), 0);

-- The name of a model without its path.
CREATE OR REPLACE MACRO bare_name(model) AS regexp_replace(lower(model), '^.*/', '');

-- price_on(model, day): what each seller asked for a model on a day, by the best-ranked source that speaks of it and is
-- not disputed, where there is one.
-- `known`: exact; carried_forward, at most a year past the last version; nearest, at most 31 days away.
CREATE OR REPLACE MACRO price_on(wanted, on_day) AS TABLE
SELECT
    seller, region, model, meter, mode, service_tier, commitment, endpoint, offer, tier_from_tokens, amount, currency,
    per_unit_id, known_how(CAST(on_day AS DATE), since, until, ends_on) AS known, state, valid_from, source_id,
    model_price_id
FROM model_price_claims
WHERE (model_key = lower(wanted) OR bare_name(model) = lower(wanted))
    AND days_apart(CAST(on_day AS DATE), since, until) <= 31
    AND CAST(on_day AS DATE) <= ends_on + INTERVAL 1 YEAR
QUALIFY row_number() OVER (
    PARTITION BY seller, region, model_key, meter, mode, tier_from_tokens, per_unit_id, currency
    ORDER BY days_apart(CAST(on_day AS DATE), since, until), state = 'disputed', rank, ends_on DESC, since DESC,
        model_price_id
) = 1
ORDER BY meter, mode, seller, region, model;

-- priced_usage('TABLE'): each row of a table of yours with day, seller, model and meter, and the list price of that day.
CREATE OR REPLACE MACRO priced_usage(usage) AS TABLE
WITH used AS (
    SELECT row_number() OVER () AS usage_row, * FROM query_table(usage)
),
matched AS (
    SELECT
        u.usage_row, c.amount, c.currency, c.per_unit_id, c.state, c.model_price_id,
        known_how(u.day, c.since, c.until, c.ends_on) AS known
    FROM used AS u
    JOIN model_price_claims AS c
        ON c.seller = u.seller AND c.meter = u.meter AND bare_name(c.model) = bare_name(u.model)
    WHERE c.mode = 'standard' AND c.tier_from_tokens IS NULL
        AND days_apart(u.day, c.since, c.until) <= 31 AND u.day <= c.ends_on + INTERVAL 1 YEAR
    QUALIFY row_number() OVER (
        PARTITION BY u.usage_row
        ORDER BY days_apart(u.day, c.since, c.until), c.model_key <> lower(u.model), c.state = 'disputed', c.rank,
            c.ends_on DESC, c.since DESC, c.model_price_id
    ) = 1
)
SELECT u.* EXCLUDE (usage_row), m.* EXCLUDE (usage_row)
FROM used AS u
LEFT JOIN matched AS m USING (usage_row)
ORDER BY usage_row;

-- prices_by_day(first, last): the list price of every offer on every day of a span, as price_on gives it.
CREATE OR REPLACE MACRO prices_by_day(first_day, last_day) AS TABLE
WITH days AS (
    SELECT CAST(unnest(generate_series(CAST(first_day AS DATE), CAST(last_day AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
)
SELECT
    d.day, c.seller, c.region, c.model, c.meter, c.amount, c.currency, c.per_unit_id,
    known_how(d.day, c.since, c.until, c.ends_on) AS known, c.state, c.model_price_id
FROM days AS d
JOIN model_price_claims AS c
    ON d.day BETWEEN c.since AND c.until AND d.day <= c.ends_on + INTERVAL 1 YEAR
WHERE c.mode = 'standard' AND c.tier_from_tokens IS NULL
QUALIFY row_number() OVER (
    PARTITION BY d.day, c.seller, c.region, c.model_key, c.meter, c.per_unit_id, c.currency
    ORDER BY c.state = 'disputed', c.rank, c.ends_on DESC, c.since DESC, c.model_price_id
) = 1
ORDER BY d.day, c.seller, c.region, c.model, c.meter;

-- Every other table under its name.
CREATE OR REPLACE VIEW breakdowns AS FROM 'data/breakdowns.parquet';
CREATE OR REPLACE VIEW companies AS FROM 'data/companies.parquet';
CREATE OR REPLACE VIEW compute_price_index AS FROM 'data/compute_price_index.parquet';
CREATE OR REPLACE VIEW compute_prices_current AS FROM 'data/compute_prices_current.parquet';
CREATE OR REPLACE VIEW corrections AS FROM 'data/corrections.parquet';
CREATE OR REPLACE VIEW coverage AS FROM 'data/coverage.parquet';
CREATE OR REPLACE VIEW entities AS FROM 'data/entities.parquet';
CREATE OR REPLACE VIEW entity_breaks AS FROM 'data/entity_breaks.parquet';
CREATE OR REPLACE VIEW evidence_coverage AS FROM 'data/evidence_coverage.parquet';
CREATE OR REPLACE VIEW exchange_rate_means AS FROM 'data/exchange_rate_means.parquet';
CREATE OR REPLACE VIEW exchange_rates AS FROM 'data/exchange_rates.parquet';
CREATE OR REPLACE VIEW finding_rows AS FROM 'data/finding_rows.parquet';
CREATE OR REPLACE VIEW findings AS FROM 'data/findings.parquet';
CREATE OR REPLACE VIEW fiscal_periods AS FROM 'data/fiscal_periods.parquet';
CREATE OR REPLACE VIEW freshness AS FROM 'data/freshness.parquet';
CREATE OR REPLACE VIEW instruments AS FROM 'data/instruments.parquet';
CREATE OR REPLACE VIEW metrics AS FROM 'data/metrics.parquet';
CREATE OR REPLACE VIEW model_price_disagreement AS FROM 'data/model_price_disagreement.parquet';
CREATE OR REPLACE VIEW model_prices AS FROM 'data/model_prices.parquet';
CREATE OR REPLACE VIEW model_prices_current AS FROM 'data/model_prices_current.parquet';
CREATE OR REPLACE VIEW observations AS FROM 'data/observations.parquet';
CREATE OR REPLACE VIEW price_bounds AS FROM 'data/price_bounds.parquet';
CREATE OR REPLACE VIEW rating_benchmarks AS FROM 'data/rating_benchmarks.parquet';
CREATE OR REPLACE VIEW rating_scales AS FROM 'data/rating_scales.parquet';
CREATE OR REPLACE VIEW ratings AS FROM 'data/ratings.parquet';
CREATE OR REPLACE VIEW regions AS FROM 'data/regions.parquet';
CREATE OR REPLACE VIEW reporting AS FROM 'data/reporting.parquet';
CREATE OR REPLACE VIEW revisions AS FROM 'data/revisions.parquet';
CREATE OR REPLACE VIEW risk_factors AS FROM 'data/risk_factors.parquet';
CREATE OR REPLACE VIEW source_coverage AS FROM 'data/source_coverage.parquet';
CREATE OR REPLACE VIEW sources AS FROM 'data/sources.parquet';
CREATE OR REPLACE VIEW statements AS FROM 'data/statements.parquet';
CREATE OR REPLACE VIEW supply_chain_links AS FROM 'data/supply_chain_links.parquet';
CREATE OR REPLACE VIEW supply_chain_stages AS FROM 'data/supply_chain_stages.parquet';
CREATE OR REPLACE VIEW units AS FROM 'data/units.parquet';
CREATE OR REPLACE VIEW vendor_clouds AS FROM 'data/vendor_clouds.parquet';
CREATE OR REPLACE VIEW vendors AS FROM 'data/vendors.parquet';
