// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// What people type all day: all that each command does, and nothing else. Nothing of it is opaque.
@Suite struct OrdinaryCommandTests {
    private static let table = #"""
        ls -la  =>  read .
        ls $x  =>  read $x
        cat -A -- -f  =>  read -f | passes
        cat $x  =>  read $x | passes
        wc -l $x  =>  read $x | read $x
        cp a b  =>  write b | write b/a | copy a b | copy a b/a | read a
        cp -r a d/  =>  write-tree d/ | write-tree d//a | copy a d/ | copy a d//a | read-tree a
        mv a.txt b  =>  write-tree b | write-tree b/a.txt | copy a.txt b | copy a.txt b/a.txt | read+delete-tree a.txt
        rm -rf build *.o  =>  delete-tree build | delete-tree *.o
        mkdir -p a/b  =>  write a/b
        touch a  =>  write a
        chmod +x x.sh  =>  write x.sh
        chmod -R 755 d  =>  write-tree d
        ln -s ../a b/c  =>  write b/c | write b/c/a | link b/../a b/c | link b/c/../a b/c/a | read b/../a
        grep -rn foo src  =>  read-tree src
        grep -e foo f g  =>  read f | read g
        grep foo  =>
        grep -r foo  =>  read-tree .
        rg -n foo src  =>  read-tree src
        rg foo  =>  read-tree .
        sort -u f  =>  read f
        sort -- $x  =>  read $x
        uniq -c a  =>  read a
        head -5 f  =>  read f
        head -n 5 f  =>  read f
        tail -f log  =>  read log
        cut -d/ -f1 x  =>  read x
        tr a b  =>
        du -sh *  =>  names *
        diff -u a b  =>  read a | read b
        sed -n 1,5p f  =>  sed 1,5p | read f
        awk -F: '{print $1}' f v=1  =>  awk {print $1} | read f
        find . -name '*.py'  =>  read . | output ./**/*.py
        find . -maxdepth 1 -name x -o -name y  =>  read . | output ./**
        find . -name '*.py' -exec rm {} ';'  =>  read . | run rm ./**/*.py | passes output
        find . -exec grep foo {} +  =>  read . | run grep foo ./**
        find $x -name y  =>  read $x | output $x
        find . -delete  =>  read . | delete-tree ./**
        env A=b ls -l  =>  run ls -l | A=b
        env  =>
        nice -n 10 make all  =>  run make all
        timeout 5 curl http://x/  =>  run curl http://x/
        time -p ls  =>  run ls
        xargs -0 grep foo  =>  run grep foo | and more from ''
        xargs -I{} mv {} d  =>  run mv $x d | from ''
        bash -c 'echo hi' a b  =>  shell echo hi | 0=a 1=b
        bash x.sh a  =>  shell-file x.sh a
        python3 x.py -v  =>  code-file x.py
        python3 -W ignore -u x.py a  =>  code-file x.py
        python3 -m pip install x  =>  project | run pip install x
        node --max-old-space-size=4096 a.js  =>  code-file a.js
        perl -ne 'print if /x/' f  =>  perl print if /x/ | read f
        ruby -e 'puts 1'  =>  ruby puts 1
        jq -r .a f.json  =>  jq .a | read f.json
        jq --arg a b . f.json  =>  jq . | read f.json
        vim +10 x  =>  read+write x
        vim -c 'set nu' -c q f  =>  read+write f
        less +F log  =>  read log
        man ls  =>
        tar xf a.tgz  =>  read a.tgz | shell gzip | write-tree .
        tar czf a.tgz src  =>  write a.tgz | shell gzip | read-tree src
        tar xvfz a.tgz -C out  =>  read a.tgz | shell gzip | write-tree out
        tar tf a.tar  =>  read a.tar
        tar cf x.tar -C d e -C f g  =>  write x.tar | read-tree d/e | read-tree d/f/g
        tar -cvzf - src  =>  shell gzip | read-tree src
        zip -r a.zip src -x '*.o'  =>  read+write a.zip | read-tree src
        unzip -l a.zip  =>  read a.zip
        unzip a.zip  =>  read a.zip | write-tree .
        gzip -dc f.gz  =>  read f.gz
        curl -fsSL https://x.y/z -o f  =>  write f | url https://x.y/z
        curl -s http://x/ -H 'A: b' -X POST --data-binary @f  =>  read f | url http://x/
        wget -qO- http://e/  =>  url http://e/
        wget http://e/a/b.tgz  =>  write b.tgz | url http://e/a/b.tgz
        ssh -L 1:a:2 h  =>  host a | host h
        ssh -i k -p 22 u@h  =>  read k | host u@h
        scp -P 22 -r d u@h:x  =>  read-tree d | host u@h
        rsync -avz src/ h:dst  =>  read-tree src/ | host h
        rsync -a --delete a/ b/  =>  read-tree a/ | write+delete-tree b/
        dig +short example.com @8.8.8.8  =>  host example.com | host 8.8.8.8
        ping -c 3 example.com  =>  host example.com
        ps aux  =>
        kill -9 55  =>
        date +%s  =>
        systemctl status x  =>
        journalctl -u x -n 5  =>
        crontab -l  =>  read /var/spool/cron
        openssl rand -hex 16  =>
        openssl dgst -sha256 f  =>  read f
        gpg --verify a.sig a  =>  read a.sig | read a
        psql -h h -c 'select 1' db  =>  host h | sql select 1
        sqlite3 a.db .tables  =>  read+write a.db
        sqlite3 a.db 'select 1'  =>  read+write a.db | sql select 1
        redis-cli get x  =>
        ffmpeg -y -i a.mov -vf scale=1:2 -c:v libx264 out.mp4  =>  read a.mov | write out.mp4
        convert a.png -resize 50% b.jpg  =>  read a.png | write b.jpg
        pandoc a.md -o b.pdf  =>  write b.pdf | read a.md
        apt list  =>
        dpkg -l  =>
        brew list  =>
        ip a  =>
        mount  =>
        test -f a  =>
        mktemp -d  =>  write /tmp/tmp.*** | output /tmp/tmp.***
        tee a  =>  write a | passes
        dd if=a of=b bs=1M  =>  read a | write b
        split -b 1m f  =>  write x*** | read f
        patch -p1  =>  read+write-tree . | project
        watch -n 2 'df -h'  =>  shell df -h
        flock l make  =>  write l | run make
        nohup make  =>  write nohup.out | run make
        file a  =>  read a
        stat a  =>  read a
        xxd a  =>  read a
        base64 -d f  =>  read f
        sha256sum -b f  =>  read f
        seq 1 10  =>
        printf %s a  =>  output a
        id -u  =>
        which -x  =>
        which a b  =>
        find src -name '*.js' -print0  =>  read src | output src/**/*.js
        """#

    @Test func `an ordinary command does what it says and nothing is opaque`() {
        for line in Self.table.split(separator: "\n") {
            let parts = String(line).components(separatedBy: "  =>")
            let expected = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
            let actions = does(parts[0])
            #expect(actions.joined(separator: " | ") == expected, "\(parts[0])")
            #expect(!actions.contains { $0.hasPrefix("opaque") }, "\(parts[0])")
        }
    }

    @Test(arguments: [
        ("xargs rm", ["run rm a b | from ''"]),
        ("xargs -n1 rm", ["run rm a | from ''", "run rm b | from ''", "passes output"]),
        ("xargs -I{} mv {} d/{}", ["run mv a b d/a b | from ''", "passes output"]),
        ("xargs -0 rm", ["run rm a b\n | from ''"]),
        ("xargs -d ' ' rm", ["run rm a b\n | from ''"]), ("xargs -L1 rm", ["run rm | and more from ''"]),
    ])
    func `xargs hands over what is known of its input`(line: String, expected: [String]) {
        #expect(does(line, input: .text("a b\n")) == expected)
    }

    @Test func `names that a search finds stay names below its root`() {
        let found = ShellValue(pieces: [.text("./"), .wildcard("**")])
        #expect(does("xargs rm", input: .text(found)) == ["run rm ./** | from ''"])
        #expect(does("xargs -I% cp % d", input: .text(found)) == ["run cp ./** d | from ''", "passes output"])
        #expect(does("grep -v x", input: .text(found)) == ["output ./**"])
        #expect(does("head -n 5", input: .text(found)) == ["output ./**"])
        #expect(does("head -c 5", input: .text(found)) == [], "a part of a name is another name")
        #expect(does("sort", input: .text(found)) == ["output ./**"])
        #expect(does("uniq -c", input: .text(found)) == [])
        #expect(does("grep -o x", input: .text(found)) == [])
        #expect(does("cpio -o", input: .text(found)) == ["read-tree ./**"])
    }

    @Test(arguments: [
        ("LD_PRELOAD", "/tmp/x.so", "code-file /tmp/x.so"), ("LD_PRELOAD", "", ""), ("BASH_ENV", "f", "shell-file f"),
        ("ENV", "f", "shell-file f"),
        ("GIT_SSH_COMMAND", "sh -c id", "shell sh -c id"), ("PAGER", "cat", ""), ("PAGER", "id", "shell id"),
        ("EDITOR", "true", ""),
        ("PYTHONSTARTUP", "x.py", "code-file x.py"), ("PYTHONPATH", "a:b", "code-file a | code-file b"),
        ("NODE_OPTIONS", "--require ./x", "opaque code"),
        ("NODE_OPTIONS", "--max-old-space-size=4096", ""), ("PERL5OPT", "-Mx", "opaque code"), ("PERL5OPT", "-w", ""),
        ("PATH", "/usr/bin:/bin", ""),
        ("PATH", "./x:/usr/bin", "code-file ./x"), ("FOO", "bar", ""), ("CI", "1", ""),
        ("LESSOPEN", "|id", "shell |id"), ("PROMPT_COMMAND", "id", "shell id"),
        ("BASH_FUNC_ls%%", "() { id; }", "opaque code"), ("PS4", "$(id)", "opaque code"), ("PS4", "+ ", ""),
        ("JAVA_TOOL_OPTIONS", "-javaagent:x.jar", "opaque code"),
        ("JAVA_TOOL_OPTIONS", "-Xmx1g", ""), ("MAKEFLAGS", "-j8", ""), ("MAKEFLAGS", "--eval=x", "opaque arguments"),
        ("RUSTFLAGS", "-C linker=x", "opaque code"),
        ("RUSTFLAGS", "-D warnings", ""), ("GIT_CONFIG_GLOBAL", "/dev/null", ""), ("RUBYOPT", "-rx", "opaque code"),
        ("LESS", "-R", ""), ("TAR_OPTIONS", "--to-command=id", "opaque code"),
    ])
    func `a variable that makes programs run or load something does so`(name: String, value: String, expected: String) {
        let actions = VariableTable.actions(UTF8String(name), ShellValue(UTF8String(value)), isExported: true)
            .map(described)
        #expect(actions.joined(separator: " | ") == expected)
    }

    @Test func `a search path that is extended by something unknown may bring any program`() {
        let value = ShellValue(pieces: [.text("/usr/bin:"), .unknown])
        #expect(VariableTable.actions("PATH", value, isExported: true).map(described) == ["opaque program"])
        #expect(VariableTable.actions("LD_PRELOAD", .unknown, isExported: true).map(described) == ["code-file $x"])
    }
}
