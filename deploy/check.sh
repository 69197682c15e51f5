#!/usr/bin/env bash
# Shows that what lies in this folder works: deploy/check.sh WHAT
#
#   nginx, caddy   starts portal-server with its sandbox behind nginx.conf or Caddyfile (only ports, names and
#                  certificates are others), and looks through it: client_id, X-Forwarded-For, X-Request-Id,
#                  requests streamed, no token in a log
#   publish        publish.sh puts a build in place of another and keeps the files of that one alone
#   systemd        the unit is right and well confined, also with the drop-in for TLS
#   container      the image of Containerfile, made around PORTAL_SERVER (linked statically) and PORTAL_DIST instead of
#                  what its first stages would build, starts as nobody and answers; needs buildah
#   kubernetes     kubernetes.yaml is what the schemas of Kubernetes say
#   site URL       a site that serves the portal sends the headers that portal-server would, answers the path of a page
#                  with index.html, and names API_BASE (if that is set) in its config.json
#
# PORTAL_SERVER is the program, by its path or by its name on PATH (default: portal-server), PORTAL_DIST the built portal
# (default: dist): PORTAL_SERVER=target/release/portal-server deploy/check.sh systemd
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
server=$(command -v "${PORTAL_SERVER:-portal-server}" || true)
dist=${PORTAL_DIST:-$here/../dist}
work=$(mktemp -d)
started=()
finish() {
    for id in "${started[@]}"; do kill -- "$id" 2> /dev/null || true; done
    wait
    for id in "${started[@]}"; do while kill -0 -- "$id" 2> /dev/null; do sleep 0.05; done; done
    rm -rf "$work"
}
trap finish EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
ok() { echo "ok: $*"; }

# Waits until an address answers with 200.
answers() {
    for _ in $(seq 200); do
        [ "$(curl -ks -o "$work/none" -w '%{http_code}' "$1" || true)" = 200 ] && return
        sleep 0.05
    done
    fail "$1 does not answer: $(cat "$work"/*.log)"
}

# portal-server with its sandbox, on port 18787, with further flags.
portal() {
    "$server" --listen 127.0.0.1:18787 --dist "$dist" --trusted-hops 1 "$@" > "$work/out.log" 2> "$work/server.log" &
    started+=($!)
    answers http://127.0.0.1:18787/readyz
}

stop_portal() {
    kill "${started[-1]}" && wait "${started[-1]}" || true
    unset 'started[-1]'
}

site=https://localhost:18443
# Over IPv4: who is who is told by the addresses 127.0.0.1 and 127.0.0.2.
ask() { curl -4ks --max-time 20 "$@"; }
token() { ask "$site/api/token" -H "client_id: $1" -d "$2"; }

# Everything that matters of a proxy in front.
through() {
    local form='grant_type=password&username=maria.santos%40example.com&password=harbour-demo&totp=' refresh
    refresh=$(token mine "$form" | sed -n 's/.*"refresh_token":"\([^"]*\)".*/\1/p')
    [ -n "$refresh" ] || fail "nobody can sign in"
    token other "grant_type=refresh_token&refresh_token=$refresh" | grep -q '"error"' || fail "client_id does not arrive"
    token mine "grant_type=refresh_token&refresh_token=$refresh" | grep -q '"access_token"' || fail "no session is renewed"
    ok "signing in and renewing a session, with client_id"

    ask -o "$work/none" -D "$work/head" --compressed "$site/"
    for header in strict-transport-security content-security-policy cross-origin-opener-policy; do
        grep -qi "^$header: " "$work/head" || fail "the page comes without $header"
    done
    [ "$(ask -o "$work/none" -w '%{http_code}' "$site/readyz")" = 404 ] || fail "/readyz is open to everybody"
    ok "the page, over TLS, with its headers"

    stop_portal
    portal --rate-limit 1 --rate-burst 3
    local business=$site/api/public/businesses/current last
    for _ in 1 2 3 4 5 6; do last=$(ask --interface 127.0.0.1 -o "$work/none" -w '%{http_code}' "$business"); done
    [ "$last" = 429 ] || fail "one client is not limited ($last)"
    last=$(ask --interface 127.0.0.2 -o "$work/none" -w '%{http_code}' -H 'X-Forwarded-For: 127.0.0.1' "$business")
    [ "$last" = 200 ] || fail "another client is taken for the first ($last)"
    ok "each client is one of its own, whatever it writes into X-Forwarded-For"

    stop_portal
    portal --body-timeout 1
    # Whoever waits for the whole request before passing it on would make it whole in time for the server.
    last=$({ printf 'grant_type='; sleep 3; printf 'password'; } | ask -o "$work/none" -w '%{http_code}' -X POST -T - "$site/api/token")
    [ "$last" = 408 ] || fail "a request is not passed on piece by piece ($last)"
    ok "a request is passed on piece by piece"

    head -c 200000 /dev/zero > "$work/large" && head -c 2000000 /dev/zero > "$work/larger"
    for body in large large large large larger; do
        ask -o "$work/refused" "$site/api/token" --data-binary "@$work/$body" || true
        grep -q '"Status":413' "$work/refused" || fail "a request that is too large is not refused by portal-server"
    done
    ok "a request that is too large is refused in the API's words"

    ask -o "$work/none" -D "$work/head" -H 'X-Request-Id: chosen-by-a-client' "$site/api/nothing"
    grep -qi '^x-request-id: [0-9a-f-]\{32,\}' "$work/head" || fail "the request's id is not the proxy's"
    ok "nobody but the proxy names a request"

    stop_portal
    for path in api/public/auth/login/SECRET.TOKEN 'api/sys/users/exchange?token=SECRET.TOKEN' \
        'api/sys/users/completePasswordReset?Token=SECRET.TOKEN' 'sign-in?token=SECRET.TOKEN' \
        'sign-in/link?token=SECRET.TOKEN' 'reset-password?token=SECRET.TOKEN' api/nothing; do
        last=$(ask -o "$work/none" -w '%{http_code}' "$site/$path")
        [ "$last" = 502 ] || fail "without portal-server /$path is answered with $last"
    done
    # The last address holds nothing, so that the trouble itself is told.
    grep -q refused "$work/$1.log" || fail "what is wrong is not in the log"
    ! grep -q SECRET "$work"/*.log || fail "a one-time token is in a log: $(grep SECRET "$work"/*.log)"
    ok "no one-time token is in a log, also when portal-server is gone"
}

case "${1:-}" in
nginx | caddy | systemd | container | site)
    [ -n "$server" ] || fail "there is no ${PORTAL_SERVER:-portal-server}: name the program with PORTAL_SERVER"
    server=$(realpath "$server")
    ;;
esac

case "${1:-}" in
nginx)
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2> "$work/openssl.log"
    portal
    ipv6='s/listen \[::\]:443/listen [::1]:18443/; s/listen \[::\]:80;/listen [::1]:18080;/'
    [ -s /proc/net/if_inet6 ] || ipv6='/listen \[::\]/d'
    sed -e "s/127.0.0.1:8787/127.0.0.1:18787/; s/listen 443/listen 127.0.0.1:18443/; s/listen 80;/listen 127.0.0.1:18080;/" \
        -e "$ipv6" -e "s#/etc/portal/#$work/#; s/portal.example.com/localhost/" "$here/nginx.conf" > "$work/site.conf"
    cat > "$work/nginx.conf" << END
daemon off; pid $work/nginx.pid; error_log stderr; events {}
http {
    access_log off; client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi; include $work/site.conf;
}
END
    nginx -p "$work" -e stderr -c "$work/nginx.conf" 2> "$work/nginx.log" &
    front=$!
    started=("$front" "${started[@]}")
    answers $site/config.json
    [ ! -s /proc/net/if_inet6 ] || answers 'https://[::1]:18443/config.json'
    through "$1"
    ;;
caddy)
    portal
    sed -e "s/127.0.0.1:8787/127.0.0.1:18787/; s/^portal.example.com {/localhost:18443 {\n\ttls internal/" \
        -e "s/^{/{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust/" "$here/Caddyfile" > "$work/Caddyfile"
    XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work caddy run --config "$work/Caddyfile" --adapter caddyfile 2> "$work/caddy.log" &
    front=$!
    started=("$front" "${started[@]}")
    answers $site/config.json
    through "$1"
    ;;
publish)
    site=$work/site
    for build in 1 2 3; do
        mkdir "$work/$build"
        echo "$build" | tee "$work/$build/index.html" > "$work/$build/portal-000000000000000$build.js"
        # With a slash, as a shell completes it; below without.
        chmod -R go= "$work/$build" && chmod a-w "$work/$build"/*
        (umask 077 && "$here/publish.sh" "$work/$build" "$site/")
        [ -z "$(find "$site.builds" ! -perm -a+r -o -type d ! -perm -a+x)" ] || fail "build $build is its publisher's alone"
        [ "$(cat "$site/index.html")" = "$build" ] || fail "build $build is not served"
    done
    [ "$("$here/publish.sh" "$work/3" "$site")" = "$work/3 is served already" ] || fail "build 3 is taken for another"
    [ "$(cd "$site" && echo *)" = "index.html portal-0000000000000002.js portal-0000000000000003.js" ] || fail "$(ls "$site")"
    [ "$(ls "$site.builds" | wc -l)" = 2 ] || fail "older builds stay"
    mkdir "$work/none"
    ! "$here/publish.sh" "$work/none" "$site" 2> "$work/none.log" || fail "a folder without a page is published"
    [ "$(cat "$site/index.html")" = 3 ] || fail "a folder without a page is served"
    mkdir "$site.next"
    ! "$here/publish.sh" "$work/1" "$site" 2> "$work/next.log" || fail "something else is in the way"
    [ "$(ls "$site.builds" | wc -l)" = 2 ] || fail "a build that is half made stays"
    rm -r "$site.next"
    "$here/publish.sh" "$dist" "$site"
    for file in "$dist"/*; do
        cmp "$file" "$site/${file##*/}"
        [ "$file" -nt "$site/${file##*/}" ] || [ "$file" -ot "$site/${file##*/}" ] && fail "$file has another time"
    done
    ok "publish.sh puts a build in place of another and keeps the files of that one"
    ;;
systemd)
    # It looks for the program, so the unit is read with the one that is there.
    sed "s#/usr/local/bin/portal-server#$server#" "$here/portal-server.service" > "$work/portal-server.service"
    systemd-analyze verify "$work/portal-server.service"
    systemd-analyze security --offline=true --threshold=20 "$work/portal-server.service" | tail -1
    "$server" --config "$here/portal.toml" --dist "$dist" --upstream https://a.example.com --check > "$work/none"
    ok "portal-server.service and portal.toml"
    mkdir "$work/portal-server.service.d" && cp "$here/portal-server-tls.conf" "$work/portal-server.service.d/tls.conf"
    # What it does not know it only ignores.
    systemd-analyze verify "$work/portal-server.service" 2>&1 | tee "$work/verify.log"
    ! grep -q ignoring "$work/verify.log" || fail "the drop-in is not all understood"
    systemd-analyze security --offline=true --threshold=20 "$work/portal-server.service" | tail -1
    # With a certificate where the unit would have its copies.
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout "$work/tls_key" -out "$work/tls_cert" 2> "$work/openssl.log"
    # shellcheck disable=SC2046
    env $(sed -n "s#%d#$work#g; s/^Environment=//p" "$here/portal-server-tls.conf") \
        "$server" --config "$here/portal.toml" --dist "$dist" --upstream https://a.example.com --check > "$work/settings"
    for setting in tls_cert tls_key listen trusted_hops max_connections; do
        grep -q "^$setting = .*# environment" "$work/settings" || fail "$setting is not the drop-in's: $(cat "$work/settings")"
    done
    ok "portal-server-tls.conf"
    ;;
container)
    mkdir "$work/image" && cp "$server" "$work/image/portal-server" && cp -a "$dist" "$work/image/dist"
    build() { buildah --storage-driver vfs --root "$work/storage" --runroot "$work/run" "$@"; }
    image() { build build --isolation chroot --build-context "build=$work" -f "$here/Containerfile" "$@" "$work" > "$work/build.log" 2>&1 ||
        fail "$(cat "$work/build.log")"; }
    touch "$work/image/dist/former-0000000000000000.js"
    image -t former
    rm "$work/image/dist/former-0000000000000000.js"
    image -t portal --build-arg FORMER=localhost/former
    container=$(build from localhost/portal)
    build run --isolation chroot "$container" -- /portal-server --check > "$work/settings" || fail "$(cat "$work/settings")"
    grep -q '^dist = "/dist".*PORTAL_DIST' "$work/settings" || fail "the image's settings are others: $(cat "$work/settings")"
    # Chroot shares this machine's network, so the ports are others. A group of its own: the program is a child's child.
    set -m
    build run --isolation chroot --env PORTAL_LISTEN=127.0.0.1:18787 --env PORTAL_METRICS_LISTEN=127.0.0.1:18790 \
        --env PORTAL_UPSTREAM=https://location.invalid "$container" -- /portal-server > "$work/out.log" 2> "$work/server.log" &
    set +m
    started+=("-$!")
    answers http://127.0.0.1:18787/readyz
    answers http://127.0.0.1:18787/sign-in
    answers http://127.0.0.1:18787/former-0000000000000000.js
    answers http://127.0.0.1:18790/metrics
    answers http://127.0.0.1:18790/readyz
    ok "the image starts, serves the portal and what the one before had, and tells its figures"
    ;;
kubernetes)
    kubernetes-validate --strict "$here/kubernetes.yaml"
    ok "kubernetes.yaml"
    ;;
site)
    url=${2:?the address of the site}
    "$server" --print-headers --dist "$dist" ${API_BASE:+--api-base "$API_BASE"} | {
        paths=() checked=0
        while IFS= read -r line; do
            case "$line" in
            /*) paths+=("$line") ;;
            "  "*)
                [[ $line == *strict-transport-security* && $url == http:* ]] && continue
                for path in "${paths[@]}"; do
                    head=$work/$(echo "$path" | tr / _).head
                    [ -e "$head" ] || curl -ksf -o "$work/none" -D "$head" "$url$path" || fail "$path is not there"
                    tr -d '\r' < "$head" | grep -qixF -- "${line#  }" || fail "$path comes without ${line#  }"
                    checked=$((checked + 1))
                done
                ;;
            *) paths=() ;;
            esac
        done
        [ "$checked" -gt 0 ] || fail "there is nothing in $dist"
        ok "$checked headers of $url"
    }
    status=$(curl -ks -o "$work/page" -w '%{http_code}' "$url/sign-in/profiles")
    [ "$status" = 200 ] || fail "the path of a page, /sign-in/profiles, is answered with $status"
    cmp -s "$work/page" "$dist/index.html" || fail "the path of a page, /sign-in/profiles, is not answered with index.html"
    ok "the path of a page is answered with index.html"
    if [ -n "${API_BASE:-}" ]; then
        curl -ks "$url/config.json" | tr -d '[:space:]' > "$work/config"
        grep -qF -e "\"api_base\":\"${API_BASE%/}\"" -e "\"api_base\":\"${API_BASE%/}/\"" "$work/config" ||
            fail "/config.json does not name $API_BASE: $(cat "$work/config")"
        ok "config.json names $API_BASE"
    fi
    ;;
*)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
