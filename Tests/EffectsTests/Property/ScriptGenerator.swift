// SPDX-License-Identifier: Apache-2.0

/// Bash programs over common commands and a small tree of files, in many spellings; the same for the same seed.
///
/// They may be run: no word begins with a value that could be empty, folders are left upwards a few times at most, and
/// absolute names lie in the scratch folder or are harmless to read.
struct ScriptGenerator {
    static let files = ["a", "b", "c.txt", "list", "sp ace", "d/e", "d/f.txt", "d/sub/g", "l", "ld/e", "num"]
    static let folders = ["d", "d/sub", "ld"]

    private var random: SeededGenerator
    private let work: String
    private let home: String
    private var made: [String] = []
    private var madeFolders: [String] = []
    /// Assignments that the statement which is being written needs before it.
    private var before: [String] = []
    private var fuel = 0
    private var names = 0
    private var upwards = 0

    init(seed: UInt64, work: String, home: String) {
        random = SeededGenerator(state: seed)
        self.work = work
        self.home = home
    }

    mutating func script() -> String {
        fuel = 4 + below(10)
        return (0...below(5)).map { _ in statement(3) }.joined(separator: "\n")
    }

    // MARK: Chance

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
    private mutating func chance(_ one: Int) -> Bool { below(one) == 0 }
    private mutating func name(_ prefix: String) -> String {
        names += 1
        return "\(prefix)\(names)"
    }

    // MARK: Statements

    private mutating func statement(_ depth: Int) -> String {
        let outer = before
        before = []
        let text = depth > 0 && fuel > 0 && !chance(3) ? compound(depth) : simple()
        let all = before + [text]
        before = outer
        fuel -= 1
        return all.joined(separator: pick(["\n", "; "]))
    }

    /// A statement that can stand between braces or behind `&&`: on its own, assignments included.
    private mutating func group(_ depth: Int) -> String { "{ \(statement(depth))\n}" }

    private mutating func compound(_ depth: Int) -> String {
        let inner = depth - 1
        switch below(29) {
        case 0: return "\(group(inner)) && \(group(inner))"
        case 1: return "\(group(inner)) || \(group(inner))"
        case 2: return "if \(test()); then \(statement(inner))\nelse \(statement(inner))\nfi"
        case 3:
            let variable = name("i")
            let words = (0...below(3)).map { _ in input() }.joined(separator: " ")
            return "for \(variable) in \(words); do \(reader("\"$\(variable)\""))\ndone"
        case 4:
            let variable = name("i")
            return "for \(variable) in \(glob()); do \(pick(["cat", "wc -c", "touch", "rm -f", "ls"])) \"$\(variable)\"\ndone"
        case 5: return "\(source()) | while read -r line; do \(pick(["cat", "head -n1", "touch"])) \"$line\"\ndone"
        case 6:
            return "case \(input()) in \(pick(["a*)", "(*.txt)", "d/*|l)"])) \(statement(inner));; *) \(statement(inner));; esac"
        case 7:
            let function = name("f")
            let body = pick(["cat \"$1\"", "cp -- \"$1\" \"$2\"", "for q; do head \"$q\"; done", "shift; cat \"$@\"", "rm -f \"$1\"", "cat < \"$1\" > \"$2\""])
            return "\(function)() { \(body)\n}; \(function) \(input()) \(output())"
        case 8: return "( \(statement(inner))\n)"
        case 9: return "\(source()) | \(filter()) | \(filter())"
        case 10: return "\(source()) | tee \(output()) | \(filter()) > \(output())"
        case 11:
            upwards += 1
            return pick(["cd \(folder()) && \(group(inner))", "(cd \(folder()); \(statement(inner))\n)"])
                + (upwards < 3 && chance(2) ? "\ncd .." : "")
        case 12: return "\(reader(input())) > \(output()) 2>\(pick(["&1", "/dev/null", output()]))"
        case 13:
            let link = fresh()
            let text = "ln -s \(quoted(pick(["a", "d/e", "d", "c.txt"]))) \(quoted(link))"
            return "\(text)\(pick(["; ", " && "]))\(pick(["cat", "cp -t d", "touch", "wc", "ls"])) \(quoted(link))"
        case 14:
            let script = fresh()
            let text = "\(pick(["echo", "printf '%s\\n'"])) \(quoted(plain())) > \(quoted(script))"
            return text + "; " + pick(["sh \(quoted(script))", "bash \(quoted(script))", ". ./\(quoted(script))", "chmod +x \(quoted(script)); ./\(quoted(script))", "cat \(quoted(script)) | sh"])
        case 15: return "eval \(quoted(plain()))"
        case 16: return "\(pick(["sh -c", "bash -c", "env X=1 sh -c"])) \(quoted(plain()))"
        case 17: return "bash -c 'cat \"$1\" > \"$2\"' _ \(input()) \(output())"
        case 18: return "cat <<E\(pick(["", " > \(output())", " | sort"]))\n\(pick(["text", "$(cat \(input()))", "`wc -l < \(input())`"]))\nE"
        case 19: return "\(pick(["diff", "cmp", "cat", "paste"])) <(\(reader(input()))) \(input())"
        case 20: return "\(source()) > >(\(filter()) > \(output()))"
        case 21: return "\(source()) | xargs \(pick(["cat", "-n1 head", "-I{} cp {} d", "rm -f", "touch", "-0 ls", "wc"]))"
        case 22: return "echo \(quoted(plain())) | \(pick(["sh", "bash", "xargs", "bash -s"]))"
        case 23:
            let variable = name("o")
            return "\(variable)=$(\(reader(input()))); \(pick(["echo", "touch -- d/", "cat ./"]))\"$\(variable)\""
        case 24: return "\(group(inner)) &\nwait"
        case 25: return "exec 3<\(input()); cat <&3; exec 4>\(output()); echo x >&4"
        case 26: return "while \(test()); do \(statement(inner))\nbreak; done"
        case 27: return "mapfile -t m < \(input()); cat \"${m[\(pick(["@", "0"]))]}\""
        default: return "trap \(quoted(plain())) EXIT"
        }
    }

    private mutating func test() -> String {
        pick(["[ -e \(input()) ]", "test -s \(input())", "[[ -f \(input()) ]]", "grep -q \(word("a")) \(input())", "cmp -s \(input()) \(input())", "true", "false", "! [ -d \(folder()) ]"])
    }

    /// A program that writes lines, which may be the names of files.
    private mutating func source() -> String {
        switch below(10) {
        case 0: "cat \(input())"
        case 1: "printf '%s\\n' \(input()) \(input())"
        case 2: "echo \(quoted(pick(Self.files)))"
        case 3: "ls \(folder())"
        case 4: "find \(folder()) -type f"
        case 5: "cat list"
        case 6: "grep -h . \(glob())"
        case 7: "printf '%s\\0' \(input())"
        case 8: "sort \(input()) \(input())"
        default: "tail -n +1 \(input())"
        }
    }

    private mutating func filter() -> String {
        switch below(14) {
        case 0: "sort -u"
        case 1: "uniq -c"
        case 2: "grep -v zz"
        case 3: "sed 's/a/b/'"
        case 4: "awk '{print $1}'"
        case 5: "head -n 2"
        case 6: "cat - \(input())"
        case 7: "tr a-z A-Z"
        case 8: "tee \(output())"
        case 9: "gzip -c"
        case 10: "cut -c1-2"
        case 11: "sed -n \(word("1p"))"
        case 12: "sort -o \(output())"
        default: "wc -l"
        }
    }

    /// A command that reads a file, given as a word.
    private mutating func reader(_ word: String) -> String {
        switch below(12) {
        case 0: "cat \(word)"
        case 1: "head -n 1 \(word)"
        case 2: "tail -c 5 \(word)"
        case 3: "sort -r \(word)"
        case 4: "grep -c . \(word)"
        case 5: "sed -n '1p' \(word)"
        case 6: "awk 'NR==1' \(word)"
        case 7: "wc \(word)"
        case 8: "cat < \(word)"
        case 9: "uniq \(word)"
        case 10: "grep -e a -- \(word)"
        default: "dd if=\(word) 2>/dev/null"
        }
    }

    /// A command without separators, quotes or expansions of its own, to be quoted as a whole.
    private mutating func plain() -> String {
        let (source, target) = (pick(["a", "b", "d/e", "c.txt"]), fresh())
        return pick([
            "cat \(source)", "cp \(source) \(target)", "cat \(source) > \(target)", "rm -f \(source)", "ls d",
            "touch \(target)", "sed -i s/x/y/ \(source)", "for i in a b; do cat $i; done", "x=d; cat $x/e",
            "cd d && cat e", "cat \(source) | sort > \(target)", "echo $(cat \(source))",
        ])
    }

    private mutating func simple() -> String {
        switch below(64) {
        case 0...5: return reader(input())
        case 6: return "cp \(input()) \(output())"
        case 7: return "cp -r \(folder()) \(outputFolder())"
        case 8: return "cp \(pick(["-t", "--target-directory"])) \(folder()) \(input()) \(input())"
        case 9: return "mv \(input()) \(output())"
        case 10: return "mv -- \(input()) \(folder())"
        case 11: return "rm -f \(input()) \(input())"
        case 12: return "rm -r \(folder())"
        case 13: return "ln \(pick(["-s", "-sf", "-f", ""])) \(input()) \(output())"
        case 14: return "mkdir \(outputFolder())"
        case 15: return "mkdir -p \(outputFolder())/\(fresh())/x"
        case 16: return "touch \(output()) \(input())"
        case 17: return "head -n1 \(input()) \(glob())"
        case 18: return "sort \(pick(["-o", "--output", "-uo"])) \(output()) \(input())"
        case 19: return "uniq \(input()) \(output())"
        case 20: return "wc -l --files0-from=\(input())"
        case 21: return "grep -r \(word("a")) \(folder())"
        case 22: return "grep -f \(input()) \(input())"
        case 23: return "sed -i\(pick(["", ".bak", "bk_*"])) 's/a/b/' \(input())"
        case 24: return "sed -n \(quoted("w \(fresh())")) \(input())"
        case 25: return "sed \(quoted("r d/e")) \(input())"
        case 26: return "sed -f \(input()) \(input())"
        case 27: return "awk \(quoted("{ print > \"\(fresh())\" }")) \(input())"
        case 28: return "awk \(quoted("BEGIN { while ((getline x < \"d/e\") > 0) print x }"))"
        case 29: return "awk \(quoted("{ print | \"cat > \(fresh())\" }")) \(input())"
        case 30: return "awk -v x=1 \(quoted("BEGIN { system(\"cat b\") }"))"
        case 31: return "tee \(pick(["", "-a"])) \(output()) < \(input())"
        case 32: return "find \(folder()) -name \(word("*.txt")) -exec cat {} \(pick(["\\;", "+", "';'"]))"
        case 33: return "find . -name \(quoted(pick(["a", "e", "*.txt"]))) -delete"
        case 34: return "find \(folder()) -fprint \(output())"
        case 35: return "find \(folder()) -type f | xargs \(pick(["cat", "grep -l a", "rm -f"]))"
        case 36: return "tar \(pick(["cf", "-cf", "czf", "-c -z -f"])) \(output()) \(input()) \(folder())"
        case 37:
            let archive = fresh()
            return "tar cf \(quoted(archive)) d && tar x\(pick(["", "v"]))f \(quoted(archive)) -C \(folder())"
        case 38: return "gzip \(pick(["", "-k", "-f", "-c"])) \(input())"
        case 39:
            let file = fresh()
            return "gzip -c a > \(file).gz; \(pick(["gunzip", "gzip -d", "zcat", "gzip -dc", "gzip -dk"])) \(file).gz"
        case 40: return "dd if=\(input()) of=\(output()) bs=1 count=\(below(9)) 2>/dev/null"
        case 41: return "env X=1 cat \(input())"
        case 42: return "env -i \(pick(["cat", "/usr/bin/head", "sort"])) \(input())"
        case 43: return "cat \(pick(["\"$(dirname d/e)\"/f.txt", "$(basename d/a)", "$(readlink l)", "\"$(echo a)\"", "`printf d/e`", "$(<list)"]))"
        case 44: return "ls \(pick(["-l", "-a", "-R", "-1"])) \(pick([glob(), folder(), input()]))"
        case 45: return "readlink \(pick(["-f", "-e", ""])) \(input())"
        case 46: return "install -m 644 \(input()) \(output())"
        case 47: return "install -D \(input()) \(outputFolder())/\(fresh())"
        case 48: return "split -b 2 \(input()) \(output())"
        case 49: return "cmp \(input()) \(input())"
        case 50: return "diff \(pick(["", "-r", "-u"])) \(input()) \(folder())"
        case 51: return "python3 -c \(quoted("print(open(\"\(pick(["a", "d/e"]))\").read())"))"
        case 52: return "python3 -c \(quoted("f = open(\"\(fresh())\", \"w\"); f.write(\"x\")"))"
        case 53: return "python3 -c \(quoted("import os, shutil; shutil.copy(\"a\", \"\(fresh())\"); os.remove(\"b\")"))"
        case 54: return "git init -q \(outputFolder())"
        case 55: return "git init -q . && git add \(input()) && git status --short"
        case 56: return "curl -s \(pick(["-m 1", "--max-time 1"])) \(pick([word("http://127.0.0.1:1/x"), "-o \(output()) 127.0.0.1:1", "-d @\(input()) http://localhost:1/", "--url=http://127.0.0.1:2", "-T \(input()) http://127.0.0.1:1/", word("file://\(work)/a")]))"
        case 57: return "echo x >\(pick([">", "|", ""])) \(output())"
        case 58: return ": > \(output())"
        case 59: return "cat \(input()) 2>&1 >\(output())"
        case 60: return "(exec 2>/dev/null; : < /dev/tcp/127.0.0.1/\(1 + below(3)))"
        case 61: return "cat <<< \(input())"
        case 62: return "cat \(pick(["/etc/hostname", "/etc/hos{ts,tname}", "/etc/../etc/hostname", "\"\(work)\"/a", "~/h1", "$HOME/h1", "${HOME}/h2"]))"
        default: return "cat -- \(glob())"
        }
    }

    // MARK: Words

    private mutating func input() -> String {
        if chance(9) { return pick(["~/h1", "\"$HOME\"/h2", "../home/h1"]) }
        return word(decorated(chance(4) && !made.isEmpty ? pick(made) : pick(Self.files)))
    }

    private mutating func output() -> String {
        word(decorated(chance(4) ? pick(Self.files) : fresh()))
    }

    private mutating func folder() -> String {
        if chance(6) { return "." }
        return word(decorated(chance(4) && !madeFolders.isEmpty ? pick(madeFolders) : pick(Self.folders)))
    }

    private mutating func outputFolder() -> String {
        let folder = "m\(1 + below(4))"
        madeFolders.append(folder)
        return word(folder)
    }

    private mutating func fresh() -> String {
        let file = pick(["", "", "", "d/"]) + "n\(1 + below(6))" + pick(["", "", ".txt"])
        made.append(file)
        return file
    }

    private mutating func decorated(_ path: String) -> String {
        switch below(10) {
        case 0: "./\(path)"
        case 1: "d/../\(path)"
        case 2: "\(work)/\(path)"
        case 3: "d//./sub/../../\(path)"
        default: path
        }
    }

    private mutating func glob() -> String {
        pick(["*", "d/*", "*.txt", "[ab]", "?", "d/[ef]*", "{a,b}", "d/{e,f.txt}", "*/e", "d/*/g", "ld/*", "./*.t?t", "\"d\"/*", "n*"])
    }

    /// The text as one word of the shell, in one of many spellings.
    private mutating func word(_ text: String) -> String {
        switch below(15) {
        case 0...4: return quoted(text)
        case 5, 6:
            let variable = name("v")
            before.append("\(variable)=\(quoted(text))")
            return pick(["\"$\(variable)\"", "\"${\(variable)}\"", "\"${\(variable):-zz}\"", "\"${zz:-$\(variable)}\""])
        case 7:
            let variable = name("v")
            before.append("\(variable)=\(quoted(text + ".x"))")
            return pick(["\"${\(variable)%.x}\"", "\"${\(variable)%%.x*}\"", "\"${\(variable)/%.x/}\"", "\"${\(variable):0:\(text.utf8.count)}\""])
        case 8:
            let variable = name("v")
            before.append("\(variable)=\(quoted("zz/" + text))")
            return "\"${\(variable)#zz/}\""
        case 9:
            let variable = name("v")
            before.append("\(variable)=(zz \(quoted(text)))")
            return "\"${\(variable)[1]}\""
        case 10: return "\"$(printf %s \(quoted(text)))\""
        case 11: return "\"$(echo \(quoted(text)))\""
        case 12:
            let variable = name("v")
            before.append("printf -v \(variable) '%s' \(quoted(text))")
            return "\"$\(variable)\""
        case 13:
            let variable = name("v")
            before.append("read -r \(variable) <<< \(quoted(text))")
            return "\"$\(variable)\""
        default:
            let variable = name("v")
            let place = text.index(text.startIndex, offsetBy: below(text.count + 1))
            before.append("\(variable)=\(quoted(String(text[..<place]))); \(variable)+=\(quoted(String(text[place...])))")
            return "\"$\(variable)\""
        }
    }

    private mutating func quoted(_ text: String) -> String {
        switch below(6) {
        case 0: return "'" + text.replacing("'", with: "'\\''") + "'"
        case 1:
            return "\""
                + text.map { "\"\\$`".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
        case 2: return "$'" + text.utf8.map { chance(2) ? escape($0) : plainOrEscape($0) }.joined() + "'"
        case 3: return text.map { isSafe($0) && !chance(4) ? String($0) : $0 == "\n" ? "$'\\n'" : "\\\($0)" }.joined()
        case 4:
            let place = text.index(text.startIndex, offsetBy: below(text.count + 1))
            let (first, second) = (String(text[..<place]), String(text[place...]))
            return "'" + first.replacing("'", with: "'\\''") + "'\""
                + second.map { "\"\\$`".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
        default: return !text.isEmpty && text.allSatisfy(isSafe) ? text : "'" + text.replacing("'", with: "'\\''") + "'"
        }
    }

    private func isSafe(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "/._-:".contains(character))
    }

    private mutating func escape(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16)
        let octal = String(byte, radix: 8)
        return chance(2)
            ? "\\x" + String(repeating: "0", count: 2 - hex.count) + hex
            : "\\" + String(repeating: "0", count: 3 - octal.count) + octal
    }

    private mutating func plainOrEscape(_ byte: UInt8) -> String {
        isSafe(Character(UnicodeScalar(byte))) || byte == 0x20 ? String(UnicodeScalar(byte)) : escape(byte)
    }
}
