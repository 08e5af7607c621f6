#!/usr/bin/env bash
# Makes deploy/secrets/ with fresh secrets; touches nothing that is there. Needs root, so that the
# containers' users can read the files and nobody else can.
set -euo pipefail
cd "$(dirname "$0")"
readonly herald_uid=10001 mongodb_uid=999
image=${HERALD_IMAGE:-herald:latest}
stop() { printf 'new_secrets: %s\n' "$*" >&2; exit 1; }
[ ! -e secrets ] || stop "deploy/secrets is there; move it away first"
umask 077
fresh=$(docker run --rm "$image" keys new-settings) || stop "the image $image does not run"
value() { grep -m1 "^$1=" <<<"$fresh" | cut -d= -f2-; }
random() { head -c "$1" /dev/urandom | base64 -w0 | tr -d '=+/'; }
mkdir secrets
password=$(random 48)
printf '%s' "$password" >secrets/mongodb.password
head -c 600 /dev/urandom | base64 -w0 >secrets/mongodb.key
value HERALD_VAULT_KEYS >secrets/vault.key
{
  echo "HERALD_JWT_SECRET=$(value HERALD_JWT_SECRET)"
  echo "HERALD_INTERNAL_SECRET=$(value HERALD_INTERNAL_SECRET)"
} >secrets/gateway.env
{
  cat secrets/gateway.env
  echo "HERALD_MONGODB_URI=mongodb://herald:$password@mongodb:27017/herald?authSource=admin&replicaSet=herald"
} >secrets/herald.env
chmod 0400 secrets/*
chown "$herald_uid:$herald_uid" secrets/herald.env secrets/gateway.env secrets/vault.key
chown "$mongodb_uid:$mongodb_uid" secrets/mongodb.key secrets/mongodb.password
chmod 0711 secrets
echo "deploy/secrets is made. Add the secrets of your apps at the platforms to secrets/herald.env, and"
echo "keep a copy of the folder where the backups are not: without vault.key they open nothing."
