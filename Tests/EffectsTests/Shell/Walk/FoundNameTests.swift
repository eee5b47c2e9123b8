// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Names that a search found, on their way through filters, into other names and into texts that a shell reads.
@Suite struct FoundNameTests {
    private let machine = EffectEnvironment(
        workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w", resolve: { [$0] })

    private static let inProject: Set<String> = [
        #"read File::"/w""#, #"write File::"/w""#, #"delete File::"/w""#, #"opaque Opaque::"project-code""#,
    ]

    @Test(arguments: [
        "find src -type d | sed 's/^src/dist/' | xargs mkdir -p",
        "find src -type d | sed -e 's|^src|out/a|' | xargs -I{} mkdir {}",
        #"find . -name '*.htm' | sed 's/$/.bak/' | xargs touch"#,
        #"find . -name '*.htm' | sed 's/\.htm$/.html/' | xargs touch"#,
        #"find . -type f | sed 's/.*/"&"/' | xargs -I{} cp {} keep/"#,
        #"find . -type f | sed 's/ /_/g' | xargs touch"#, #"find . -type f | sed 's/ /\\ /g' | xargs touch"#,
        #"find . -type f | sed "s/'/\\\'/g" | sed 's/.*/"&"/' | xargs -I{} cp {} keep/"#,
        "find src | sed 's/old/new/; s/x/y/g' | xargs rm -r",
        "find src -name '*.c' -print0 | xargs -0 -J % cp % keep",
        #"find . -name '*.jpeg' | while read -r f; do mv "$f" "${f%.jpeg}.jpg"; done"#,
        #"find . -name '*.jpeg' -print0 | while IFS= read -r -d '' f; do mv "$f" "${f%.*}.jpg"; done"#,
        #"for f in *.md; do touch "${f%.md}.html"; done"#,
        #"find . -name '*.csv' | while read f; do touch "out/$(basename "$f")"; done"#,
        #"find . -name '*.csv' | xargs -I{} sh -c 'head -1 "{}" > out/$(basename "{}")'"#,
        "git ls-files '*.py' | xargs sed -i s/a/b/", "git diff --name-only main | grep ts | xargs touch",
        "find . -name '*.svg' | parallel -j4 touch", "parallel -j4 touch ::: a b c", "rename 's/ /_/g' a*",
        "rename 's/(.)$/x_$1/' a*", "rename y/A-Z/a-z/ a*", "seq 1 9 | xargs -I{} sh -c 'touch out-{}'",
        "find bin -type f | xargs -I{} {} --version",
        #"node -e "for (const f of ['a','b']) require('fs').copyFileSync(f, 'dist/' + f)""#,
        #"node -e "const fs=require('fs'); for (const f of fs.readdirSync('.').filter(n=>n)) fs.unlinkSync('dist/'+f)""#,
        "tar czf b-$(date +%Y%m%d).tgz src", #"sed -i "s/VERSION/$(date +%Y-%m-%d)/g" a"#, "du -sh .[^.]* *",
        "find . type -f -amin -2", "command -1 a; touch b",
        "find . -name '*.bak' -execdir rm -- '{}' ';'", "find src -type f -execdir chmod 644 {} +",
        "find . -name test -type d -execdir mv {} tests ';'", "find . -name '*.tar' -execdir tar -xf {} ';'",
        "find . -name '*.orig' -okdir rm {} ';'", "find . -execdir touch a b/c ';'",
        "find . -name '*.md' -execdir sh -c 'echo x > notes/a' ';'",
        #"find . | while read f; do mv "$f" "$(echo "$f" | tr A-Z a-z)"; done"#,
        #"for f in *; do mv "$f" "$(echo "$f" | tr ' ' '_')"; done"#,
        "find src | tr '[:upper:]' '[:lower:]' | xargs touch",
        #"for f in *; do mv "$f" "${f// /_}"; done"#, #"for f in *; do mv "$f" "${f,,}"; done"#,
        #"for f in *; do mv "$f" "${f/%.c/.o}"; done"#, "seq -f 'a%03g.txt' 1 9 | xargs touch",
        #"touch "a-$(git rev-parse --short HEAD).txt""#,
        #"sed -i "$(wc -l < a)d" b"#,
    ])
    func `what is made of names in the project stays in the project`(line: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains { $0.contains(#"::"/w"#) }, "\(effects)")
        for effect in effects where !effect.hasPrefix("execute") {
            #expect(Self.inProject.contains(effect) || effect.contains(#"::"/w/"#), "\(effect)")
        }
    }

    @Test(arguments: [
        "find src -type d | sed 's|^src|../../etc|' | xargs mkdir -p", "find src | sed 's/src//' | xargs rm -r",
        "find . -name a | sed 's|^.|/etc|' | xargs rm -rf", "find . -type f | sed 's/x//g' | xargs rm",
        "find . -type f | sed 's/x/./g' | xargs rm", #"find . -type f | sed 's/x/\/y/' | xargs rm"#,
        #"find . -type f | sed 's/\(.*\)x\(.*\)/\2\1/' | xargs rm"#, "find . -type f | sed 's/[^x]//g' | xargs rm",
        "find . -type f | sed -E 's/a|b/c/' | xargs rm", "find . | sed 's/$/./' | xargs rm -r",
        #"find . -name '*.c' | while read f; do rm "${f%.c}"; done"#,
        #"find . -name '*.c' | while read f; do rm "${f%.c}/x"; done"#,
        #"find . -name '*.c' | while read f; do mv "$f" "${f#./}x"; done"#,
        #"find /tmp/x | xargs -I{} sh -c 'cat {}'"#, #"find /tmp/x | xargs -I{} sh -c 'cat x{}'"#,
        #"find . | sed 's/$/;id/' | sh"#, "find /tmp/x -type f | xargs -I{} {}", "ls | xargs -I{} {}",
        "ls -a | xargs rm -r", "git -C /etc ls-files | xargs rm", "git diff --no-index --name-only a b | xargs rm",
        "git diff --name-only /etc/a /etc/b | xargs rm", "find . | rush 'rm {}'", "find /tmp/x | parallel 'rm {} {}.y'",
        "find . | parallel 'rm {= unlink =}'", "find . | parallel 'rm \"{}\"'", "find . | parallel 'rm {.}'",
        "rename 's|^|/etc/cron.d/|' x", #"rename 's/a/..\/..\//g' a*"#, "rename 's/.*/`id`/e' a*",
        #"rename 's/a/@{[unlink "x"]}/' a*"#,
        #"node -e "for (const f of ['../../etc/x']) require('fs').unlinkSync(f)""#,
        #"node -e "const fs=require('fs'); for (const f of ['a']) g(f); [x].map(f => fs.unlinkSync(f))""#,
        #"sed -i "s5x$(date +%s)5w /etc/x5" a"#, "PATH=/tmp/x:$PATH; $(which ls)",
        #"which() { echo /tmp/x; }; $(which ls)"#,
    ])
    func `what could lead out of the project, or run, is said`(line: String) throws {
        let effects = try command(line, machine)
        let isSaid = effects.contains { effect in
            effect.hasPrefix("opaque") && !effect.contains("project-code") && !effect.contains("path-read")
                || effect.hasPrefix("write") && !effect.contains(#"::"/w"#)
                || effect.hasPrefix("delete") && !effect.contains(#"::"/w"#)
        }
        #expect(isSaid, "\(effects)")
    }

    @Test(arguments: [
        "find . -execdir rm ../x \\;", "find . -execdir rm /etc/x \\;", "find ~ -execdir rm {} +",
        "find .. -execdir touch {} \\;", "find /etc -execdir touch x \\;", "find ../a -execdir rm x \\;",
        "find ~/.ssh/id_rsa -execdir rm config \\;", "find . -execdir sh -c 'cd ..; rm a' \\;",
        "find . -execdir sh -c 'cd /etc && rm a' \\;", "find . -execdir ./x \\;", "find . -execdir {} \\;",
        "find . -execdir sh x \\;", "find /tmp/x -execdir make \\;", #"find "$d" -execdir rm {} \;"#,
        "find . -maxdepth 0 -execdir rm -rf .. \\;", "find */a -execdir rm {} \\;",
        #"find . | while read f; do rm "$(echo "$f" | tr a /)"; done"#,
        // `./da/etc/x` becomes two words, of which the second is another file.
        "find . | tr a ' ' | xargs rm", #"find . | tr a '"' | xargs rm"#, "find . | sed 's/a/ /g' | xargs rm",
        "for f in *; do rm ${f//a/ }; done", "for f in *; do rm ${f//a/*}; done", "find . | sed 's/x/ y/' | xargs rm",
        #"find . | while read f; do rm "$(echo "$f" | tr b .)"; done"#,
        #"find . | while read f; do rm "$(echo "$f" | tr -d x)"; done"#,
        #"find . | while read f; do rm "$(echo "$f" | tr '+-z' /)"; done"#,
        #"find . | while read f; do rm "$(echo "$f" | tr a '\057')"; done"#,
        #"find . | while read f; do rm "${f//a//}"; done"#, #"find . | while read f; do rm "${f//x}"; done"#,
        #"find . | while read f; do rm "${f//x/.}"; done"#, #"find . | while read f; do rm "${f/[a-z]/..}"; done"#,
        #"find . | while read f; do rm "${f/#./../..}"; done"#,
        #"find . | while read f; do mv "$f" "/etc/${f,,}"; done"#,
        #"rm "${u##*/}""#, #"touch "/etc/cron.d/${u##*/}""#, #"rm "/${u##*/}""#, #"rm -r "/tmp/../h/${u##*/}""#,
        #"rm "a/${u##*/}/../../x""#, #"rm -r "a/b/${u##*/}/${v##*/}""#, #"rm a/${u##*/}"#, #""${u##*/}""#,
        #"sh -c "${u##*/}""#, #"echo "a/${u##*/}" | xargs rm"#, #"ln -s /etc k; rm "k/${u##*/}""#,
        #"rm "$(basename "$u")""#, #"awk "${u##*/}" a"#, #"sed "s/a/${u##*/}/" a"#,
        #"sort a | xargs printf '/etc/x%d\n' | xargs rm"#, #"sort a | xargs printf '%s\n' | xargs rm"#,
        #"sort a | xargs printf '%d/../../%d\n' | xargs rm"#, #"sort a | xargs printf '%d %s\n' | xargs rm"#,
        #"sort a | xargs printf '/etc/x %d\n' | xargs rm"#, #"sort a | xargs printf '%*d\n' | xargs rm"#,
        "seq -f '/etc/%g' 1 3 | xargs rm", "seq -f '%g/../../x' 1 3 | xargs rm", "seq -f 'a /etc/x%g' 1 | xargs rm",
        "find . | sed 's/^/\\/etc\\/x /' | xargs rm", #"find . | sed "s/^/'\/etc\/x' /" | xargs rm"#,
        #"sed "$(wc -l < a)w /etc/x" b"#, #"sed "$(wc -l < a)e id" b"#,
    ])
    func `what is opened for names is not opened for what leads out`(line: String) throws {
        try `what could lead out of the project, or run, is said`(line: line)
    }

    @Test(arguments: [
        ("find .git -execdir sed -i s/a/b/ config ';'", [#"write File::"/w/.git/config""#]),
        (#"touch "out/${u##*/}.md""#, [#"write File::"/w/out""#]),
        (#"cp a "out/x-${u##*/}""#, [#"write File::"/w/out""#]),
        (#"rm "out/${u##*/}""#, [#"delete File::"/w""#, #"delete File::"/w/out""#]),
        ("find src -execdir rm {} ';'", [#"delete File::"/w/src""#]),
        ("find src -execdir rm x ';'", [#"delete File::"/w/src/**/x""#, #"delete File::"/w/x""#]),
        ("find /tmp/a -execdir cat b ';'", [#"read File::"/tmp/a""#, #"read File::"/tmp/b""#]),
    ])
    func `a name that is not known lies where the path leads to`(line: String, expected: [String]) throws {
        let effects = try command(line, machine)
        for effect in expected { #expect(effects.contains(effect), "\(effects)") }
        #expect(!effects.contains { $0.hasPrefix("opaque") }, "\(effects)")
    }

    @Test(arguments: [
        ("cat $(which python3)", #"read File::"/usr/bin/python3""#), ("$(command -v id) -u", #"execute Program::"id""#),
        ("ldd $(which ls)", #"read File::"/usr/bin/ls""#), ("cp .[^.]* /tmp/x", #"read File::"/w/.env""#),
        ("cat .[^.]*", #"read File::"/w/.env""#), ("ls ~/.s*/", #"read File::"/h/.ssh""#),
        ("find . -maxdepth 0 | sed 's/.*/\\/etc\\/shadow/' | xargs cat", #"read File::"/etc/shadow""#),
        ("find ~ | sed 's/$/x/' | xargs cat", #"read File::"/h/.ssh/id_rsa""#),
    ])
    func `what names come to is an effect`(line: String, effect: String) throws {
        let unlisted = EffectEnvironment(workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w")
        let effects = try command(line, unlisted)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test func `names of secrets in the project may be shown`() throws {
        let effects = try command("ls -d .*; du -a .[^.]*", machine)
        #expect(!effects.contains { $0.contains(".env") || $0.contains(".ssh") }, "\(effects)")
    }
}
