// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Effects

/// Every way in which a common program is known to read, write, run or connect because an option says so. A line of a
/// table is a command and, behind the arrow, what must be among its actions.
@Suite struct ActingOptionTests {
    private static let running = #"""
        awk 'BEGIN {system(1)}'  =>  awk BEGIN {system(1)}
        gawk -e 'x' f  =>  awk x | read f
        gawk -f p.awk  =>  code-file p.awk
        gawk -l filefuncs '{}'  =>  code-file filefuncs
        sed 1e f  =>  sed 1e
        sed -e 1p -e 2e f  =>  read f
        sed -f s.sed f  =>  code-file s.sed
        sort --compress-program=sh f  =>  run sh
        split --filter=id f  =>  shell id
        install -s --strip-program=./x a b  =>  run ./x
        find . -exec sh -c id ';'  =>  run sh -c id
        find . -ok ls ';'  =>  run ls
        find . -execdir sh ';' -quit  =>  run sh [in ./**]
        fd -x rm {}  =>  run rm ./**
        fd -X rm  =>  run rm ./**
        rg --pre ./x y  =>  run ./x
        rg --pre=./x y  =>  run ./x
        ag --pager id x  =>  shell id
        bat --pager id f  =>  shell id
        less '+!id' f  =>  opaque code
        more '+!id' f  =>  opaque code
        less -k keys f  =>  code-file keys
        man -P id ls  =>  shell id
        man --pager=id ls  =>  shell id
        man -Pid ls  =>  shell id
        tar cf a --checkpoint-action=exec=id x  =>  shell id
        tar xf a --to-command=id  =>  shell id
        tar xf a -I id  =>  shell id
        tar xf a --use-compress-program id  =>  shell id
        tar cf a -F id x  =>  shell id
        tar cf a --info-script=id x  =>  shell id
        tar cf h:a --rsh-command=./x y  =>  run ./x | host h
        tar cf a --rmt-command=./x y  =>  run ./x
        zip a b -T -TT id  =>  shell id
        zip a b --unzip-command id  =>  shell id
        cpio -o --rsh-command=./x -F h:a  =>  run ./x | host h
        rsync -e id a h:b  =>  shell id
        rsync --rsh=id a h:b  =>  shell id
        scp -S ./x a h:  =>  run ./x
        sftp -S ./x h  =>  run ./x
        scp -o ProxyCommand=id a h:  =>  shell id
        ssh -o ProxyCommand=id h  =>  shell id
        ssh -oProxyCommand=id h  =>  shell id
        ssh -o 'LocalCommand id' h  =>  shell id
        ssh -F cfg h  =>  code-file cfg
        ssh -I lib.so h  =>  code-file lib.so
        ssh-keygen -D ./lib.so  =>  code-file ./lib.so
        ssh h id  =>  host h | shell id [elsewhere]
        sshpass -p x ssh h id  =>  run ssh h id
        nc -e sh h 1  =>  run sh | host h
        ncat --sh-exec id h 1  =>  shell id
        ncat --lua-exec x.lua h 1  =>  code-file x.lua
        socat - EXEC:sh  =>  run sh
        socat - 'SYSTEM:id'  =>  shell id
        socat - exec:'id',pty  =>  run id
        tcpdump -z ./x -w f  =>  run ./x | write f
        nmap --script x h  =>  opaque code | host h
        curl --engine ./x http://h/  =>  code-file ./x
        wget --use-askpass=./x http://h/  =>  run ./x
        aria2c --on-download-complete=./x http://h/  =>  run ./x
        openssl req -engine ./x  =>  code-file ./x
        openssl enc -provider-path ./x  =>  code-file ./x
        gpg --photo-viewer id -k  =>  shell id
        xargs sh -c id  =>  run sh -c id [and more from '']
        env sh -c id  =>  run sh -c id
        env -S 'sh -c id'  =>  run sh -c id
        env -Ssh  =>  run sh
        env --split-string=sh -c id  =>  run sh -c id
        nice sh  =>  run sh
        ionice sh  =>  run sh
        nohup sh  =>  run sh
        timeout 7d sh  =>  run sh
        time -o f sh  =>  run sh | write f
        stdbuf -i0 sh  =>  run sh
        setsid sh  =>  run sh
        setarch x86_64 sh  =>  run sh
        linux64 sh  =>  run sh
        taskset 1 sh  =>  run sh
        chrt 1 sh  =>  run sh
        strace -o f sh  =>  run sh | write f
        ltrace -o f sh  =>  run sh | write f
        watch -x sh  =>  run sh
        watch id  =>  shell id
        flock f sh  =>  run sh | write f
        flock f -c id  =>  shell id
        flock -c id f  =>  shell id
        script -c id f  =>  shell id | write f
        script f  =>  opaque code
        rlwrap sh  =>  run sh
        xvfb-run -a sh  =>  run sh
        unshare sh  =>  run sh | opaque arguments
        nsenter -t 1 sh  =>  run sh | opaque arguments
        chroot / sh  =>  run sh [elsewhere]
        busybox sh  =>  run sh
        toybox sh  =>  run sh
        capsh --  =>  opaque code
        start-stop-daemon -S -x sh  =>  opaque code
        run-parts d  =>  opaque code
        expect -c 'spawn sh'  =>  opaque code
        expect f  =>  code-file f
        entr sh  =>  run sh
        gdb -ex '!id'  =>  opaque code
        hyperfine id  =>  shell id
        hyperfine -p x id  =>  shell x | shell id
        parallel sh  =>  run sh [and more]
        parallel 'id; x' ::: a  =>  shell id; x a
        parallel 'id $x' ::: a  =>  opaque code
        tmux new id  =>  shell id
        tmux -c id  =>  shell id
        screen sh  =>  run sh
        sudo sh  =>  run sh
        sudo -s  =>  opaque code
        su -c id  =>  shell id
        doas sh  =>  run sh
        pkexec sh  =>  run sh
        sg root -c id  =>  shell id
        runuser -c id  =>  shell id
        valgrind ./x  =>  run ./x
        perf stat ./x  =>  run ./x
        systemctl edit x  =>  opaque arguments
        apt-get changelog x  =>  opaque host
        apt-get update -o APT::Update::Pre-Invoke::=id  =>  opaque arguments
        dpkg -i x.deb  =>  code-file x.deb | opaque arguments
        rpm --eval '%(id)'  =>  opaque code
        rpm --pipe id -q x  =>  shell id
        rpm --load x  =>  code-file x
        psql -c '\! id'  =>  opaque code
        psql -o '|id'  =>  shell id
        psql -f x.sql  =>  code-file x.sql
        mysql -e '\! id'  =>  opaque code
        mysql --pager=id  =>  shell id
        mysql --default-auth=x --plugin-dir ./d  =>  code-file ./d
        sqlite3 /dev/null '.shell id'  =>  opaque code
        sqlite3 -cmd '.shell id'  =>  opaque arguments
        sqlite3 -init x.sql a.db  =>  code-file x.sql
        redis-cli --eval x.lua  =>  code-file x.lua
        vim -c ':!id'  =>  shell id
        vim '+!id'  =>  shell id
        vim -c ':py3 import os'  =>  opaque code
        vim --cmd 'lua x'  =>  opaque code
        vim -S x.vim  =>  code-file x.vim
        vim -u x.vim  =>  code-file x.vim
        vim -s keys f  =>  code-file keys
        vi -c '!id'  =>  shell id
        nano -s id f  =>  shell id
        emacs --eval '(x)'  =>  other (x)
        emacs -f x  =>  other x
        emacs --script x.el  =>  code-file x.el
        ed  =>  opaque code
        dc -e '!id'  =>  opaque code
        dc -f x  =>  code-file x
        m4 x  =>  opaque code
        pandoc -F ./x a.md  =>  code-file ./x
        pandoc -L x.lua a.md  =>  code-file x.lua
        pandoc -t x.lua a.md  =>  code-file x.lua
        pandoc --pdf-engine=./x a.md  =>  run ./x
        pdflatex -shell-escape a.tex  =>  opaque code
        pdflatex '\input{/etc/passwd}'  =>  opaque code
        lualatex a.tex  =>  code-file a.tex
        latexmk a.tex  =>  project
        exiftool -config x.pl a  =>  code-file x.pl
        exiftool -if 'system 1' a  =>  opaque code
        convert '|id' a.png  =>  opaque code
        gs -c '(id) (r) file'  =>  opaque code
        osascript -e 'do shell script 1'  =>  opaque code
        osascript x.scpt  =>  code-file x.scpt
        crontab f  =>  opaque arguments
        at -f f now  =>  opaque arguments
        busybox nc -e sh h 1  =>  run nc -e sh h 1
        logger -n h x  =>  host h
        ld.so ./x  =>  run ./x
        ldd ./x  =>  code-file ./x
        """#

    private static let writing = #"""
        sort -o /x f  =>  write /x | read f
        sort f -o/x  =>  write /x
        sort --files0-from=/x  =>  read /x | opaque path-read
        sort -T /x f  =>  write-tree /x
        tee /x  =>  write /x
        dd of=/x  =>  write /x
        cp a /x  =>  write /x | write /x/a | copy a /x
        cp -t /x a  =>  write /x/a | read a
        cp --target-directory=/x a  =>  write /x/a
        mv a /x  =>  write-tree /x | read+delete-tree a
        install -t /x a  =>  write /x/a
        install -D a /x  =>  write /x
        ln -s /x y  =>  link /x y | write y | read /x
        ln /x y  =>  link /x y | read+write /x
        cp --reflink a /x  =>  write /x
        link a /x  =>  write /x
        truncate -s 0 /x  =>  write /x
        shred -u /x  =>  delete /x
        shred /x  =>  read+write /x
        split f /x  =>  write /x*** | read f
        csplit -f /x f 1  =>  write /x*** | read f
        find . -fprint /x  =>  write /x
        find . -fprintf /x %p  =>  write /x
        find . -fls /x  =>  write /x
        find /x -delete  =>  delete-tree /x/**
        uniq a /x  =>  write /x | read a
        xxd -r a /x  =>  write /x
        iconv -o /x a  =>  write /x
        shuf -o /x f  =>  write /x
        sed -i s/a/b/ /x  =>  read+write /x
        sed -i.bak s/a/b/ /x  =>  read+write /x
        sed --in-place s/a/b/ /x  =>  read+write /x
        sed -ni p /x  =>  read+write /x
        perl -i -pe 1 /x  =>  read+write /x
        perl -pi.bak -e 1 /x  =>  read+write /x
        ruby -i -pe 1 /x  =>  read+write /x
        yq -i .a /x  =>  read+write /x
        gawk -i inplace '{}' /x  =>  read+write /x
        gawk -o/x '{}'  =>  write /x
        sponge /x  =>  write /x
        dos2unix /x  =>  read+write /x
        patch /x  =>  read+write /x
        patch -o /x a b  =>  write /x
        tar cf /x a  =>  write /x | read-tree a
        tar xf a -C /x  =>  write-tree /x
        tar xfC a /x  =>  write-tree /x
        tar -xf a --directory=/x  =>  write-tree /x
        tar xf a --one-top-level=x  =>  write-tree .
        tar -g /x -cf a b  =>  read+write /x
        tar cf a --remove-files /x  =>  read+delete-tree /x
        unzip -d /x a  =>  write-tree /x
        zip -m a /x  =>  read+delete /x
        zip -b /x a b  =>  write-tree /x
        7z x a -o/x  =>  write-tree /x
        gzip /x  =>  read+delete /x | write /x.gz
        gunzip /x.gz  =>  read+delete /x.gz | write /x
        zstd -o /x a  =>  write /x
        ar r /x a  =>  read+write /x
        curl -o /x http://h/  =>  write /x
        curl --output /x http://h/  =>  write /x
        curl -so/x http://h/  =>  write /x
        curl -O http://h/a  =>  write a
        curl --output-dir /x -O http://h/a  =>  write /x/a
        curl -c /x http://h/  =>  write /x
        curl -D /x http://h/  =>  write /x
        curl --trace /x http://h/  =>  write /x
        curl --libcurl /x http://h/  =>  write /x
        wget -O /x http://h/  =>  write /x
        wget -P /x http://h/a  =>  write /x/a
        wget -o /x http://h/  =>  write /x
        wget --save-cookies /x http://h/  =>  write /x
        wget http://h/a  =>  write a
        scp h:a /x  =>  write /x | host h
        rsync h:a /x  =>  write-tree /x | host h
        rsync --delete a /x  =>  write+delete-tree /x
        rsync --log-file=/x a b  =>  write /x
        sftp h:a /x  =>  write-tree /x | host h
        ssh -E /x h  =>  write /x
        openssl enc -out /x  =>  write /x
        openssl rand -out /x 5  =>  write /x
        gpg -o /x -d a  =>  write /x
        ssh-keygen -f /x  =>  read+write /x | write /x.pub
        tcpdump -w /x  =>  write /x
        nmap -oN /x h  =>  write /x
        script /x  =>  write /x
        strace -o /x ls  =>  write /x
        ffmpeg -i a /x.mp4  =>  write /x.mp4
        convert a.png /x.png  =>  write /x.png
        mogrify /x.png  =>  read+write /x.png
        pandoc -o /x a  =>  write /x
        pdflatex -output-directory /x a  =>  write-tree /x
        sqlite3 /x 'select 1'  =>  read+write /x
        psql -o /x  =>  write /x
        pg_dump -f /x db  =>  write /x
        mysqldump -r /x db  =>  write /x
        mkdir /x  =>  write /x
        rmdir /x  =>  delete /x
        rm -r /x  =>  delete-tree /x
        unlink /x  =>  delete /x
        touch /x  =>  write /x
        chmod 644 /x  =>  write /x
        chown a /x  =>  write /x
        chmod --reference=/y /x  =>  write /x | read /y
        chmod u+s x  =>  opaque arguments
        chmod 04755 x  =>  opaque arguments
        chmod 2755 x  =>  opaque arguments
        setfacl -m u:a:r /x  =>  write /x
        mkfifo /x  =>  write /x
        mknod /x p  =>  write /x
        mktemp /x.XXX  =>  write /x.***
        mktemp -p /x  =>  write /x/tmp.***
        nano /x  =>  read+write /x
        vim /x  =>  read+write /x
        nohup ls  =>  write nohup.out
        file -C -m a  =>  write magic.mgc
        xz -d /x.xz  =>  write /x
        ex /x  =>  read+write /x
        crontab f  =>  write-tree /var/spool/cron | read f
        """#

    private static let reading = #"""
        cat /x  =>  read /x
        base64 /x  =>  read /x
        base32 -d /x  =>  read /x
        xxd /x  =>  read /x
        od /x  =>  read /x
        hexdump -C /x  =>  read /x
        strings /x  =>  read /x
        nl /x  =>  read /x
        tac /x  =>  read /x
        rev /x  =>  read /x
        head -c 5 /x  =>  read /x
        tail -n +1 /x  =>  read /x
        tail +2 /x  =>  read /x
        cut -c1- /x  =>  read /x
        paste /x  =>  read /x
        fold /x  =>  read /x
        fmt /x  =>  read /x
        pr /x  =>  read /x
        expand /x  =>  read /x
        sort /x  =>  read /x
        uniq /x  =>  read /x
        comm /x /y  =>  read /x | read /y
        join /x /y  =>  read /x
        diff /x /y  =>  read /x | read /y
        diff --from-file=/x a  =>  read /x
        cmp /x /y  =>  read /x
        grep -f /x a  =>  read /x | read a
        grep -r a /x  =>  read-tree /x
        grep --file=/x a  =>  read /x
        grep '' /x  =>  read /x
        grep -e a /x  =>  read /x
        wc --files0-from=/x  =>  read /x | opaque path-read
        du --files0-from /x  =>  read /x
        date -f /x  =>  read /x
        date --file=/x  =>  read /x
        file -f /x  =>  read /x
        file -m /x a  =>  read /x
        md5sum -c /x  =>  read /x
        shuf /x  =>  read /x
        column /x  =>  read /x
        jq -Rr . /x  =>  read /x
        jq --rawfile a /x .  =>  read /x
        jq --slurpfile a /x .  =>  read /x
        jq -f /x  =>  read /x
        sed p /x  =>  read /x
        awk '{}' /x  =>  read /x
        dd if=/x  =>  read /x
        cp /x a  =>  read /x
        cp -r /x a  =>  read-tree /x
        tar cf a /x  =>  read-tree /x
        tar cf a -T /x  =>  read /x | opaque path-read
        tar c /x  =>  read-tree /x
        tar -cf - -C /x y  =>  read-tree /x/y
        zip a /x  =>  read /x
        zip -r a /x  =>  read-tree /x
        7z a b /x  =>  read-tree /x
        7z a b @/x  =>  read /x | opaque path-read
        gzip -c /x  =>  read /x
        zcat /x  =>  read /x
        curl -T /x http://h/  =>  read /x
        curl -d @/x http://h/  =>  read /x
        curl --data=@/x http://h/  =>  read /x
        curl --data-binary @/x http://h/  =>  read /x
        curl -F a=@/x http://h/  =>  read /x
        curl -F 'a=</x' http://h/  =>  read /x
        curl --form a=@/x http://h/  =>  read /x
        curl --data-urlencode a@/x http://h/  =>  read /x
        curl --data-urlencode @/x http://h/  =>  read /x
        curl -b /x http://h/  =>  read /x
        curl -H @/x http://h/  =>  read /x
        curl --netrc-file /x http://h/  =>  read /x
        curl -n http://h/  =>  read ~/.netrc
        curl -E /x http://h/  =>  read /x
        curl --json @/x http://h/  =>  read /x
        curl file:///x  =>  read /x
        curl -w @/x http://h/  =>  read /x
        wget --post-file=/x http://h/  =>  read /x
        wget --body-file=/x http://h/  =>  read /x
        wget --load-cookies /x http://h/  =>  read /x
        nc h 1  =>  host h
        scp /x h:  =>  read /x | host h
        rsync /x h:  =>  read-tree /x | host h
        rsync --files-from=/x a b  =>  read /x
        ssh -i /x h  =>  read /x
        ssh-keygen -yf /x  =>  read /x
        openssl enc -in /x  =>  read /x
        openssl x509 -in /x  =>  read /x
        openssl dgst /x  =>  read /x
        gpg -c /x  =>  read /x
        gpg --export-secret-keys  =>  read-tree ~/.gnupg
        less /x  =>  read /x
        more /x  =>  read /x
        man /x  =>  read /x
        bat /x  =>  read /x
        ls /x  =>  read /x
        ls  =>  read .
        find /x  =>  read /x
        stat /x  =>  read /x
        file /x  =>  read /x
        xargs -a /x ls  =>  read /x
        dmesg -F /x  =>  read /x
        logger -f /x  =>  read /x
        last -f /x  =>  read /x
        tcpdump -r /x  =>  read /x
        nmap -iL /x  =>  read /x
        ffmpeg -i /x.mp4 a.mp4  =>  read /x.mp4
        convert /x.png a.png  =>  read /x.png
        convert 'label:@/x' a.png  =>  opaque path-read
        pandoc /x  =>  read /x
        pandoc --template=/x a  =>  read /x
        exiftool -@ /x  =>  read /x
        readelf -a /x  =>  read /x
        xmllint /x  =>  read+write /x
        getent shadow  =>  read /etc/shadow
        python -m json.tool /x  =>  read /x
        python -m http.server -d /x  =>  read-tree /x | host 0.0.0.0
        split /x  =>  read /x
        ptx /x  =>  read /x
        look a /x  =>  read /x
        ul /x  =>  read /x
        iconv /x  =>  read /x
        basenc --base64 /x  =>  read /x
        sha256sum /x  =>  read /x
        cksum /x  =>  read /x
        sum /x  =>  read /x
        tsort /x  =>  read /x
        dosbox-is-unknown  =>  unknown program
        """#

    private static let connecting = #"""
        curl example.com  =>  url example.com
        curl --url http://h/  =>  url http://h/
        curl -x p:1 http://h/  =>  host p:1
        curl --proxy http://p http://h/  =>  url http://p
        curl --socks5 p http://h/  =>  host p
        curl --doh-url http://d/ http://h/  =>  url http://d/
        curl --connect-to h:1:e:2 http://h/  =>  host e
        curl --resolve h:1:9.9.9.9 http://h/  =>  host 9.9.9.9
        curl -K f  =>  opaque arguments
        curl --unix-socket /s http://h/  =>  opaque host
        wget h  =>  url h
        wget -B http://h/ -i f  =>  url http://h/
        wget -i f  =>  opaque host
        wget -e http_proxy=h http://x/  =>  opaque arguments
        nc h 1  =>  host h
        nc -l 1  =>  opaque host
        nc -x p h 1  =>  host p | host h
        socat - TCP4:h:1  =>  host h
        socat - OPENSSL:h:1,verify=0  =>  host h
        socat TCP-LISTEN:1 -  =>  opaque host
        ssh u@h  =>  host u@h
        ssh -J j h  =>  host j | host h
        ssh -o ProxyJump=j h  =>  host j
        ssh -o Hostname=e h  =>  host e
        ssh -R 1:a:2 h  =>  opaque host
        ssh ssh://h:2  =>  host h:2
        scp h:a .  =>  host h
        scp scp://h/a .  =>  url scp://h/a
        rsync rsync://h/a .  =>  url rsync://h/a
        rsync h::a .  =>  host h
        sftp u@h  =>  host u@h
        telnet h 1  =>  host h
        ftp h  =>  host h | opaque arguments
        lftp -c 'open h'  =>  opaque arguments
        ping -c 1 h  =>  host h
        dig @s n  =>  host s | host n
        dig TXT x.e.com  =>  host x.e.com
        host n  =>  host n
        nslookup n s  =>  host n | host s
        whois -h s n  =>  host s | host n
        openssl s_client -connect h:1  =>  host h:1
        openssl s_client -proxy p:1 -connect h:1  =>  host p:1
        openssl s_server -accept 1  =>  opaque arguments
        gpg --keyserver k --recv-keys x  =>  host k | opaque host
        ssh-keyscan h  =>  host h
        ssh-copy-id h  =>  host h | read-tree ~/.ssh
        psql -h h  =>  host h
        psql postgres://h/d  =>  url postgres://h/d
        psql 'host=h user=u'  =>  host h
        mysql -h h  =>  host h
        redis-cli -h h get a  =>  host h
        pg_dump -h h d  =>  host h
        mongosh mongodb://h  =>  url mongodb://h
        ffmpeg -i http://h/a b.mp4  =>  url http://h/a
        ffmpeg -i a -f flv rtmp://h/x  =>  url rtmp://h/x
        convert http://h/a b.png  =>  url http://h/a
        pandoc http://h/  =>  url http://h/
        vim scp://h/a  =>  url scp://h/a
        open http://h/  =>  url http://h/
        xdg-open http://h/  =>  url http://h/
        yt-dlp http://h/  =>  url http://h/
        aria2c http://h/  =>  url http://h/
        systemctl -H h status  =>  host h
        logger -n h x  =>  host h
        python -m http.server  =>  host 0.0.0.0
        php -S 0.0.0.0:1  =>  host 0.0.0.0:1
        mail a@example.com  =>  send Recipient::"mailto:a@example.com"
        finger u@h  =>  host u@h
        traceroute h  =>  host h
        nmap h  =>  host h
        getent hosts h  =>  host h
        """#

    @Test func `what an option runs is seen`() { Self.check(Self.running) }

    @Test func `what an option writes or deletes is seen`() { Self.check(Self.writing) }

    @Test func `what an option reads is seen`() { Self.check(Self.reading) }

    @Test func `what an option connects to is seen`() { Self.check(Self.connecting) }

    /// Where a command runs stands behind ` | ` in a description, and in brackets in the tables.
    private static func check(_ table: String) {
        for line in table.split(separator: "\n") {
            guard let arrow = line.firstRange(of: "  =>  ") else {
                Issue.record("no arrow: \(line)")
                continue
            }
            let command = String(line[..<arrow.lowerBound])
            let actions = does(command)
            for expected in String(line[arrow.upperBound...]).components(separatedBy: " | ") {
                let parts = expected.components(separatedBy: " [")
                let place = parts.count > 1 ? " | \(parts[1].dropLast())" : ""
                let isThere = actions.contains { action in
                    action == parts[0] + place
                        || action.hasPrefix("\(parts[0]) |") && action.contains(place.dropFirst(2))
                }
                #expect(isThere, "\(command): \(expected) is not among \(actions)")
            }
        }
    }
}
