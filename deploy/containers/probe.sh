#!/usr/bin/env bash
# Asks a silo or the dashboard of this container whether it is well: probe PORT PATH. The images hold no curl.
# A silo listens at the container's address alone, which is that of its host name.
set -euo pipefail
port=$1 path=$2
exec 3<>"/dev/tcp/${HOSTNAME}/${port}"
printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$HOSTNAME" >&3
IFS= read -r -t 5 status <&3
[[ $status == "HTTP/1.1 200 "* ]]
