#!/bin/bash
# Adds a migration for what the model has and the databases lack, one for each database: .config/add-migration.sh SavedViews
# Those that stand are never changed: somebody's data has gone through them.
set -euo pipefail
name=${1:?"Name the migration: .config/add-migration.sh SavedViews"}
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
dotnet build SupportPortal/Web -v q -nologo
for provider in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --context "${provider}PortalDb" --output-dir "Storage/Migrations/$provider" \
    --project SupportPortal/Application --startup-project SupportPortal/Web
done
