#!/usr/bin/env bash
# Installs a silo, the dashboard, or both on this machine as services of systemd, or upgrades them in place; as root, from a checkout:
#   deploy/systemd/install.sh [silo] [dashboard]     both where none is named
#     --cluster "Host=…;Database=…;…"   the database; else EXPERIMENTS_CLUSTER, else it is asked for
#     --address A       of the silo: where the others reach it (default: auto, by which the database is reached)
#     --slots N         of the silo (default: as many as cores)
#     --urls URL        of the dashboard (default: http://127.0.0.1:5080)
#     --allowed-hosts NAME[,NAME…]      of the dashboard
#     --published DIR   takes DIR/silo and DIR/dashboard, which `dotnet publish` wrote elsewhere, and needs no SDK here
#     --no-start        installs and starts nothing
#   deploy/systemd/install.sh --uninstall [--purge]   --purge takes settings, cached data and the user too
# What stands in /etc/experiments/*.env stays as it is, but for what an option says anew. With DESTDIR it installs into that folder, makes no
# user and starts nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${DESTDIR:-}
programs=() published='' start=yes uninstall='' purge=''
declare -A given=()

fail() { echo "install.sh: $*" >&2; exit 2; }
value() { [ $# -ge 2 ] || fail "$1: give a value."; printf '%s' "$2"; }

while [ $# -gt 0 ]; do
  case $1 in
    silo | dashboard) programs+=("$1"); shift ;;
    --cluster) given[EXPERIMENTS_CLUSTER]=$(value "$@"); shift 2 ;;
    --address) given[EXPERIMENTS_ADDRESS]=$(value "$@"); shift 2 ;;
    --slots) given[EXPERIMENTS_SLOTS]=$(value "$@"); shift 2 ;;
    --urls) given[EXPERIMENTS_URLS]=$(value "$@"); shift 2 ;;
    --allowed-hosts) given[EXPERIMENTS_ALLOWED_HOSTS]=$(value "$@"); shift 2 ;;
    --published) published=$(value "$@"); shift 2 ;;
    --no-start) start=''; shift ;;
    --uninstall) uninstall=yes; shift ;;
    --purge) purge=yes; shift ;;
    --help) sed -n '2,/^set /{/^# \{0,1\}/s///p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) fail "$1: unknown option. See --help." ;;
  esac
done
[ ${#programs[@]} -gt 0 ] || programs=(silo dashboard)
if [ -n "$root" ]; then
  start=''
elif [ "$(id -u)" != 0 ]; then
  fail "it writes to /opt, /etc and systemd: run it as root, with sudo."
fi

systemctl_here() { [ -n "$root" ] || systemctl "$@"; }

if [ -n "$uninstall" ]; then
  for program in silo dashboard; do
    unit=experiments-$program.service
    [ -e "$root/etc/systemd/system/$unit" ] || continue
    systemctl_here disable --now "$unit"
    rm -f "$root/etc/systemd/system/$unit"
  done
  systemctl_here daemon-reload
  rm -rf "$root/opt/experiments"
  if [ -n "$purge" ]; then
    rm -rf "$root/etc/experiments" "$root/var/lib/experiments" "$root/var/cache/experiments"
    if [ -z "$root" ] && getent passwd experiments >/dev/null; then userdel experiments; fi
  fi
  exit 0
fi

# A line NAME=VALUE of an environment file, quoted as systemd reads it: a password may hold any character.
line() { local text=${2//\\/\\\\}; printf '%s="%s"\n' "$1" "${text//\"/\\\"}"; }

# Writes NAME=VALUE into a file where an option said so; else where the file has no such line yet, with the value to begin with.
setting() {
  local file=$1 name=$2 usual=$3
  if [ -n "${given[$name]+yes}" ]; then
    { grep -v "^$name=" "$file" || true; line "$name" "${given[$name]}"; } >"$file.new"
  elif grep -q "^$name=" "$file"; then
    return
  else
    { cat "$file"; line "$name" "$usual"; } >"$file.new"
  fi
  mv "$file.new" "$file"
}

umask 077
mkdir -p "$root/etc/experiments"
for program in "${programs[@]}"; do
  file=$root/etc/experiments/$program.env
  touch "$file"
  chmod 600 "$file"
  if [ -z "${given[EXPERIMENTS_CLUSTER]+yes}" ] && ! grep -q '^EXPERIMENTS_CLUSTER=' "$file"; then
    cluster=${EXPERIMENTS_CLUSTER:-}
    if [ -z "$cluster" ] && [ -t 0 ]; then
      read -r -s -p 'The database (Host=…;Database=…;Username=…;Password=…): ' cluster
      echo
    fi
    [ -n "$cluster" ] || fail "name the cluster's database with --cluster \"Host=…;Database=…;Username=…;Password=…\", or in EXPERIMENTS_CLUSTER."
    given[EXPERIMENTS_CLUSTER]=$cluster
  fi
  setting "$file" EXPERIMENTS_CLUSTER ''
done
for program in "${programs[@]}"; do
  file=$root/etc/experiments/$program.env
  case $program in
    silo)
      setting "$file" EXPERIMENTS_ADDRESS auto
      setting "$file" EXPERIMENTS_HTTP_PORT 8081
      [ -z "${given[EXPERIMENTS_SLOTS]+yes}" ] || setting "$file" EXPERIMENTS_SLOTS ''
      ;;
    dashboard)
      setting "$file" EXPERIMENTS_URLS http://127.0.0.1:5080
      setting "$file" EXPERIMENTS_ALLOWED_HOSTS ''
      # Asked of whoever is not on this machine; people sign in with it.
      setting "$file" EXPERIMENTS_API_KEY "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
      ;;
  esac
done

umask 022
if [ -z "$root" ] && ! getent passwd experiments >/dev/null; then
  useradd --system --user-group --home-dir /var/lib/experiments --no-create-home --shell /usr/sbin/nologin experiments
fi

version=$(date -u +%Y%m%d-%H%M%S)-$$
for program in "${programs[@]}"; do
  home=$root/opt/experiments/$program
  mkdir -p "$home/$version"
  if [ -n "$published" ]; then
    cp -r "$published/$program/." "$home/$version/"
  else
    dotnet publish "$here/../../src/${program^}" -c Release -p:CreateHardLinksForPublishFilesIfPossible=false -o "$home/$version"
  fi
  chmod -R u=rwX,go=rX "$home"
  chmod 755 "$home/$version/Experiments.${program^}"
  unit=experiments-$program.service
  install -D -m 644 "$here/$unit" "$root/etc/systemd/system/$unit"

  # The program that runs keeps its files until it has stopped: it hands its experiments over, and the new one starts.
  ln -sfn "$version" "$home/current.new"
  mv -T "$home/current.new" "$home/current"
  if [ -n "$start" ]; then
    systemctl daemon-reload
    systemctl enable "$unit"
    systemctl restart "$unit"
  fi
  find "$home" -mindepth 1 -maxdepth 1 -type d ! -name "$version" -exec rm -rf {} +
  echo "Installed experiments-$program in /opt/experiments/$program/$version; its settings are in /etc/experiments/$program.env."
done
