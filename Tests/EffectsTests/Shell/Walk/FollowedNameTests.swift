// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Parts of names, combined lines, and places that programs tell: followed as far as they lead nowhere else.
@Suite struct FollowedNameTests {
    private let machine = EffectEnvironment(
        workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w",
        resolve: { $0 == "/w/ld" || $0.hasPrefix("/w/ld/") ? [UTF8String("/etc\($0.string.dropFirst(5))")] : [$0] })

    private static let inProject: Set<String> = [
        #"read File::"/w""#, #"write File::"/w""#, #"delete File::"/w""#, #"opaque Opaque::"project-code""#,
    ]

    @Test(arguments: [
        #"find src -name '*.dot' -print0 | xargs -0 -I{} sh -c 'dot "{}" > "$(dirname "{}")/$(basename "{}" .dot).svg"'"#,
        #"find notes/*/in.txt | xargs -I {} sh -c 'f="{}"; wc "${f%.txt}.csv" > out/$(basename -- $(dirname -- "$f"))/n'"#,
        #"find src -name '*.c' -exec sh -c 'touch "obj/$(basename "${1%.c}").o"' _ {} \;"#,
        #"find src -name '*.txt' -exec sh -c 'mkdir -p "out/$(dirname "${1#src/}")"' _ {} \;"#,
        #"find src -name '*.txt' -exec sh -c 'd=out/${1#src/}; touch "${d%.txt}.htm"' _ {} \;"#,
        #"find src -name '*.tmp' -exec sh -c 'for f; do mv "$f" "${f%.tmp}"; done' sh {} +"#,
        #"find my.src -name '*.c' -exec sh -c 'touch "${1%.*}.o"' _ {} \;"#,
        #"for f in *.htm; do mv "$f" "${f/htm/html}"; done"#, #"for f in src/*.c; do touch "${f%/*}/done"; done"#,
        "find src -name '*.h' | xargs -n1 dirname | sort -u | xargs -I{} mkdir -p gen/{}",
        "find src -name '*.h' -exec dirname {} ';' | sort -u | xargs rm -r",
        #"find src | while read f; do touch "out/$(basename -- "$f")"; done"#,
        #"join <(seq 1 4) <(seq 2 5) | xargs -n3 printf '%03d/%x\n' | xargs mkdir -p"#,
        "seq 9 | shuf | head -n 2 | xargs -I{} mkdir -p part-{}", "seq -w 9 | tac | xargs -I N touch N.txt",
        "printf '%s\\n' red green | sort -r | xargs -I{} touch {}.png",
        "printf '%s\\n' red green blue | sort | xargs -I{} touch {}.png", "shuf -i 1-9 -n 2 | xargs -I{} touch p{}",
        "paste <(seq 3) <(seq 4 6) | while read a b; do touch x$a-$b; done",
        "comm -23 <(git ls-files) <(find . -name '*.md') | xargs touch", "seq 3 | column | xargs touch",
        "parallel 'cp {} {.}.bak' ::: *.htm", "ls *.htm | parallel touch {.}.md",
        "parallel -j2 touch {/.}-{#} ::: a/*.c",
        "find src -name '*.c' | parallel 'wc {} > {.}.n'", "find . | parallel 'rm {}'",
        #"find . -name '*.c' | while read f; do rm "${f#./}x"; done"#,
        #"for d in d*/; do (cd "$d" && touch x); done"#,
        #"cp a "$(readlink -f d)/b" || true"#,
        "kill $(pgrep -f x-y); touch a",
    ])
    func `what is followed stays in the project`(line: String) throws {
        let effects = try command(line, machine)
        for effect in effects where !effect.hasPrefix("execute") && !effect.hasPrefix("read") {
            #expect(
                Self.inProject.contains(effect) || effect.contains(#"::"/w/"#) || line.contains("readlink"), "\(effect)"
            )
        }
    }

    @Test(arguments: [
        // `..` and the root are directories that are searched, and have last components.
        #"find .. -maxdepth 0 | while read f; do rm -r "a/$(basename "$f")/$(basename "$f")/x"; done"#,
        #"find / -maxdepth 0 | while read f; do rm -r "$(basename "$f")"; done"#,
        // What stands behind the name of the directory itself makes another beside it.
        #"find /w -maxdepth 0 | while read f; do rm "${f}2/x"; done"#,
        #"find . | while read f; do touch "$f./x"; done"#, #"find ../a | while read f; do rm "$f.bak"; done"#,
        #"find . | while read f; do rm -r "${f%x}"; done"#, #"find src | while read f; do rm "${f#src}"; done"#,
        #"find .. | while read f; do rm -r "${f%/*}/x"; done"#, "find ../a | xargs -n1 dirname | xargs rm -r",
        #"find . | while read f; do cp a "${f#./}"; done"#, #"for f in */x; do cp a $(dirname -- "$f")/b; done"#,
        #"for f in .*; do rm -r "a/$(basename "$f")/../x"; done"#, #"for f in *; do rm "${f#a}"; done"#,
        // Lines that are more than words, or words that are more than names.
        "paste <(echo .env) <(seq 3) | xargs touch", "join <(echo git) <(echo git) | xargs -I{} rm .{}/x",
        "printf '%s\\n' .. x | sort | xargs -I{} rm -r {}", "printf '%s\\n' -rf /etc | sort | xargs rm",
        "paste -d/ <(seq 3) <(seq 3) | xargs rm -r", "paste <(sort a) <(seq 3) | xargs rm",
        "seq 3 | nl -s ' /etc/x' | xargs rm",
        "join -o 1.1 -e /etc <(seq 3) <(seq 3) | xargs rm", "sort -t / a <(seq 3) | xargs rm",
        "printf 'id\\nx\\n' | shuf | sh", "seq 4 | xargs -n2 printf '%s/%s\\n' | xargs rm -r",
        "seq 4 | xargs -n2 printf '%d/../../%d\\n' | xargs rm -r", "seq 3 | xargs -I{} echo cd .. | sh",
        "find . -exec echo 'cd ..; rm {}' ';' | sh", "find . | xargs basename | xargs rm -r",
        "rm -r $(pgrep x)/../../h", #"rm -r "/h/$(pgrep x)""#, #"rm -r "$(git rev-parse --show-toplevel)/x""#,
        #"GIT_DIR=/etc/x; cd "$(git rev-parse --show-toplevel)" && rm x"#,
        // Folders whose names nobody knows.
        #"for d in */; do (cd "$d" && rm -r ../../x); done"#, #"for d in *; do cd "$d"; rm x; done"#,
        #"for d in */; do cd "$d"; ../x; done"#, #"for d in l*/; do (cd "$d"; rm x); done"#,
        #"ln -s /h "out-$$/l"; rm out-$$/l/x"#, #"for d in */; do (cd "$d"; ln -s /h l; rm l/x); done"#,
        #"find d -execdir sh -c 'ln -s ../../h l; rm l/x' \;"#,
        #"find src -type d | while read d; do (cd "$d"; rm x); done"#,
        #"for d in .g*/; do (cd "$d"; touch config); done"#, "CDPATH=/etc; cd d*/; rm x",
        #"rm -r "$(mktemp -d)/../../h""#, #"rm -r "/tmp/$(uname -n)""#,
        "parallel 'rm ../{}' ::: a*", "parallel 'rm {//}/../x' ::: a*", "parallel rm {1}{2} ::: a b ::: c d",
        #"rm "$(readlink -f ld)/x""#, #"rm "$(readlink ld)/x""#, #"rm "$(readlink -f a*)/x""#,
    ])
    func `what could lead elsewhere is said`(line: String) throws {
        var machine = machine
        machine.resolve = { [resolve = machine.resolve] in $0 == "/w/l*/" ? ["/h/d"] : resolve($0) }
        let effects = try command(line, machine)
        let isSaid = effects.contains { effect in
            effect.hasPrefix("opaque") && !effect.contains("project-code") && !effect.contains("path-read")
                || (effect.hasPrefix("write") || effect.hasPrefix("delete")) && effect != #"write File::"/w""#
                    && effect != #"delete File::"/w""# && !effect.contains(#"::"/w/"#)
        }
        #expect(isSaid, "\(effects)")
    }

    // Some folders are secret as a whole, whatever the names in them.
    @Test(arguments: [
        "find /etc -name '*.conf' -exec grep x {} +",
        "find /etc -type f -iname 'h*S' | xargs cat",
        "find /etc -maxdepth 2 -name 'host?' -print0 | xargs -0 head",
        "find /etc/ -name '*.conf' -exec sh -c 'cat \"$1\"' _ {} \\;",
        "find /etc -name 'sh*' -exec cat {} +",
        "find /etc -iname 'SHADOW' -exec cat {} +",
        "find /etc -name '*.conf' -o -exec cat {} +",
        "find /etc ! -name '*.conf' -exec cat {} +",
        "find /etc -not -name '*.conf' | xargs cat",
        "find /etc -exec cat {} + -name '*.conf'",
        "find /etc -print -name '*.conf' | xargs cat",
        "find -L /etc -name '*.conf' -exec cat {} +",
        "find /etc -name '*.d' -exec grep -r x {} +",
        "find /etc -name '*[w]' -exec cat {} +",
        "find /etc -name 'e*' -exec cat {} +",
        "find /etc -name '*.conf' $x -exec cat {} +",
        "find /etc -name '*.conf' | sed s/conf/x/ | xargs cat",
        "find /etc -path '*.conf' | xargs cat",
        "find /etc -name \"$x\" -exec cat {} +",
    ]) func `a search by name meets what is secret in the folder`(line: String) throws {
        #expect(try command(line, machine).contains(#"read File::"/etc/shadow""#))
    }

    @Test(arguments: [
        ("find ~ -name '*rc' -exec cat {} +", #"read File::"/h/.netrc""#),
        ("t=$(mktemp -d); ln -s /etc \"$t/r\"; cat \"$t/r/shadow\"", #"read File::"/etc/shadow""#),
        ("cd \"$(mktemp -d)\" && ln -s /etc e && cat e/shadow", #"read File::"/etc/shadow""#),
        ("cat \"/h/${u##*/}\"", #"read File::"/h/.netrc""#),
        ("cat /etc/shadow$(pgrep x)", #"read File::"/etc/shadow""#),
        ("t=$(mktemp -d); rm -rf \"$t\"", #"delete File::"/tmp/tmp.*""#),
        ("rm -rf /tmp/a.$$/b", #"delete File::"/tmp/a.*/b""#),
        // What bears a name, and not the folder that it lies in.
        ("find /tmp -name 'a *' -delete", #"delete File::"/tmp/**/a *""#),
        ("find /tmp/ -type f -name '*.o' | xargs rm", #"delete File::"/tmp/**/*.o""#),
        ("find /tmp -name '* *' -execdir rename 's/ /_/g' {} ';'", #"delete File::"/tmp/**/* *""#),
        ("find /tmp -name '*' -delete", #"delete File::"/tmp""#),
        ("find /tmp -name 't*' -delete", #"delete File::"/tmp""#),
        ("find -L /tmp -name 'a*' -delete", #"delete File::"/tmp""#),
        ("find /tmp ! -name 'a*' -delete", #"delete File::"/tmp""#),
        ("find /tmp -name 'a*' -exec rm -r {} +", #"delete File::"/tmp/**/a*""#),
        ("find /h -name '*rc' -delete", #"delete File::"/h/.netrc""#),
        ("find /tmp/a -exec sh -c 'rm \"$1.o\"' _ {} \\;", #"delete File::"/tmp/a.o""#),
        ("cat \"$(readlink -f ld)\"", #"read File::"/etc""#),
        ("parallel 'cat {} | wc -l' ::: a.htm", #"read File::"/w/a.htm""#),
        ("find src -exec basename {} ';' | xargs -I{} cat /etc/{}", #"read File::"/etc/shadow""#),
        // What a filter makes of a text that is known.
        ("cat $(echo /etc/shadoX | sed s/X/w/)", #"read File::"/etc/shadow""#),
        ("cat $(cut -c1-11 <<< /etc/shadowX)", #"read File::"/etc/shadow""#),
        ("cat $(echo x:/etc/hosts:/etc/shadow | cut -d: -f3)", #"read File::"/etc/shadow""#),
        ("cat $(echo 'a b c /etc shadow' | cut -d ' ' -f 4- | tr ' ' /)", #"read File::"/etc/shadow""#),
        ("cat $(/usr/bin/printf '/etc/%s%c' shado w)", #"read File::"/etc/shadow""#),
        ("printf '/etc/shado%c' w | xargs cat", #"read File::"/etc/shadow""#),
        ("v=1.2.3; touch v$(echo $v | cut -d. -f1,2)", #"write File::"/w/v1.2""#),
        // Lines that the text itself says, in another order.
        ("printf '%s\\n' git hooks | sort | xargs -I{} touch .{}/x", #"write File::"/w/.git/x""#),
        ("printf '%s\\n' .env a | sort -r | uniq | xargs cat", #"read File::"/w/.env""#),
        ("cat \"$(printf '%s\\n' /etc/shadow /etc/hosts /etc/motd | shuf -n 1)\"", #"read File::"/etc/shadow""#),
        ("printf '%s\\n' -rf /etc | sort -r | xargs rm", #"delete File::"/etc""#),
        ("for w in $(printf '%s\\n' a b env | tac); do cat .$w; done", #"read File::"/w/.env""#),
    ])
    func `what is followed is an effect`(line: String, effect: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test func `a name with a known end is no secret that ends in something else`() throws {
        let effects = try command(#"touch "out/${u##*/}.md"; cc -c a.c -o "obj/$(basename "$u").o""#, machine)
        #expect(!effects.contains { $0.contains(".env") || $0.contains(".ssh") || $0.contains(".netrc") }, "\(effects)")
    }

    @Test(arguments: [
        "find . -type f | xargs grep x", "find . -name '*.c' -o -name '*.h' | xargs wc",
        "find d -type d -empty -delete",
        #"for d in */; do (cd "$d" && touch a); done"#,
    ])
    func `a search through the project is none for secrets`(line: String) throws {
        let unlisted = EffectEnvironment(workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w")
        let effects = try command(line, unlisted)
        #expect(!effects.contains { $0.contains(".env") || $0.contains(".ssh") || $0.contains(".aws") }, "\(effects)")
    }
}
