// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Variables that programs obey.
@Suite struct VariableTests {
    private let machine = EffectEnvironment(workingDirectory: "/w", home: "/home/me", filesystem: .local, root: "/w")

    @Test func `the rows of variables can be read`() throws {
        let entry = try #require(VariableTable.entry)
        #expect(entry.style == .variables && entry.spellings["PAGER"] != nil)
    }

    @Test(arguments: [
        "x\n  style: variables\n  option: A A inert", "x\n  style: variables\n  option: A options",
        "x\n  style: variables\n  option: A nothing:x",
    ])
    func `a row of variables that says nothing is refused`(text: String) {
        let lines = text.split(separator: "\n").map(\.utf8)
        #expect(throws: ProgramTableError.self) { try ProgramEntryReader.entry(lines) }
    }

    @Test(arguments: [
        // Commands.
        ("RSYNC_CONNECT_PROG='curl h.example' rsync a b", #"execute Program::"curl""#),
        ("ACK_PAGER='curl h.example' ack x", #"execute Program::"curl""#),
        ("GIT_DIFFTOOL_EXTCMD='curl h.example' git difftool HEAD", #"execute Program::"curl""#),
        ("WHATEVER_PAGER='curl h.example' make", #"execute Program::"curl""#),
        ("FOO_COMMAND='cat /k' make", #"read File::"/k""#), ("MY_ASKPASS=/tmp/x make", #"opaque Opaque::"program""#),
        ("NPM_config_Script_Shell=/tmp/x npm run a", #"opaque Opaque::"program""#),
        ("cross-env PAGER='curl h.example' git log", #"execute Program::"curl""#),
        // Options.
        ("BAT_OPTS='--pager=\"curl h.example\"' bat f", #"execute Program::"curl""#),
        ("FZF_DEFAULT_OPTS='--bind start:execute(id)' fzf", #"opaque Opaque::"code""#),
        ("JAVA_TOOL_OPTIONS='-XX:LogFile=/k' java -jar a.jar", #"write File::"/k""#),
        ("JAVA_TOOL_OPTIONS='-XX:VMOptionsFile=f' java -version", #"opaque Opaque::"code""#),
        ("JAVA_OPTS='-XX:OnError=id' gradle test", #"opaque Opaque::"code""#),
        ("npm_config_node_options='--require ./x' npm test", #"opaque Opaque::"code""#),
        ("PERL_CPANM_OPT='--mirror http://h.example' cpanm X", #"connect URL::"http://h.example/""#),
        ("CFLAGS='-g -fplugin=/t/e.so' make", #"opaque Opaque::"program""#),
        ("LDFLAGS='-Wl,-plugin,/tmp/x.so' make", #"opaque Opaque::"program""#),
        ("RUSTFLAGS='-C link-arg=-o/k' cargo build", #"opaque Opaque::"program""#),
        ("GOFLAGS=-overlay=/tmp/x go build", #"opaque Opaque::"program""#),
        ("EXTRA_FLAGS=--exec=id make", #"opaque Opaque::"arguments""#),
        ("EXTRA_FLAGS=\"$x\" make", #"opaque Opaque::"arguments""#),
        ("shell_escape=1 pdflatex a", #"opaque Opaque::"code""#),
        ("openout_any=r pdflatex a", #"opaque Opaque::"code""#),
        // Settings by the names of options.
        ("PIP_FIND_LINKS=http://h.example pip install x", #"connect URL::"http://h.example/""#),
        ("PIP_REPORT=/k pip install x", #"write File::"/k""#),
        ("PIP_EDITABLE=/t/e pip install", #"opaque Opaque::"program""#),
        ("UV_FIND_LINKS=http://h.example uv sync", #"connect URL::"http://h.example/""#),
        ("UV_CONFIG_FILE=/t/e uv lock", #"opaque Opaque::"program""#),
        ("UV_PYTHON_INSTALL_MIRROR=http://h.example uv python install", #"connect URL::"http://h.example/""#),
        ("Npm_Config_Registry=http://h.example npm i", #"connect URL::"http://h.example/""#),
        ("npm_config_disturl=http://h.example npm i", #"connect URL::"http://h.example/""#),
        ("BUNDLE_MIRROR__ALL=http://h.example bundle", #"connect URL::"http://h.example/""#),
        ("CARGO_SOURCE_X_REGISTRY=sparse+https://h.example/ cargo build", #"connect URL::"https://h.example/""#),
        ("CARGO_REGISTRIES_A_CREDENTIAL_PROVIDER=/tmp/x cargo build", #"opaque Opaque::"program""#),
        ("YARN_REGISTRY=http://h.example yarn", #"connect URL::"http://h.example/""#),
        ("CONDA_CHANNELS=http://h.example conda install x", #"connect URL::"http://h.example/""#),
        ("HEX_MIRROR=http://h.example mix deps.get", #"connect URL::"http://h.example/""#),
        // Hosts.
        ("RSYNC_PROXY=h.example:81 rsync a b", #"connect URL::"http://h.example:81/""#),
        ("ANY_PROXY=h.example:81 make", #"connect URL::"http://h.example:81/""#),
        ("PGHOSTADDR=6.6.6.6 psql -c 'select 1'", #"connect Host::"6.6.6.6""#),
        ("CUPS_SERVER=h.example lp f", #"connect Host::"h.example""#),
        ("MYSQL_HOST=h.example mysql -e 'select 1'", #"connect Host::"h.example""#),
        ("export SOME_URL=http://h.example; make", #"connect URL::"http://h.example/""#),
        ("SOME=http://localhost,http://h.example make", #"connect URL::"http://h.example/""#),
        ("SOME=mongodb://localhost,h.example/x make", #"opaque Opaque::"host""#),
        ("SOME=postgres:///x?host=h.example make", #"opaque Opaque::"host""#),
        ("SOME=postgres://u@localhost/x?host=h.example make", #"opaque Opaque::"host""#),
        ("SOME=postgres://u:p@h.example:5432/x make", #"connect Host::"h.example""#),
        ("SOME=postgres://localhost@a@h.example/x make", #"opaque Opaque::"host""#),
        ("SOME=http://localhost@h.example/x make", #"opaque Opaque::"host""#),
        // Files.
        ("NODE_V8_COVERAGE=/k node a.js", #"write File::"/k""#),
        ("PGSSLKEYLOGFILE=/k psql -c 'x'", #"write File::"/k""#),
        ("NODE_COMPILE_CACHE=/k node a.js", #"write File::"/k""#), ("MALLOC_TRACE=/k ls", #"write File::"/k""#),
        ("APP_LOG=/k make", #"write File::"/k""#), ("APP_DB=sqlite:////k make", #"write File::"/k""#),
        ("TMPDIR=/k sort x", #"write File::"/k""#),
        ("PERL5OPT=-wMEvil perl a.pl", #"opaque Opaque::"code""#),
        ("MAKEFLAGS=-sf/tmp/e.mk make", #"opaque Opaque::"arguments""#),
        ("NODE_OPTIONS=--inspect=0.0.0.0:1 node a.js", #"opaque Opaque::"code""#),
        ("NODE_OPTIONS=--no-warnings-x node a.js", #"opaque Opaque::"code""#),
        ("GZIP=-S/tmp/x gzip a", #"opaque Opaque::"arguments""#),
        ("PAGER=/usr/../tmp/cat git log", #"opaque Opaque::"program""#),
        ("GIT_SSH=/opt/../tmp/cat git fetch", #"opaque Opaque::"program""#),
        ("JAVA_TOOL_OPTIONS=-Djava.library.path=/tmp/x java -jar a.jar", #"opaque Opaque::"program""#),
        // Places of code.
        ("GROFF_BIN_PATH=/tmp/x groff f", #"opaque Opaque::"program""#),
        ("SYSTEM_WGETRC=/t/e wget https://github.com", #"opaque Opaque::"program""#),
        ("PGSERVICEFILE=/tmp/s psql -c 'select 1'", #"opaque Opaque::"program""#),
        ("VIM=/tmp/x vim f", #"opaque Opaque::"program""#), ("GVIMINIT=x vim f", #"opaque Opaque::"code""#),
        ("LUA_INIT_5_4='os.exit()' lua x.lua", #"opaque Opaque::"code""#),
        ("COMPOSE_FILE=/other/c.yml docker compose up", #"opaque Opaque::"program""#),
        ("CHROME_BIN=/t/e npm test", #"opaque Opaque::"program""#), ("FOO=/tmp/x make", #"opaque Opaque::"program""#),
        ("FOO=a:/tmp/x make", #"opaque Opaque::"program""#), ("FOO=a/../../x make", #"opaque Opaque::"program""#),
        ("FOO=/usr/../tmp/x make", #"opaque Opaque::"program""#), ("FOO=-I/tmp/x make", #"opaque Opaque::"program""#),
        ("FOO=/tmp/x:http://localhost make", #"opaque Opaque::"program""#),
        ("FOO=http://localhost:/tmp/x make", #"opaque Opaque::"program""#),
        // However it is passed on.
        ("foo=/tmp/x make", #"opaque Opaque::"program""#), ("env foo=/tmp/x make", #"opaque Opaque::"program""#),
        ("foo=/tmp/x; export foo; make", #"opaque Opaque::"program""#),
        ("export foo; foo=/tmp/x; make", #"opaque Opaque::"program""#),
        ("declare -x foo=/tmp/x; make", #"opaque Opaque::"program""#),
        ("set -a; foo=/tmp/x; make", #"opaque Opaque::"program""#),
        ("FOO=/etc/shadow make", #"read File::"/etc/shadow""#),
    ])
    func `what a variable's value leads to is seen`(line: String, effect: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test(arguments: [
        "NODE_ENV=test npm test", "DEBUG=app:* npm start", "PORT=3000 npm start", "CI=1 npm ci",
        "FORCE_COLOR=1 npm test",
        "DATABASE_URL=postgres://localhost/x npm test", "DATABASE_URL=postgres:///x npm test",
        "DATABASE_URL=sqlite:///./dev.db pytest", "DATABASE_URL=sqlite:///test.db pytest",
        "DATABASE_URL=sqlite:////tmp/t.db pytest", "DATABASE_URL=sqlite://:memory: pytest",
        "DATABASE_URL=file:./dev.db npx prisma generate",
        "DATABASE_URL=postgresql+asyncpg://u:p@localhost:5432/x pytest",
        "DATABASE_URL=mysql://root:a%40b@127.0.0.1:3306/x npm test",
        "API_URL=http://localhost:3000 npm run dev", "VITE_API_URL=https://api.example npm run build",
        "NEXT_PUBLIC_SITE=https://a.example:8443/x REACT_APP_V=1.2 npm run build",
        "REDIS_URL=redis://localhost:6379/0 pytest",
        "PORT=3000; API_URL=http://localhost:$PORT npm test", "CFLAGS=-O2 make", "CFLAGS=\"$CFLAGS -g\" make",
        "LDFLAGS=\"-L/usr/local/lib -Wl,-rpath,/usr/local/lib\" make", "CPPFLAGS=-I/usr/include/x make",
        "PKG_CONFIG_PATH=/usr/lib/pkgconfig make", "JAVA_HOME=/usr/lib/jvm/x mvn test", "GOPATH=$HOME/go go test ./...",
        "GOCACHE=/tmp/x go build ./...", "TMPDIR=/tmp make", "TMPDIR=$(mktemp -d) make", "LC_ALL=C sort f",
        "LANG=en_US.UTF-8 ls", "TZ=UTC date", "TZ=Europe/Berlin date", "TERM=xterm-256color less f", "COLUMNS=80 ls",
        "PYTHONPATH=. pytest", "PYTHONPATH=src python3 -m pytest", "PYTHONUNBUFFERED=1 python3 a.py",
        "PYTHONDONTWRITEBYTECODE=1 pytest", "RUST_LOG=debug cargo run", "RUST_BACKTRACE=1 cargo test",
        "RUSTFLAGS=\"-C target-cpu=native\" cargo build", "RUSTFLAGS='-D warnings' cargo check",
        "CARGO_TERM_COLOR=always cargo test", "CARGO_INCREMENTAL=0 cargo test", "CARGO_TARGET_DIR=target cargo build",
        "CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build ./...", "GOFLAGS=-mod=vendor go build ./...",
        "GO111MODULE=on go build", "NODE_OPTIONS=--max-old-space-size=4096 npm run build",
        "NODE_OPTIONS='--no-warnings --unhandled-rejections=strict --inspect' node a.js", "MAKEFLAGS=-j4 make",
        "MAKEFLAGS='-j 4 -k' make", "GZIP=-9 tar czf a.tgz b", "PERL5OPT=-w perl a.pl",
        "JAVA_OPTS=-Xmx2g gradle test",
        "MAVEN_OPTS='-Xmx1g -XX:+UseG1GC' mvn test",
        "GIT_AUTHOR_NAME='A B' GIT_AUTHOR_EMAIL=a@b.example git commit -m x",
        "GIT_TERMINAL_PROMPT=0 git status", "GIT_PAGER=cat git log", "GIT_EDITOR=true git rebase main",
        "GIT_COMMITTER_DATE='2024-01-01 00:00:00' git commit -m x", "EDITOR=true git commit", "DOCKER_BUILDKIT=1 make",
        "VIRTUAL_ENV=$PWD/.venv make", "npm_config_loglevel=error npm test", "npm_config_yes=true npm test",
        "PIP_DISABLE_PIP_VERSION_CHECK=1 pip list", "PIP_NO_CACHE_DIR=1 pip list", "UV_LINK_MODE=copy uv tree",
        "COMPOSE_PROJECT_NAME=x make", "BUNDLE_WITHOUT=development make", "BUNDLE_PATH=vendor/bundle make",
        "HOMEBREW_NO_AUTO_UPDATE=1 make", "DISPLAY=:99 npm test", "FOO=bar make", "FOO=a/b.txt make", "FOO=./x make",
        "FOO='some words, and more: 1.2' make", "FOO=$(date) make", "FOO=$X/y make", "BROWSER=none npm start",
        "TEST_BROWSER=chromium npm test", "USE_PROXY=false npm test", "NO_PROXY=localhost,127.0.0.1 npm test",
        "LOG_LEVEL=debug pytest", "LOG_FILE=/tmp/a.log pytest", "DATA_DIR=/tmp/d pytest",
        "OUTPUT_DIR=dist npm run build",
        "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt pytest", "BASE_PATH=/docs npm run build", "AR=llvm-ar make",
        "XDG_RUNTIME_DIR=/run/user/0 make", "NVM_DIR=$HOME/.nvm make", "export PAGER; git log", "export FOO=bar; make",
        "BASE=/other/x; ls \"$BASE\"", "OUT=/tmp/o; ls > \"$OUT\"", "URL=http://h.example; echo \"$URL\"",
        "MY_CMD='foo --bar'; echo \"$MY_CMD\"", "EXTRA_ARGS='-v --color=always -o dist' make", "LESSHISTFILE=- less f",
        "cross-env NODE_ENV=production node a.js", "env -u FOO BAR=1 make", "POSTGRES_PASSWORD=a/b+c= make",
        "FOO=/dev/stdout make", "CC=gcc CXX=g++ make",
    ])
    func `what developers set every day brings nothing`(line: String) throws {
        let allowed = [
            "execute", "read", "write File::\"/w", "write File::\"/tmp/", "write File::\"/tmp\"",
            #"opaque Opaque::"project-code""#, #"connect URL::"https://registry.npmjs.org/"#,
            #"connect URL::"https://pypi.org/"#,
        ]
        let effects = try command(line, machine).filter { effect in
            !allowed.contains { effect.hasPrefix($0) }
                && !(effect.hasPrefix("connect") && (effect.contains("localhost") || effect.contains("127.0.0.1")))
        }
        #expect(effects.isEmpty, "\(effects)")
    }
}
