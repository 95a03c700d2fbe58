-- +goose Up
PRAGMA user_version = 3;

-- The requests of a series, so that the next one is found without reading every standing.
CREATE INDEX standings_series ON standings (json_extract(brief, '$.series.first'))
    WHERE json_extract(brief, '$.series.first') IS NOT NULL;
