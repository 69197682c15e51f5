#!/usr/bin/env bash
# Puts a build in place of the one that is served, all of it in one moment: deploy/publish.sh DIST TARGET
#
# TARGET becomes a link to a folder in TARGET.builds. The files of the build before stay beside the new ones, as pages that
# are open still ask for them; those before that go. A build that is served already is no other one, and changes nothing.
set -euo pipefail
# Whoever publishes may have a stricter one, and the user of portal-server has to read what is served.
umask 022

from=${1:?the folder of the build} to=${2:?where it is served from}
to=${to%/}
builds=$to.builds
next=$builds/$(date +%s%N)

if [ ! -f "$from/index.html" ]; then
    echo "$from is no build: it has no index.html" >&2
    exit 1
fi
if [ -e "$to" ] && [ ! -L "$to" ]; then
    echo "$to is no link: move it away first" >&2
    exit 1
fi
if [ -d "$to/../own" ] && diff -r "$from" "$to/../own" > /dev/null; then
    echo "$from is served already"
    exit
fi
# With its times: portal-server sends no compressed file that is a minute older than its original. Whoever built it may have
# let nobody write to it, and the next one is copied over it.
copy() { cp -r --preserve=timestamps "$1/." "$2/" && chmod -R u+w "$2"; }
# A build that is half made is none, and would count as one of the last two.
trap '[ "$to" -ef "$next/served" ] || { chmod -R u+w "$next" && rm -rf "$next"; }' EXIT
mkdir -p "$next/own" "$next/served"
copy "$from" "$next/own"
if [ -d "$to/../own" ]; then copy "$to/../own" "$next/served"; fi
copy "$from" "$next/served"
# So may whoever built it have had.
chmod -R a+rX "$next"
[ -n "$(find "$builds" -prune -perm -a+rx)" ] || chmod a+rx "$builds"
ln -sfn "${builds##*/}/${next##*/}/served" "$to.next"
mv -T "$to.next" "$to"
trap - EXIT
# The build before stays: the server may be reading it in this moment.
for old in $(ls "$builds" | sort -n | head -n -2); do rm -rf "${builds:?}/$old"; done
