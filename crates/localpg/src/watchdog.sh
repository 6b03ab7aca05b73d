# $1: the base folder of a throwaway cluster. $2: the seconds for which nobody may use it before it is removed.
#
# Files in the base: `gate` is locked exclusively by a process that starts or removes the cluster. `users` is locked shared
# by every process that uses the cluster, and only while that process also holds the gate. `watch` is locked by this script.
#
# No user is left with a cluster that is being removed. The cluster is removed only while this script holds both the gate
# and `users` exclusively: then nobody uses it, and nobody can begin to, since that needs the gate. The base is renamed
# before the gate is released. A process that gets the gate afterwards, even with a file opened before, compares its locked
# file with the one at the path, finds another or none, and begins again with a new base. So a user comes either before the
# removal, and then `users` cannot be locked here, or after it.
#
# Nothing waits for ever. This script waits for `users` without the gate, and only tries `users` while it holds the gate.
# The kernel releases the locks of a process that dies. If this script dies, the next user finds `watch` free and starts
# another.
#
# All names are relative to the working folder: if the base is removed and another is created in its place, this script
# does not touch the new one.
base=$1
linger=$2
cd "$base" || exit 0
umask 077

# The lock stays with the shell's open file after the program that took it has ended. Programs that wait do not inherit
# `watch` (6>&-), since they would keep it locked after this script is killed.
lock() {
    if command -v flock >/dev/null 2>&1; then
        case $2 in
            try) flock -x -n "$1" ;;
            *) flock -x "$1" ;;
        esac
    else
        perl -e 'use Fcntl ":flock"; open(my $f, ">&=", $ARGV[0]) or exit 2;
            flock($f, LOCK_EX | ($ARGV[1] eq "try" ? LOCK_NB : 0)) or exit 1' "$1" "$2"
    fi
}

exec 6<>watch
lock 6 try || exit 0
while :; do
    exec 8<>users
    lock 8 wait 6>&- || exit 0
    exec 8>&-
    sleep "$linger" 6>&-
    exec 9<>gate
    lock 9 wait 6>&- || exit 0
    exec 8<>users
    lock 8 try && break
    exec 8>&- 9>&-
done

pid=$(head -n 1 postgres/data/postmaster.pid 2>/dev/null)
case $pid in '' | *[!0-9]*) pid=0 ;; esac
ours() {
    [ "$pid" -gt 0 ] || return 1
    if [ -d /proc/self ]; then
        [ "/proc/$pid/cwd" -ef postgres/data ]
    else
        ps -o command= -p "$pid" | grep -F "$base/postgres/data" >/dev/null
    fi
}
if ours; then
    kill -QUIT "$pid"
    tries=0
    while ours; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || kill -KILL "$pid"
        [ "$tries" -lt 120 ] || break
        sleep 0.1 || sleep 1
    done
fi
# An initdb whose starter was killed may still run. If its folder were removed now, it would leave shared memory.
at_work() {
    ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -F -- "-> $base/postgres" >/dev/null
}
tries=0
while [ "$tries" -lt 30 ] && at_work; do
    tries=$((tries + 1))
    sleep 0.1 || sleep 1
done
[ . -ef "$base" ] || exit 0
gone=$base.gone.$$
mv "$base" "$gone"
exec 8>&- 9>&-
cd /
rm -rf "$gone"
