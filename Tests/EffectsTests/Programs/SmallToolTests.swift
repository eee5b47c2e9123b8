// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Small tools: what they are known for does no harm, and what hides in their options is said. A line of a table is a
/// command and, behind the arrow, what must be among its actions.
@Suite struct SmallToolTests {
    private static let hidden = #"""
        sd a b f  =>  read+write f
        sd a b /x f  =>  read+write /x
        fastmod a b --dir /x  =>  read+write-tree /x
        mkcert -install  =>  opaque arguments
        mkcert -key-file /x h  =>  write /x
        asciinema rec -c id f  =>  shell id
        asciinema rec f  =>  opaque code
        asciinema upload f  =>  opaque arguments
        csvsql --db x --insert f  =>  opaque host
        bats /x.bats  =>  code-file /x.bats
        caddy reverse-proxy --to x  =>  project
        tsd --typings /x  =>  read+write-tree /x
        jsdoc -c /x.json  =>  code-file /x.json
        watchify -p /x a.js  =>  code-file /x
        concurrently 'npm:a; id'  =>  shell npm:a; id
        virtualenv --python ./x v  =>  code-file ./x
        virtualenv --python $x v  =>  opaque program
        dotnet msbuild /logger:A,/x.dll  =>  read+write-tree /logger:A,/x.dll
        gitleaks detect --report-path /x  =>  write /x
        syft x/y  =>  opaque host
        syft y:latest  =>  opaque host
        trivy fs --server http://x/ .  =>  url http://x/
        trivy image x  =>  opaque host
        kustomize build --enable-exec .  =>  opaque code
        kustomize build --helm-command ./x .  =>  run ./x
        helm install a ./b  =>  opaque host
        helm package -u .  =>  opaque host
        terraform-docs --output-file /x .  =>  write /x
        tflint --init  =>  url https://github.com
        unsquashfs -d /x f  =>  write-tree /x
        mksquashfs /x f  =>  opaque arguments
        genisoimage -o /y x  =>  write /y
        buf generate  =>  opaque host
        ts-node -e 'x()'  =>  node x()
        bat cache --build --source /x  =>  read-tree /x
        git force-clone -b main http://x/ d  =>  url http://x/
        python3 -m http.server  =>  host 0.0.0.0
        python3 -m http.server -b h  =>  host h
        go build -ldflags -X=$x  =>  opaque program
        git config core.hooksPath /x  =>  code-file /x
        git config --global user.name x  =>  write ~/.gitconfig
        git config user.name x y  =>  write .git/config
        git config core.pager id  =>  write .git/config
        """#

    @Test(arguments: table(hidden))
    func `what hides in an option is said`(row: Row) {
        let actions = does(row.line)
        #expect(actions.contains(row.action), "\(actions)")
    }

    @Test(arguments: [
        "grex a b", "pngtopnm", "xprop -root", "lolcat f", "zopfli f", "csvsql --query 'select 1' f.csv", "trash-list",
        "virtualenv -p python3.12 v", "git config user.email a@b.c", "git config core.ignorecase false",
        "git config --unset user.name", "dotnet --info", "xmllint --xpath //a f.xml", "bat cache --build",
    ])
    func `what is harmless is not called anything else`(line: String) {
        let actions = does(line)
        for action in actions {
            #expect(!action.hasPrefix("opaque") && !action.hasPrefix("unknown") && !action.contains("/"), "\(actions)")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var line: String
        var action: String
        var testDescription: String { line }
    }

    private static func table(_ text: String) -> [Row] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "  =>  ", maxSplits: 1)
            return parts.count == 2
                ? Row(line: parts[0].trimmingPrefix { $0 == " " }.description, action: String(parts[1])) : nil
        }
    }
}
