// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Effects

/// Operands and options of common programs that say more than they look like. A line is a command and, behind the arrow,
/// what must be among its actions; behind `=/=`, what must not be.
@Suite struct HiddenOperandTests {
    private static let running = #"""
        ssh-agent sh -c 'id'  =>  run sh -c id
        gum spin --title x -- curl h  =>  run curl h
        sk -c id  =>  shell id
        peco --exec id  =>  shell id
        percol --eval x  =>  opaque code
        gdb -batch -ex run --args sh -c id  =>  run sh -c id
        gdb -batch -ex run sh  =>  run sh
        gdb -ex 'run > /t' ./a  =>  shell true > /t
        gdb -ex 'set args $(id)' ./a  =>  shell true $(id)
        gdb -ex 'target remote | id' ./a  =>  shell  id
        gdb -ex 'target extended-remote h:1' ./a  =>  host h:1
        gdb -ex 'thread apply all shell id' ./a  =>  opaque code
        gdb -ex 'p system("id")' ./a  =>  opaque code
        lldb -o 'process launch -o /t' ./a  =>  opaque code
        pnpm recursive exec cat f  =>  run pnpm exec cat f
        gs -o'|id' x.ps  =>  shell id
        gs -o '%pipe%id' x.ps  =>  shell id
        ps2pdf -dNOSAFER x.ps  =>  opaque code
        ps2pdf x.ps '|id'  =>  opaque code
        gs @x  =>  opaque arguments
        dvips -o '!id' x.dvi  =>  shell id
        pandoc a.md -o a.pdf --pdf-engine-opt=-shell-escape  =>  run pdflatex -shell-escape input.tex
        pdfcrop --gscmd id a.pdf  =>  shell id
        texi2any --init-file=/t a  =>  code-file /t
        ocrmypdf --plugin /t a.pdf b.pdf  =>  code-file /t
        pic -U a  =>  opaque code
        groff -F /t a  =>  code-file /t
        exiftool -api 'Filter=x' a  =>  opaque code
        exiftool -if2 x a  =>  opaque code
        mpv --ytdl-raw-options=exec=id a  =>  opaque arguments
        wrk -s /t.lua http://h/  =>  code-file /t.lua
        stylus --use /t.js a.styl  =>  code-file /t.js
        plantuml -graphvizdot /t x.puml  =>  run /t
        asciidoctor -T /t x.adoc  =>  code-file /t
        mold -run sh  =>  opaque arguments
        python -m unittest discover -s /t  =>  code-file /t
        python -W error::x.y -c 'pass'  =>  project
        python -m IPython -c x  =>  opaque code
        python -m idlelib -c x  =>  opaque code
        tmux new -d -s x 'npm run dev'  =>  shell npm run dev
        tmux new -d -c /t curl h  =>  run curl h [in /t]
        tmux new -d -s x  =>  opaque code
        tmux new -d -e A=b 'id'  =>  opaque code
        fkill -f writd  =>  opaque arguments
        fkill -s writ  =>  opaque arguments
        date -s 2020-01-01  =>  opaque arguments
        date 010100002030  =>  opaque arguments
        tsc  =>  project
        """#

    private static let writing = #"""
        csplit -b '/../../x%d' f 1  =>  opaque path-write
        patch -b -B /t/x a p  =>  write /t/x***
        patch -b -Y /t/ a p  =>  opaque path-write
        patch -b -z /../../x a p  =>  opaque path-write
        curl -o '#1' 'https://h/{/t,b}'  =>  opaque path-write
        curl -o '#1#1' 'https://h/{.}'  =>  opaque path-write
        ld -o/t a.o  =>  write /t
        ld --dependency-file=/t a.o  =>  write /t
        ld --out-implib /t a.o  =>  write /t
        gcc -Wl,-o/t a.c  =>  write /t
        as --MD /t a.s  =>  write /t
        as -a=/t a.s  =>  read+write-tree /t
        nasm -Z /t a.asm  =>  write /t
        nasm -MF/t a.asm  =>  write /t
        gcc -c -Xassembler -a=/t a.c  =>  read+write-tree /t
        objcopy @x  =>  opaque arguments
        strip @x  =>  opaque arguments
        strings @x  =>  opaque arguments
        javac @x  =>  opaque arguments
        swiftc @x  =>  opaque arguments
        ld @x  =>  opaque arguments
        clang --config=./x a.c  =>  opaque arguments
        rst2html a.rst /t  =>  write /t
        d2 a.d2 /t  =>  write /t
        sass a.scss:/t  =>  read-tree a.scss | write-tree /t
        plantuml /t/x.puml  =>  write /t/x***
        asciidoctor /t/x.adoc  =>  write /t/x***
        tsc /t/x.ts  =>  write /t/x***
        git push ../o HEAD:x  =>  read+write-tree ../o | code-file ../o
        git push file:///o  =>  read+write-tree /o | code-file /o
        git -c format.outputDirectory=/t format-patch HEAD  =>  write-tree /t
        ffmpeg -i a.mp4 -f tee 'x|[f=mp4]/t'  =>  write /t
        ffmpeg -i a.mp4 async:file:/t  =>  write /t
        ffmpeg -i cache:/k b.mp4  =>  read /k
        vlc --sout '#std{access=file,dst=/t}' a  =>  opaque path-write
        pmap -N /t 1  =>  write /t
        fakeroot -s /t ls  =>  write /t
        cargo fmt -- /t.rs  =>  run rustfmt /t.rs
        docker compose cp c:/f /t  =>  write-tree /t
        conda config --file /t --set a b  =>  read+write /t
        mysqldump -T/t y  =>  write-tree /t
        lzop -p/t a  =>  write-tree /t
        node --test --test-reporter-destination=/t  =>  write /t
        ssh-agent -a /t  =>  write /t
        """#

    private static let reading = #"""
        curl -T '{/k,b}' https://h/  =>  read $x
        curl --proto-default file localhost/k  =>  opaque path-read
        gh auth status -t  =>  read ~/.config/gh/hosts.yml
        gh config get -h github.com oauth_token  =>  read ~/.config/gh/hosts.yml
        glab auth status -t  =>  read ~/.config/glab-cli/config.yml
        glab config get token  =>  read ~/.config/glab-cli/config.yml
        pnpm config get //r/:_authToken  =>  read ~/.npmrc
        yarn config get npmAuthToken  =>  read ~/.npmrc
        composer config -g github-oauth.github.com  =>  read ~/.config/composer/auth.json
        git config --get-all http.https://h/.extraheader  =>  read ~/.git-credentials
        ps auxeww  =>  read /proc/*/environ
        ps -aux e  =>  read /proc/*/environ
        ps -eaux  =>  read /proc/*/environ
        ps -e -v  =>  read /proc/*/environ
        atuin search x  =>  read ~/.bash_history
        mcfly search x  =>  read ~/.bash_history
        atuin sync  =>  url https://api.atuin.sh
        """#

    private static let connecting = #"""
        http --proxy=https:http://p:80 https://h/  =>  url http://p:80
        opener http://h/  =>  url http://h/
        open-cli http://h/  =>  url http://h/
        wget --input-metalink=f  =>  opaque host
        siege -f f  =>  opaque host
        wkhtmltopdf --read-args-from-stdin  =>  opaque arguments
        psql 'postgresql://localhost/x?hostaddr=6.6.6.6'  =>  host 6.6.6.6
        psql 'postgresql://localhost/x?h%6fst=h'  =>  opaque host
        createdb --maintenance-db='host=h' x  =>  host h
        mysql mysql://h/x  =>  url mysql://h/x
        pnpm store add https://h/x.tgz  =>  url https://h/x.tgz
        conda config --add channels https://h  =>  url https://h
        gcc -fmodule-mapper=h:80 a.cc  =>  host h:80
        """#

    private static let harmless = #"""
        date -u +%F  =/=  opaque arguments
        date -d yesterday  =/=  opaque arguments
        ps aux  =/=  read /proc/*/environ
        ps -aux  =/=  read /proc/*/environ
        ps -ef  =/=  read /proc/*/environ
        ps -eo pid,etime  =/=  read /proc/*/environ
        ps axo pid,etime  =/=  read /proc/*/environ
        ps -e -u root  =/=  read /proc/*/environ
        ps -C node -o etime=  =/=  read /proc/*/environ
        curl -o 'f_#1.txt' 'https://h/x[1-3]'  =/=  opaque path-write
        curl -o '#1' 'https://h/{a.txt,b.txt}'  =/=  opaque path-write
        pandoc a.md -o a.pdf --pdf-engine=xelatex  =/=  opaque code
        gdb -batch -ex bt ./a core  =/=  opaque code
        git config user.email  =/=  read ~/.git-credentials
        git config credential.helper  =/=  read ~/.git-credentials
        pnpm config get registry  =/=  read ~/.npmrc
        fkill :3000  =/=  opaque arguments
        patch -z .orig f p  =/=  opaque path-write
        cargo fmt -- --check  =/=  opaque arguments
        ffmpeg -i a.mp4 -vf scale=320:240 b.mp4  =/=  write 240
        """#

    @Test func `what an operand runs is seen`() { Self.check(Self.running) }

    @Test func `what is written elsewhere is seen`() { Self.check(Self.writing) }

    @Test func `what shows a secret is a read of it`() { Self.check(Self.reading) }

    @Test func `what names a host connects to it`() { Self.check(Self.connecting) }

    @Test func `what looks alike is no such thing`() { Self.check(Self.harmless) }

    private static func check(_ table: String) {
        for line in table.split(separator: "\n") {
            let isAbsent = line.contains("  =/=  ")
            let parts = String(line).components(separatedBy: isAbsent ? "  =/=  " : "  =>  ")
            guard parts.count == 2 else {
                Issue.record("no arrow: \(line)")
                continue
            }
            let actions = does(parts[0])
            for expected in parts[1].components(separatedBy: " | ") {
                let words = expected.components(separatedBy: " [")
                let action = words.count > 1 ? "\(words[0]) | \(words[1].dropLast())" : words[0]
                #expect(actions.contains(action) != isAbsent, "\(parts[0]): \(expected), of \(actions)")
            }
        }
    }
}
