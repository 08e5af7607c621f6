#!/usr/bin/env bash
# Starts Herald, or brings what runs to the image of .env: the database is changed first, then one role
# after another is started anew, from the inside out, each time waiting until it is ready. Stops at the
# first failure and says what runs how. Run again, it goes on: what is done already is done again
# without harm.
#
#   deploy/deploy.sh [--patience SECONDS] [--recreate]
#
# --patience: how long each step may take; 180. --recreate: also what is on the image already, since a file
# in secrets/ has changed.
set -euo pipefail
cd "$(dirname "$0")"
readonly roles=(worker social-media-uploader ichat-api-server news-automation-frontend)
readonly secrets=(herald.env gateway.env vault.key mongodb.key mongodb.password)
patience=180
recreate=()
stop() { printf 'deploy: %s\n' "$*" >&2; exit 1; }
say() { printf 'deploy: %s\n' "$*"; }
while [ $# -gt 0 ]; do
  case $1 in
    --patience) [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || stop "--patience wants a number of seconds"
                patience=$2; shift 2 ;;
    --recreate) recreate=(--force-recreate); shift ;;
    *) stop "what is $1? Only --patience SECONDS and --recreate are known" ;;
  esac
done
compose() { docker compose --file docker-compose.yml "$@"; }

check_files() {
  [ -f .env ] || stop "deploy/.env is missing: copy .env.example"
  local name mode
  for name in "${secrets[@]}"; do
    [ -f "secrets/$name" ] || stop "deploy/secrets/$name is missing: see README.md"
    mode=$(stat -c %a "secrets/$name")
    [[ $mode == 400 || $mode == 600 ]] || stop "deploy/secrets/$name has mode $mode; make it 0400"
  done
}

# up SERVICE: started anew where its image or its settings changed, and ready.
up() {
  compose up --detach --no-deps --wait --wait-timeout "$patience" "${@:2}" "$1"
}

check_files
compose config --quiet || stop "docker-compose.yml and .env do not go together; nothing was changed"
say "database"
up mongodb || stop "the database is not ready; nothing was changed. docker compose logs mongodb says why"
say "migrations"
compose run --rm --no-deps migrate ||
  stop "the migrations failed; the services run as before. Run this again when the cause is gone"
done_so_far=()
for role in "${roles[@]}"; do
  say "$role"
  if ! up "$role" ${recreate[@]+"${recreate[@]}"} || ! compose exec -T "$role" herald-ready; then
    compose logs --tail 50 "$role" >&2 || true
    stop "$role is not ready. On the new image: ${done_so_far[*]:-none}; not touched:" \
      "$(printf '%s\n' "${roles[@]}" | sed "0,/^$role\$/d" | tr '\n' ' ')"
  fi
  done_so_far+=("$role")
done
say "all roles are ready"
