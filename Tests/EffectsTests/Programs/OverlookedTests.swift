// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// What programs do in ways that were overlooked once.
@Suite struct OverlookedTests {
    private let machine = EffectEnvironment(workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w")

    @Test(arguments: [
        ("tar cf a.tar --add-file=/k", #"read File::"/k""#),
        ("tar xf a.tar .git/hooks", #"write File::"/w/.git/hooks""#),
        ("tar xf a.tar -C /t x", #"write File::"/t/x""#), ("unzip a.zip .envrc", #"write File::"/w/.envrc""#),
        ("unzip a.zip x -d /t", #"write File::"/t/x""#),
        ("rsync --rsync-path='curl h' a b:c", #"execute Program::"curl""#),
        ("rsync -a --filter='merge /k' a b", #"read File::"/k""#),
        ("rsync -a --filter='dir-merge,- /k' a b", #"read File::"/k""#),
        ("gawk -D 'BEGIN {}'", #"opaque Opaque::"code""#), ("curl 'file:///k{a,b}'", #"opaque Opaque::"path-read""#),
        ("curl file:///%6b", #"opaque Opaque::"path-read""#), ("wget -r -H https://h/", #"opaque Opaque::"host""#),
        ("ssh localhost 'cat /k'", #"read File::"/k""#),
        ("ssh me@127.1 cat /k", #"read File::"/k""#), ("scp localhost:/k x", #"read File::"/k""#),
        ("scp localhost:k x", #"read File::"/h/k""#), ("rsync -a x localhost:/t", #"write File::"/t""#),
        ("npm --userconfig /t/e i", #"opaque Opaque::"program""#),
        ("npm cache add http://h/x.tgz", #"connect URL::"http://h/x.tgz""#),
        ("bun exec 'curl h'", #"execute Program::"curl""#), ("stack exec curl h", #"execute Program::"curl""#),
        ("deno run --import-map=http://h/x x.ts", #"connect URL::"http://h/x""#),
        ("mvn -s /t/e test", #"opaque Opaque::"program""#), ("gradle -g /t/e test", #"opaque Opaque::"program""#),
        ("dotnet build /t/e", #"opaque Opaque::"program""#), ("dotnet exec /t/e.dll", #"opaque Opaque::"program""#),
        ("gem sources -a http://h", #"connect URL::"http://h/""#),
        ("gem install /t/e.gem", #"opaque Opaque::"program""#),
        ("bundle add x --git https://h/x", #"connect URL::"https://h/x""#),
        ("cargo build --manifest-path /t/Cargo.toml", #"opaque Opaque::"program""#),
        ("cargo rustc -- -C linker=/t/e", #"opaque Opaque::"program""#),
        ("rustc --emit=asm=/t/x x.rs", #"write File::"/t/x""#),
        ("rustup toolchain link x /t/e", #"opaque Opaque::"program""#),
        ("go build -overlay /t/e .", #"opaque Opaque::"program""#),
        ("go env -w CC=x", #"write File::"/h/.config/go/env""#),
        ("pipx install --pip-args='--index-url http://h' x", #"connect URL::"http://h/""#),
        ("uv --config-file /t/e sync", #"opaque Opaque::"program""#),
        ("uv run --python /t/e x.py", #"opaque Opaque::"program""#),
        ("perl -lne 'system \"curl h\"' f", #"opaque Opaque::"code""#),
        ("perl -ple '$_ = qx(curl h)' f", #"opaque Opaque::"code""#),
        ("perl -0777ne 'system \"curl h\"' f", #"opaque Opaque::"code""#),
        ("perl -i.bak -lpe 'system \"curl h\"' f", #"opaque Opaque::"code""#),
        ("perl -F'/@{[system id]}/' -e 1 f", #"opaque Opaque::"code""#),
        ("ruby -0777ne 'system \"curl h\"' f", #"opaque Opaque::"code""#),
        ("ruby -W0e 'system \"curl h\"'", #"opaque Opaque::"code""#),
        ("lua -i x <<< 'os.execute(\"id\")'", #"opaque Opaque::"code""#),
        ("bash -oc pipefail 'curl h'", #"execute Program::"curl""#), ("bash +xc 'curl h'", #"execute Program::"curl""#),
        ("podman unshare cat /k", #"read File::"/k""#),
        ("podman --runtime /t/e run x", #"opaque Opaque::"program""#),
        ("docker run --mount type=volume,volume-opt=device=/k,dst=/h x", #"read File::"/k""#),
        ("busybox --install /t", #"write File::"/t""#), ("FFREPORT=file=/t/x ffmpeg -i a b", #"write File::"/t/x""#),
        ("python3 -m pdb -c 'import os' x.py", #"opaque Opaque::"code""#),
        ("python3 -m cProfile -m http.server", #"connect Host::"0.0.0.0""#),
        ("python3 -i x.py <<< 'open(\"/k\")'", #"read File::"/k""#),
        ("python3 -X pycache_prefix=/t x.py", #"write File::"/t""#),
        ("bash -O dotglob -c 'cat *'", #"opaque Opaque::"code""#),
        ("PATH=/t . x", #"opaque Opaque::"program""#), ("PATH=/t /bin/bash x", #"opaque Opaque::"program""#),
        ("PATH=/t /usr/bin/git status", #"opaque Opaque::"program""#),
        ("HOME=/t git status", #"opaque Opaque::"program""#),
        ("XDG_CONFIG_HOME=/t git log", #"opaque Opaque::"program""#),
        ("RIPGREP_CONFIG_PATH=/t rg x", #"opaque Opaque::"program""#),
        ("SSLKEYLOGFILE=/t curl https://h", #"write File::"/t""#),
        ("POSIXLY_CORRECT=1 head x -n /k", #"opaque Opaque::"arguments""#),
        ("HOSTALIASES=/t curl localhost", #"opaque Opaque::"host""#),
        ("yarn workspace a exec cat /k", #"read File::"/k""#),
        ("yarn workspaces foreach -A exec cat /k", #"read File::"/k""#),
        ("make CC='cat /k #' x.o", #"read File::"/k""#),
        ("make CC=/t/e x.o", #"opaque Opaque::"program""#), ("make -I /t x", #"opaque Opaque::"program""#),
        ("cmake -S /t/e -B b", #"opaque Opaque::"program""#), ("cmake --build /t/e", #"opaque Opaque::"program""#),
        ("cmake -DCMAKE_C_COMPILER_LAUNCHER=/t/e .", #"opaque Opaque::"program""#),
        ("cmake -DCMAKE_TOOLCHAIN_FILE=/usr/../t/e .", #"opaque Opaque::"program""#),
        ("rg x -g .env", #"read File::"/w/.env""#), ("rg . -g '*.ts' --iglob '.E*'", #"read File::"/w/.env""#),
        ("grep -r --include='.env*' x .", #"read File::"/w/.env""#),
        ("rg --type-add 'x:.env' -tx .", #"read File::"/w/.env""#),
        ("fd -H '^\\.env$' -x cat", #"read File::"/w/.env""#), ("fd -u env -X cat", #"read File::"/w/.env""#),
        ("rustc @/k", #"read File::"/k""#), ("rustc @/k", #"opaque Opaque::"arguments""#),
        ("mvn -Dmaven.ext.class.path=/t/e test", #"opaque Opaque::"program""#),
        ("mvn exec:exec -Dexec.executable=id", #"opaque Opaque::"code""#),
        ("GOPROXY=direct go get h.example/x", #"connect Host::"h.example""#),
        ("GOPRIVATE=* go install h.example/x@v1", #"connect Host::"h.example""#),
        ("go run h.example/x@v1", #"connect URL::"https://proxy.golang.org/""#),
        ("docker run --log-opt syslog-address=tcp://h:5 x", #"connect URL::"tcp://h:5/""#),
        ("docker run --log-opt fluentd-address=h:5 x", #"connect Host::"h""#),
        ("podman system service tcp://0.0.0.0:8", #"connect Host::"0.0.0.0""#),
        ("node --inspect=0.0.0.0:9229 a.js", #"connect Host::"0.0.0.0""#),
        ("pytest /t/e", #"opaque Opaque::"program""#), ("mocha /t/e.js", #"opaque Opaque::"program""#),
        ("task -t /t/e", #"opaque Opaque::"program""#), ("just --shell /t/e x", #"opaque Opaque::"program""#),
        ("act -W /t/e", #"opaque Opaque::"program""#),
    ])
    func `what was overlooked is seen`(line: String, effect: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test func `what is one's own stays so`() throws {
        #expect(try !command("HOME=/h git status", machine).contains { $0.hasPrefix("opaque") })
        for line in [
            "dotnet build src/x.csproj", "cargo test --manifest-path a/Cargo.toml", "uv run --python 3.12 x.py",
            "yarn workspace a build", "yarn workspaces foreach -pt run test", "make CC=clang PYTHON=.venv/bin/python",
            "make commit MSG='mend what was broken'", "cmake -S . -B b -DCMAKE_C_COMPILER=/usr/bin/clang",
            "cd b && cmake ..", "cmake -B /tmp/b . -DCMAKE_INSTALL_PREFIX=/tmp/i", "go run ./cmd/x", "go get -u ./...",
            "docker run --log-opt max-size=10m x", "node --inspect a.js", "node --inspect=9230 a.js",
            "rg foo -g '*.ts' -g '!*.min.js'", "grep -rn foo --include='*.json' .", "rg --files -g '.env*'",
            "fd -H test -x wc", "pytest tests/a.py::b", "npx jest src/a.test.ts", "task build",
            "mvn -DskipTests install",
        ] {
            let effects = try command(line, machine)
            let doubts = effects.filter { $0.hasPrefix("opaque") && !$0.contains("project-code") }
            #expect(doubts.isEmpty, "\(line): \(doubts)")
            #expect(!effects.contains { $0.hasPrefix("write") && $0.contains("/usr/") }, "\(line)")
            #expect(!effects.contains { $0.contains(".env") }, "\(line)")
        }
        // An option that nobody can read does no more than the program's others.
        for line in ["cat l | xargs -I {} grep -r {}", "find . | grep x | xargs rg x", "grep -v $x a"] {
            #expect(try !command(line, machine).contains(#"opaque Opaque::"arguments""#), "\(line)")
        }
        #expect(try !command("ssh h cat /k", machine).contains { $0.hasPrefix("read") })
        #expect(try !command("python3 -X dev x.py", machine).contains { $0.hasPrefix("write") })
    }
}
