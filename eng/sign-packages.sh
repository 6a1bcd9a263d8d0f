#!/usr/bin/env bash
# Signs the packages of a folder by an author's certificate:
#   SIGNING_CERTIFICATE=BASE64 OF A PFX SIGNING_PASSWORD=… SIGNING_TIMESTAMPER=URL eng/sign-packages.sh FOLDER
set -euo pipefail
if [ $# -ne 1 ] || [ -z "${SIGNING_CERTIFICATE:-}" ] || [ -z "${SIGNING_TIMESTAMPER:-}" ]; then
  echo "usage: SIGNING_CERTIFICATE=BASE64 OF A PFX SIGNING_PASSWORD=… SIGNING_TIMESTAMPER=URL eng/sign-packages.sh FOLDER" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(umask 077; base64 -d <<< "$SIGNING_CERTIFICATE" > "$work/certificate.pfx")
dotnet nuget sign "$1"/*.nupkg --certificate-path "$work/certificate.pfx" --certificate-password "${SIGNING_PASSWORD:-}" --timestamper "$SIGNING_TIMESTAMPER" --overwrite
dotnet nuget verify --all "$1"/*.nupkg
