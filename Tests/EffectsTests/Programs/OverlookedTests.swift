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
    ])
    func `what was overlooked is seen`(line: String, effect: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test func `what is one's own stays so`() throws {
        #expect(try !command("HOME=/h git status", machine).contains { $0.hasPrefix("opaque") })
        for line in [
            "dotnet build src/x.csproj", "cargo test --manifest-path a/Cargo.toml", "uv run --python 3.12 x.py",
        ] {
            #expect(try !command(line, machine).contains(#"opaque Opaque::"program""#), "\(line)")
        }
        #expect(try !command("ssh h cat /k", machine).contains { $0.hasPrefix("read") })
        #expect(try !command("python3 -X dev x.py", machine).contains { $0.hasPrefix("write") })
    }
}
