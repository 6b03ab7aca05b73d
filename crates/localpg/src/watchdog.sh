# $1: the base folder of a throwaway cluster. $2: how many seconds nobody may use it before it goes.
#
# Files in the base: `gate` is held exclusively by whoever starts the cluster or takes it away; `users` is held shared by
# every process that uses it, and taken only by one that holds the gate; `watch` is held by this script.
#
# Why nobody is left with a cluster that is going away: it is taken away only while the gate and `users` are both held
# exclusively. Then nobody uses it, and nobody can begin to, since that needs the gate. The base is renamed before the
# gate is let go, and whoever then gets the gate (or had opened it before) compares the file it has locked with the one
# that its path leads to, finds another one or none, and begins again with a new base. A user comes either before that,
# and then `users` cannot be had here, or after it.
#
# Why nothing waits for ever: here `users` is waited for without the gate, and with the gate it is only tried. The kernel
# lets go of the locks of whoever dies. When this script dies, the next user finds `watch` free and starts another.
#
# Everything is named relative to the working folder: if somebody removes the base and another one is made in its place,
# this script never touches the new one.
base=$1
linger=$2
cd "$base" || exit 0
umask 077

# The lock stays with the shell's open file after the program that took it has ended. Programs that wait do not get
# `watch` (6>&-): they would keep it held after this script was killed.
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
# An initdb whose starter was killed: with its folder gone before it ends, it would leave shared memory in the system.
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
