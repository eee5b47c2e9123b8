// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Programs that look as if they only showed or converted something, and options of theirs that run, write, read or
/// connect. A line of a table is a command and, behind the arrow, what must be among its actions.
@Suite struct HiddenActionTests {
    private static let table = #"""
        pidstat -e rm /x  =>  opaque program
        powertop --workload=id  =>  shell id
        neofetch --config /x  =>  code-file /x
        screenfetch -a /x  =>  code-file /x
        rpmquery -a --pipe id  =>  shell id
        rpmquery --eval x  =>  opaque code
        dpkg-architecture -c 'rm x'  =>  shell rm x
        enscript -I id f  =>  shell id
        wl-paste --watch rm /x  =>  opaque arguments
        mbuffer -A id -i f  =>  shell id
        binwalk --dd=a:b:id f  =>  opaque code
        cowsay -f /x hi  =>  code-file /x
        spell --ispell=./x f  =>  run ./x
        less --cmd '!id' f  =>  opaque code
        perldoc -MX f  =>  opaque code
        git-shell -c id  =>  opaque code
        vim --remote-send :x  =>  opaque code
        vim --remote-expr 'system(1)'  =>  opaque code
        jhead -cmd id a.jpg  =>  shell id
        gifsicle --transform-colormap=id a.gif  =>  shell id
        gphoto2 --hook-script=./x  =>  run ./x
        exiftool -p '${filename;system(1)}' a.jpg  =>  opaque code
        exiftool '-comment<${filename;system(1)}' a.jpg  =>  opaque code
        inkscape --actions=x a.svg  =>  opaque code
        mpv --input-commands=x a  =>  opaque code
        soxi '|id'  =>  shell id
        sox '|id' a.wav  =>  shell id
        gimp -b x  =>  opaque code
        blender --python-expr x  =>  opaque code
        feh --action id .  =>  shell id
        zathura -x id a  =>  shell id
        ebook-convert a.recipe b.epub  =>  code-file a.recipe
        remind -kid a  =>  shell id
        ledger --pager id bal  =>  shell id
        mysqldump --plugin-dir=/x y  =>  code-file /x
        mispipe true id  =>  shell id
        strace -o '|id' true  =>  shell id
        strace -o '!id' true  =>  shell id
        tmux ls -F '#(id)'  =>  opaque code
        gdb -p 1  =>  opaque arguments
        fuser -k /x  =>  opaque arguments
        fuser -vk /x  =>  opaque arguments
        ss -tK dst x  =>  opaque arguments
        brew info a/b/c  =>  opaque program
        dnf list -c /x  =>  code-file /x
        dnf list --setopt=pluginpath=/x  =>  opaque arguments
        dnf history undo 1  =>  opaque arguments
        atool -O path_unzip=/x -x a.zip  =>  opaque arguments
        openssl  =>  opaque code
        yt-dlp --exec id h  =>  shell id
        nm --plugin /x a.o  =>  code-file /x
        gcc -fmodule-mapper='|id' a.c  =>  shell id
        gcc -B/x a.c  =>  code-file /x
        gcc -Wl,-plugin,/x a.c  =>  code-file /x
        clang -Xclang -load -Xclang /x a.c  =>  opaque code
        clang --ld-path=/x a.c  =>  code-file /x
        rustc -Zcodegen-backend=/x a.rs  =>  opaque code
        go build -ldflags '-extld=/x'  =>  opaque program
        composer exec rm /x  =>  run rm /x
        java -XX:OnError=id A  =>  shell id
        kotlinc -script /x  =>  code-file /x
        swift -e x  =>  opaque code
        rails runner 'system(1)'  =>  ruby system(1)
        rails runner /x.rb  =>  code-file /x.rb
        task exec rm /x  =>  run rm /x
        gcc -Wp,-MD,/x a.c  =>  read+write-tree /x
        ffmpeg -f lavfi -i amovie=/x a.wav  =>  read-tree /x
        docker volume create -o device=/  =>  opaque arguments
        docker plugin install x  =>  opaque arguments
        git -c gc.recentObjectsHook=id gc  =>  shell id
        git grep -nOid x  =>  shell id
        git rebase -ix id HEAD~1  =>  shell id
        git difftool -yx id HEAD  =>  shell id
        git tag -aF /x v1  =>  read /x
        git archive -vo/x HEAD  =>  write /x
        man -aPid ls  =>  shell id
        enscript -qIid f  =>  shell id
        info -ao/x ls  =>  write /x
        perl -F'/,/);system("id");(' -ane 1 a  =>  opaque code
        perl -F'/$x[system(1)]/' -ane 1 a  =>  opaque code
        perl -F'/a\/' -ane 1 a  =>  opaque code
        perl -i'/x*' -pe 1 a  =>  write /xa
        perl -i.bak -pe 1 a  =>  write a.bak
        awk -f -  =>  opaque code
        mawk -Wexec /x  =>  opaque arguments
        gawk -W 'source=BEGIN{system(1)}' a  =>  opaque arguments
        psql -c '\echo `id`'  =>  opaque code
        git -c imap.tunnel=id imap-send  =>  shell id
        git -c lfs.extension.x.clean=id add .  =>  shell id
        git -c http.curloptResolve=a:1:h fetch  =>  opaque host
        python3 -m code  =>  opaque code
        ptx -G a /x  =>  write /x
        units --log=/x 1 2  =>  write /x
        uudecode a  =>  opaque path-write
        perldoc -d /x f  =>  write /x
        vim -i /x f  =>  read+write /x
        vim -V1/x f  =>  write /x
        node --localstorage-file=/x -e 1  =>  read+write /x
        ss -D /x  =>  write /x
        sar -o /x  =>  read+write-tree /x
        nvidia-smi --filename=/x  =>  read+write-tree /x
        lshw -dump /x  =>  read+write-tree /x
        pv -o /x f  =>  write /x
        mbuffer -o /x -i f  =>  write /x
        enscript -o /x f  =>  write /x
        lipo -create a -output /x  =>  write /x
        jp2a --output=/x f  =>  write /x
        zstdcat a -o /x  =>  write /x
        unar -o /x a.zip  =>  write-tree /x
        aunpack -X/x a.zip  =>  write-tree /x
        dpkg-split -j -o /x a  =>  write /x
        7z a -sdel a.7z b  =>  opaque path-write
        tar xf a.tar --one-top-level=/x  =>  write-tree /x
        openssl rehash /x  =>  read+write-tree /x
        openssl smime -verify -in a -signer /x  =>  read+write /x
        openssl cms -verify -in a -certsout /x  =>  write /x
        inkscape a.svg --export-filename=/x  =>  write /x
        exiftool -filename=/x a.jpg  =>  read+write-tree /x
        mpv --stream-record=/x a  =>  read+write-tree /x
        mplayer -dumpfile /x a  =>  read+write-tree /x
        mkvextract a.mkv tracks 0:/x  =>  read+write-tree /x
        convert a info:/x  =>  write /x
        ffmpeg -i a -f tee '[f=mp4]/x'  =>  read+write-tree /x
        docx2txt a /x  =>  write /x
        mysqldump --tab=/x y  =>  write-tree /x
        python3 -m compileall /x  =>  read+write-tree /x
        gcc -Wl,-o,/x a.c  =>  write /x
        gcc -MF/x -MD a.c  =>  write /x
        gcc -aux-info /x a.c  =>  read+write-tree /x
        gcc -fdump-tree-all=/x a.c  =>  read+write-tree /x
        xclip /x  =>  read /x
        dialog --textbox /x 0 0  =>  read-tree /x
        zenity --text-info --filename=/x  =>  read-tree /x
        lolcat /x  =>  read-tree /x
        perldoc -F /x  =>  read-tree /x
        qrencode --read-from=/x  =>  read+write-tree /x
        exiftool '-comment<=/x' a.jpg  =>  read+write-tree /x
        openssl rsa -in a -passin file:/x  =>  read+write-tree /x
        curl -F 'a=@"/x"' http://h/  =>  read /x
        curl -F 'a=b;headers=@/x' http://h/  =>  read /x
        curl -F 'a=@b;filename=c,/x' http://h/  =>  read /x
        python3 -m fileinput /x  =>  read+write-tree /x
        jp2a http://h/x  =>  url http://h/x
        pip install -r http://h/x a  =>  url http://h/x
        mbuffer -O h:1 -i f  =>  opaque host
        dnf search --repofrompath=x,http://h a  =>  opaque host
        docker buildx create ssh://h  =>  url ssh://h
        """#

    static let cases = table.split(whereSeparator: \.isNewline).map(String.init)

    @Test(arguments: cases)
    func `what an option hides is among the actions`(line: String) throws {
        let parts = line.split(separator: "  =>  ").map(String.init)
        #expect(parts.count == 2)
        let actions = does(parts[0])
        #expect(actions.contains { $0 == parts[1] || $0.hasPrefix(parts[1] + " [") }, "\(actions)")
    }

    /// Ordinary uses of the same programs.
    private static let ordinary = [
        "pidstat 1 5", "ss -tulpn", "fuser 8080/tcp", "sar -u 1 3", "lsblk -f", "nvidia-smi -L", "dig example.org",
        "openssl rand -hex 16", "apt-cache policy git", "dpkg-query -W", "brew info jq", "dnf list", "pv a", "xclip a",
        "units 1 2", "convert a.png b.jpg", "exiftool a.jpg", "gcc -O2 -Wl,-rpath,/usr/lib -o a b.c", "tmux ls",
        "gcc -Wall -Wextra -fdebug-prefix-map=/a=/b -c b.c", "go build -ldflags '-s -w'", "cowsay hi", "zcat a.gz",
        "kill 123", "kill -9 123", "kill -1 55", "killall node", "pkill -f 'node server.js'", "pkill -P 55",
        "pkill -f 'n[o]de'", "pkill -f '(vite|webpack)'", "pkill -f '[r]ails server'", "pgrep node", "pgrep -u me",
        "pidof node", "pkill -f 'python3? .*worker[0-9]+'",
        "python3 -m json.tool a", "yq '.system' a.yml", "jq '.load' a.json",
    ]

    @Test(arguments: ordinary)
    func `ordinary uses of them do nothing that is opaque`(line: String) {
        #expect(!does(line).contains { $0.hasPrefix("opaque") }, "\(does(line))")
    }

    @Test(arguments: ["/", "/usr/", "~/", "../"])
    func `an unknown option's argument counts in each way that it can be given`(place: String) {
        for line in ["lshw --new \(place)x", "lshw --new=\(place)x", "lshw -Y\(place)x", "lshw -Y \(place)x"] {
            #expect(does(line).contains { $0.contains("\(place)x") && $0.contains("write") }, "\(line)")
        }
    }

    @Test(arguments: [
        "kill -9 -1", "kill -- -1", "kill -s TERM -1", "kill 1", "pkill writ", "pkill writd", "pkill -9 wri",
        "pkill -f writ", "pkill -f 'bin/writ gateway'", "pkill 'w.*d'", "pkill '^writ$'", "pkill node|writd",
        "pkill -u root", "pkill -v node", "killall writd", "killall -9 writ", "killall -r w.it", "killall -u me",
        "pkill .", "killall5", "skill -u me", "pkill -f 'w.it'", "pkill -f '[w]rit'", "pkill -f 'w[r]it d'",
        "pkill -f 'bin/[^x]rit'", "pkill -f '(w)r+it'", "pkill -f 'x|wr?it{1}'", "pkill -f '[[:alpha:]]rit'",
        "pkill -f '(zz)?w'", #"pkill -f 'w\Writ*'"#, "pkill '[a-z]*'", "pgrep writd", "pgrep -f 'w.it'", "pidof writ",
        "pkill $x", "pkill -f a$x", "killall $x", "pgrep -f $x", "pidof $x",
        "pidof /usr/bin/writd", "pgrep -x 'writ|x'", "pidwait writ",
    ])
    func `signals that can reach Writ, the first process or every process are not understood`(line: String) {
        #expect(does(line).contains("opaque arguments"))
    }

    @Test func `yq's filters read the files that they load`() throws {
        #expect(try JQFilter.actions(of: #"load("/x")"#).map(described) == ["read /x"])
        #expect(try JQFilter.actions(of: #". *= load_str("a.yml")"#).map(described) == ["read a.yml"])
        #expect(try JQFilter.actions(of: "load(.name)").map(described) == ["read $x"])
        #expect(try JQFilter.actions(of: #""\(strload("/x"))""#).map(described) == ["read /x"])
        #expect(throws: NotUnderstood.self) { try JQFilter.actions(of: #"system("id")"#) }
    }
}
