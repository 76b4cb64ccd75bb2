#!/bin/bash
# Starts mongod as a member of the replica set rs0. Members know each other by MONGODB_REPLICA_KEY, which mongod
# wants as a file that is its own alone.
set -euo pipefail
install --mode 400 --owner mongodb --group mongodb <(printf '%s' "$MONGODB_REPLICA_KEY") /run/replica-key
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /run/replica-key --bind_ip_all
