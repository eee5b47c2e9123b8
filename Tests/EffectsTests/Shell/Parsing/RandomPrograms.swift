// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: the same programs on every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Programs out of the shell's grammar, in all the ways they can be laid out.
struct RandomPrograms {
    private var random: SeededGenerator
    private var fuel = 0
    /// Bodies of here-documents that wait for the line's end.
    private var bodies: [String] = []

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    /// A program that should be one.
    mutating func program() -> String {
        fuel = 4 + below(16)
        bodies = []
        var text = list()
        text += lineEnd()
        return text
    }

    /// A program with a few bytes lost, doubled, exchanged or thrown in.
    mutating func mutated() -> String {
        var text = Array(program())
        for _ in 0...below(3) {
            guard !text.isEmpty else { break }
            let place = below(text.count)
            switch below(5) {
            case 0: text.remove(at: place)
            case 1: text.insert(text[place], at: place)
            case 2: text.swapAt(place, below(text.count))
            case 3: text.insert(contentsOf: pick(Self.shards), at: place)
            default: text.removeSubrange(place..<min(text.count, place + below(6)))
            }
        }
        return String(text)
    }

    /// A list of words of which the shell knows all before it runs anything.
    mutating func literalWords() -> String {
        (0...below(4)).map { _ in literalWord(2) }.joined(separator: pick([" ", "  ", "\t", " \\\n"]))
    }

    private static let shards = [
        "\"", "'", "`", "$(", "${", "((", "))", ")", "(", "{", "}", "|", "&", ";", ";;", "<", ">", "<<E\n", "\n", "\\",
        "#",
        " ", "if ", "then ", "fi", " do ", "done", "case ", " in ", "esac", "[[ ", " ]]", "!", "$", "=(", "=", "a[",
        "]", "~",
        "coproc ", "function ", "time ", "<(", "&>", "<<<", "$'", "*", "@(",
    ]

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
    private mutating func maybe(_ text: String) -> String { below(3) == 0 ? text : "" }

    // MARK: - Layout

    private mutating func lineEnd() -> String {
        let text = pick(["\n", "\n", " # it's (\n", "\n\n"]) + bodies.joined()
        bodies = []
        return text
    }

    private mutating func blank() -> String { pick([" ", " ", " ", "  ", "\t", " \\\n"]) }

    private mutating func separator() -> String {
        switch below(4) {
        case 0: lineEnd()
        case 1: pick([" & ", "&"])
        default: pick(["; ", ";", " ; "])
        }
    }

    private mutating func newlines() -> String { below(4) == 0 ? lineEnd() : " " }

    // MARK: - Lists

    private mutating func list() -> String {
        var text = andOr()
        while fuel > 0, below(3) == 0 { text += separator() + andOr() }
        return text
    }

    /// A list that is closed by a reserved word.
    private mutating func block() -> String { newlines() + list() + separator() }

    private mutating func andOr() -> String {
        var text = pipeline()
        while fuel > 0, below(4) == 0 { text += pick([" && ", "||", " || ", "&&"]) + newlines() + pipeline() }
        return text
    }

    private mutating func pipeline() -> String {
        var text = pick(["", "", "", "", "", "! ", "time ", "time -p "]) + command()
        while fuel > 0, below(4) == 0 { text += pick([" | ", "|", " |& "]) + newlines() + command() }
        return text
    }

    private mutating func command() -> String {
        fuel -= 1
        guard fuel > 0, below(3) == 0 else { return simple() }
        return compound() + redirections()
    }

    private mutating func compound() -> String {
        switch below(13) {
        case 0: "(" + newlines() + list() + pick([")", ";)", "\n)"]).filter { bodies.isEmpty || $0 != "\n" }
        case 1: "{" + block() + "}"
        case 2: "if" + block() + "then" + block() + "fi"
        case 3: "if" + block() + "then" + block() + "elif" + block() + "then" + block() + "else" + block() + "fi"
        case 4: pick(["while", "until"]) + block() + "do" + block() + "done"
        case 5: "for " + name() + " in " + words() + separator().replacing("&", with: ";") + "do" + block() + "done"
        case 6: pick(["for ", "select "]) + name() + pick([" ", ";", "; "]) + "do" + block() + "done"
        case 7:
            "for ((" + arithmetic() + ";" + arithmetic() + ";" + arithmetic() + pick(["))", ")); "]) + " do" + block()
                + "done"
        case 8: "case " + word() + " in " + clauses() + "esac"
        case 9: "((" + arithmetic() + "))"
        case 10: "[[ " + condition() + " ]]"
        case 11: name() + pick(["()", " () ", "( )"]) + newlines() + "{" + block() + "}"
        default: "function " + name() + pick(["", "()"]) + newlines() + "{" + block() + "}"
        }
    }

    private mutating func clauses() -> String {
        var text = ""
        for _ in 0..<below(4) {
            text += maybe("(") + word() + maybe(" | " + word()) + ")" + newlines()
            text += maybe(list()) + pick([";;", " ;; ", ";&", ";;&"]) + newlines()
        }
        return text
    }

    private mutating func condition() -> String {
        let term =
            switch below(8) {
            case 0: pick(["-f ", "-z ", "-n ", "! -d "]) + word()
            case 1: word() + " == " + pick(["@(a|b)*", "*.c", "\"$x\"", "!(x)"])
            case 2: word() + " =~ " + pick(["^(a|b )+$", "$x", "[0-9]+", "a\\ b", "(a(b|c))"])
            case 3: word() + pick([" < ", " > ", " -eq ", " != ", " -nt "]) + word()
            case 4: "( " + word() + " = " + word() + " )"
            case 5: "! " + word()
            default: word()
            }
        fuel -= 1
        return fuel > 0 && below(3) == 0 ? term + pick([" && ", " || "]) + condition() : term
    }

    // MARK: - Simple commands

    private mutating func simple() -> String {
        var text = ""
        for _ in 0..<below(2) { text += assignment() + blank() }
        if below(8) == 0 {
            text += "declare " + assignment()
        } else {
            text += words()
        }
        return text + redirections()
    }

    private mutating func words() -> String {
        (0...below(3)).map { _ in word() }.joined(separator: " ")
    }

    private mutating func assignment() -> String {
        let operation = pick(["=", "=", "+="])
        switch below(4) {
        case 0:
            return name() + operation + "(" + words() + maybe(" [\(arithmetic())]=" + word()) + ")"
        case 1: return name() + "[" + pick(["0", "$i", "a + 1", "\"x y\""]) + "]" + operation + word()
        default: return name() + operation + maybe(word())
        }
    }

    private mutating func redirections() -> String {
        var text = ""
        for _ in 0..<max(0, below(5) - 2) {
            let descriptor = pick(["", "", "", "2", "10", "{fd}"])
            switch below(8) {
            case 0: text += " " + descriptor + pick(["<<", "<<-"]) + document()
            case 1: text += " " + descriptor + "<<<" + maybe(" ") + word()
            case 2: text += " " + descriptor + pick([">&", "<&"]) + pick(["1", "-", "$fd", "2"])
            case 3: text += pick([" &>", " &>> ", "&>"]) + word()
            default: text += " " + descriptor + pick(["<", ">", ">>", "<>", ">|"]) + maybe(" ") + word()
            }
        }
        return text
    }

    private mutating func document() -> String {
        let body = pick(["a\n", "", "it's \"b\n\\$c \\\\ d\n", "\tx\n", "$a ${b} $(c d) `e`\n$((1))\n", "#(\n"])
        bodies.append(body + "END\n")
        return pick(["END", "'END'", "\"END\"", "\\END", "E'N'D", " END"])
    }

    // MARK: - Words

    private mutating func name() -> String { pick(["a", "bc", "_x", "f1", "done_"]) }

    private mutating func word() -> String {
        var text = ""
        for _ in 0...max(0, below(4) - 2) { text += piece() }
        return text
    }

    private mutating func piece() -> String {
        fuel -= 1
        switch below(fuel > 0 ? 20 : 9) {
        case 0: return pick(["'a b'", "''", "'$x`'", "'\"'"])
        case 1: return pick(["\"\"", "\"a $b\"", "\"${c}\\\"\"", "\"it's\"", "\"`d`\""])
        case 2: return pick(["\\ ", "\\$", "\\'", "\\\\", "\\a"])
        case 3: return pick(["$'a\\n'", "$'\\''", "$\"t\"", "$'\\x41\\101'"])
        case 4: return pick(["*.c", "[a-z]", "?", "~", "~/x", "-r", "--o=v", "x=~"])
        case 5: return pick(["{a,b}", "{1..3}", "{a", "b}", "{}", "{x,{y,z}}", ",", "{a,'b,c'}"])
        case 6...8: return pick(["a", "bc", "1", "if", "done", "x.y", "/tmp/z", "@", "in", "=", "%", ":"])
        case 9: return pick(["$x", "$1", "$@", "$?", "$$", "$", "$#"])
        case 10: return "${" + parameter() + "}"
        case 11: return "\"${" + parameter() + "}\""
        case 12: return substitution()
        case 13: return "\"" + substitution() + "\""
        case 14: return "$((" + arithmetic() + "))"
        case 15: return "`" + pick(["a", "a b", "a \\`b\\`", "a | b", "a \\$x"]) + "`"
        case 16: return below(2) == 0 ? "<(" + inner() + ")" : ">(" + inner() + ")"
        case 17: return "$[" + arithmetic() + "]"
        default: return pick(["a", "b"])
        }
    }

    private mutating func substitution() -> String {
        "$(" + pick(["", " ", ""]) + inner() + pick(["", " ", "\n"]) + ")"
    }

    /// A list whose here-documents are its own.
    private mutating func inner() -> String {
        let outer = bodies
        bodies = []
        var text = list()
        if text.hasPrefix("(") { text = " " + text }
        // There it is a program, and bash 5.2 is of two minds about what may follow.
        if text.hasPrefix("time") { text = "! " + text }
        if !bodies.isEmpty { text += lineEnd() }
        bodies = outer
        return text
    }

    private mutating func parameter() -> String {
        let operand = pick(["b", "$c", "a b", "'q'", "\"r s\"", "{", "\\}", "*", "", "$(d e)", "`f`", "${g:-h}"])
        switch below(10) {
        case 0: return "#x"
        case 1: return pick(["!x", "!x@", "!x*", "!x[@]", "#", "#@", "@", "?", "1", "10"])
        case 2: return "x[" + pick(["0", "@", "*", "$i", "\"k v\""]) + "]"
        case 3: return pick(["x", "@"]) + pick(["#", "##", "%", "%%"]) + operand
        case 4:
            return "x" + pick(["/", "//", "/#", "/%"]) + pick(["a", "\\/", "'/'", "$y", "?"])
                + pick(["", "/" + operand])
        case 5: return "x:" + pick(["1", " -1", "$y", "a?b:c", "(1)"]) + pick(["", ":2", ":$z"])
        case 6: return "x" + pick(["^", "^^", ",", ",,", "@Q", "@U", "~~"])
        default: return "x" + pick([":-", "-", ":=", "=", ":?", "?", ":+", "+"]) + operand
        }
    }

    private mutating func arithmetic() -> String {
        pick([
            "1", "a+1", "(a*2)", " x ", "$y", "a[1]", "1<<2", "i++", "a?b:c", "${z}", "$(w)", "(1)+(2)", "x=1,y=2",
            "16#ff",
        ])
    }

    private mutating func literalWord(_ depth: Int) -> String {
        var text = ""
        for _ in 0...below(4) {
            switch below(depth > 0 ? 9 : 7) {
            case 0: text += pick(["'a b'", "''", "'$x{`'", "'\"'", "'\\'", "'{a,b}'"])
            case 1: text += pick(["\"\"", "\"c d\"", "\"\\\"\\$\\`\\\\\\x\"", "\"it's\"", "\"e\\\nf\"", "\"{a,b}\""])
            case 2:
                text += pick(["\\ ", "\\$", "\\'", "\\\\", "\\a", "\\{", "\\,", "\\}", "\\~", "\\\n", "\\;", "\\é"])
            case 3: text += pick(["$'a\\nb'", "$'\\''", "$\"t\"", "$'\\x41\\101\\u00e9\\e\\q'", "$'a\\0b'", "$''"])
            case 4: text += pick(["~", "~/x", "x=~/y:~", "-r", "--o=~", "~+x", "a~", ":~", "~root_nobody/"])
            case 5:
                text += pick([
                    "{", "}", ",", "..", "{}", "{,", "{a", "{1..3}", "{c..a}", "{01..3}", "{1..9..4}", "{-2..2..2}",
                ])
            case 6: text += pick(["a", "b.c", "1", "#", "@", "é", "%", ":", "=", "!", "]", "^"])
            default:
                text += "{" + (0...below(3)).map { _ in literalWord(depth - 1) }.joined(separator: ",") + "}"
            }
        }
        return text
    }
}
