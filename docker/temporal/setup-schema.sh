#!/bin/sh
# Makes the two databases of a Temporal server, or brings their tables up to date. Harmless to repeat.
# The password comes by SQL_PASSWORD, so that no process list shows it.
set -eu

make_schema() {
  sql="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_SEEDS --port $DB_PORT --user $POSTGRES_USER --db $1"
  $sql create
  $sql setup-schema --version 0.0 || echo "$1 has its tables: updating them"
  $sql update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

make_schema temporal temporal
make_schema temporal_visibility visibility
