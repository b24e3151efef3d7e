#!/bin/bash
# Until the first release each database has one initial migration: this makes both anew from the model.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
rm -rf SupportPortal/Application/Storage/Migrations
dotnet build SupportPortal/Web -v q -nologo
for provider in Sqlite Postgres; do
  dotnet ef migrations add Initial --no-build --context "${provider}PortalDb" --output-dir "Storage/Migrations/$provider" \
    --project SupportPortal/Application --startup-project SupportPortal/Web
done
