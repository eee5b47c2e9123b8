// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A Python program, as given to `-c`.
///
/// Harmless is what has only names from lists: builtin functions that reach nothing, names bound in the program itself,
/// attributes that do nothing on any value those can make, and listed members of listed modules. So no value can be
/// reached that does more, however it is named. `open` is followed where its arguments are literals.
///
/// Modules are looked for in the working directory first: importing one that is not built into the interpreter is
/// `project-code`.
struct PythonProgram {
    private let tokens: [CodeToken]
    private let partners: [Int: Int]
    private var actions: [ProgramAction] = []
    /// Names of modules in this program, and what they stand for.
    private var modules: [UTF8String: UTF8String] = [:]
    private var bound: Set<UTF8String> = []

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        let tokens = try PythonLexer.tokens(of: code)
        var program = PythonProgram(tokens: tokens, partners: try tokens.partners())
        try program.walk()
        return program.actions
    }

    private init(tokens: [CodeToken], partners: [Int: Int]) {
        self.tokens = tokens
        self.partners = partners
    }

    private static let keywords = words(
        """
        and as assert break continue def del elif else except finally for from global if import in is lambda nonlocal
        not or pass raise return try while with yield True False None
        """)
    private static let builtin = words(
        """
        abs all any ascii bin bool bytearray bytes chr complex dict divmod enumerate exit filter float format frozenset
        hash hex id int isinstance issubclass iter len list map max min next object oct ord pow print quit range repr
        reversed round set slice sorted str sum tuple type zip
        callable long reduce unichr unicode xrange
        BaseException Exception ArithmeticError AssertionError AttributeError EOFError FileNotFoundError ImportError
        IndexError IOError KeyError KeyboardInterrupt LookupError ModuleNotFoundError NameError NotImplementedError OSError
        OverflowError PermissionError RuntimeError StopIteration SyntaxError SystemExit TypeError UnicodeDecodeError
        UnicodeError ValueError ZeroDivisionError
        """)
    /// Builtin names that are never harmless, bound or not: they reach code, files, or every other value.
    private static let treacherous = words(
        """
        aiter anext apply basestring breakpoint buffer classmethod coerce compile copyright credits delattr dir
        eval exec execfile file getattr globals hasattr help input intern license locals memoryview open print
        property raw_input reload setattr staticmethod super vars async await class
        """)
    /// Attributes that do nothing on whatever value harmless names can make.
    private static let attributes = words(
        """
        add append buffer appendleft bit_count bit_length capitalize casefold center clear close conjugate copy count date day
        days decode default_factory defaultdict denominator difference difference_update digest digest_size discard
        elements encode end endswith errno extend extendleft expandtabs find findall finditer flush format format_map
        fromhex fromisoformat fromkeys fromtimestamp fullmatch get group groupdict groups hex hexdigest hour imag index
        insert intersection intersection_update is_integer isalnum isalpha isascii isatty isdecimal isdigit isdisjoint
        isidentifier islower isnumeric isocalendar isoformat isoweekday isprintable isspace issubset issuperset istitle
        isupper items join keys lastindex ljust lower lstrip major maketrans match micro microsecond minor minute month
        most_common move_to_end name now numerator partition pattern pop popitem popleft read readline readlines real
        releaselevel remove removeprefix removesuffix replace reverse rfind rindex rjust rotate rpartition rsplit rstrip
        search second seconds serial setdefault sort span split splitlines start startswith strftime strip strptime sub
        subn subtract swapcase symmetric_difference timestamp timetuple title today to_bytes total_seconds translate
        truncate tzinfo union update upper utcnow utcoffset values weekday write writelines year zfill
        netloc hostname port path query fragment scheme params fieldnames writerow writerows writeheader
        args nodename release machine sysname
        """)

    // MARK: - The walk

    private mutating func walk() throws(NotUnderstood) {
        try imports()
        bindings()
        for (index, token) in tokens.enumerated() {
            switch token {
            case .name(let name):
                if tokens.at(index - 1)?.isSymbol(".") == true {
                    try attribute(name, at: index)
                } else if imported[index] == nil {
                    try bare(name, at: index)
                }
            case .symbol("@"), .symbol("->"), .symbol("..."): throw NotUnderstood()
            default: break
            }
        }
    }

    /// Places of names in import statements.
    private var imported: [Int: Bool] = [:]

    private mutating func imports() throws(NotUnderstood) {
        var index = 0
        while index < tokens.count {
            let startsStatement = isStatementStart(index)
            if tokens[index].isName("import"), startsStatement {
                try importModules(&index)
            } else if tokens[index].isName("from"), startsStatement {
                try importMembers(&index)
            } else {
                if tokens[index].isName("import") { throw NotUnderstood() }
                index += 1
            }
        }
    }

    private func isStatementStart(_ index: Int) -> Bool {
        switch tokens.at(index - 1) {
        case nil, .newline, .symbol(";"), .symbol(":"): true
        default: false
        }
    }

    private func isStatementEnd(_ index: Int) -> Bool {
        switch tokens.at(index) {
        case nil, .newline, .symbol(";"): true
        default: false
        }
    }

    /// `import a, b.c as d`.
    private mutating func importModules(_ index: inout Int) throws(NotUnderstood) {
        imported[index] = true
        repeat {
            index += 1
            let module = try moduleName(&index)
            var alias = module
            if tokens.at(index)?.isName("as") == true {
                guard let name = tokens.at(index + 1)?.name else { throw NotUnderstood() }
                imported[index] = true
                imported[index + 1] = true
                alias = name
                index += 2
            }
            try load(module)
            try bindModule(alias, module)
        } while tokens.at(index)?.isSymbol(",") == true
        guard isStatementEnd(index) else { throw NotUnderstood() }
    }

    /// `from a.b import c, d as e`, with or without brackets.
    private mutating func importMembers(_ index: inout Int) throws(NotUnderstood) {
        imported[index] = true
        index += 1
        let module = try moduleName(&index)
        try load(module)
        guard tokens.at(index)?.isName("import") == true else { throw NotUnderstood() }
        imported[index] = true
        let hasBracket = tokens.at(index + 1)?.isSymbol("(") == true
        if hasBracket { index += 1 }
        repeat {
            index += 1
            guard let member = tokens.at(index)?.name else {
                if hasBracket, tokens.at(index)?.isSymbol(")") == true { break }
                throw NotUnderstood()
            }
            imported[index] = true
            index += 1
            var alias = member
            if tokens.at(index)?.isName("as") == true {
                guard let name = tokens.at(index + 1)?.name else { throw NotUnderstood() }
                imported[index] = true
                imported[index + 1] = true
                alias = name
                index += 2
            }
            let submodule = UTF8String("\(module).\(member)")
            if PythonModules.members[submodule] != nil {
                try bindModule(alias, submodule)
            } else {
                guard PythonModules.members[module]?.contains(member) == true, !Self.treacherous.contains(alias),
                    !PythonModules.following.contains(submodule)
                else { throw NotUnderstood() }
                bound.insert(alias)
            }
        } while tokens.at(index)?.isSymbol(",") == true
        if hasBracket {
            guard tokens.at(index)?.isSymbol(")") == true else { throw NotUnderstood() }
            index += 1
        }
        guard isStatementEnd(index) else { throw NotUnderstood() }
    }

    private mutating func moduleName(_ index: inout Int) throws(NotUnderstood) -> UTF8String {
        guard let first = tokens.at(index)?.name else { throw NotUnderstood() }
        var name = first
        imported[index] = true
        index += 1
        while tokens.at(index)?.isSymbol(".") == true, let next = tokens.at(index + 1)?.name {
            name = UTF8String("\(name).\(next)")
            imported[index + 1] = true
            index += 2
        }
        return name
    }

    private mutating func load(_ module: UTF8String) throws(NotUnderstood) {
        if !PythonModules.builtIn.contains(module) { actions.append(.projectCode) }
    }

    /// `import a.b` binds `a`, and makes `a.b` known.
    private mutating func bindModule(_ alias: UTF8String, _ module: UTF8String) throws(NotUnderstood) {
        let first = alias == module ? Self.first(of: module) : alias
        let target = alias == module ? first : module
        guard !Self.treacherous.contains(first), !Self.builtin.contains(first), !first.hasPrefix("__"),
            modules[first] ?? target == target
        else { throw NotUnderstood() }
        modules[first] = target
    }

    private static func first(of module: UTF8String) -> UTF8String {
        UTF8String(validating: module.string.utf8.prefix { $0 != UInt8(ascii: ".") }) ?? module
    }

    /// Names that the program itself binds. Too many are found, which does no harm: no treacherous name is among them.
    private mutating func bindings() {
        for (index, token) in tokens.enumerated() {
            guard let name = token.name, imported[index] == nil, !tokens.isAttribute(index) else { continue }
            let next = tokens.at(index + 1)?.symbol
            let isAssigned = next.map { ["=", ":="].contains($0) } ?? false
            if isAssigned || isTarget(index) { bound.insert(name) }
        }
    }

    /// After `for`, `as`, `def`, `lambda`, in a list that `=`, `in` or `:` ends.
    private func isTarget(_ index: Int) -> Bool {
        var place = index - 1
        var steps = 0
        while steps < 24, let token = tokens.at(place) {
            switch token {
            case .name("for"), .name("as"), .name("def"), .name("lambda"), .name("global"): return true
            case .name("in"), .name("if"), .name("else"), .name("return"), .name("print"): return false
            case .name, .number, .string, .symbol(","), .symbol("("), .symbol(")"), .symbol("="), .symbol("*"),
                .symbol("**"), .symbol("-"):
                break
            default: return startsTargets(place + 1, index)
            }
            place -= 1
            steps += 1
        }
        return startsTargets(place + 1, index)
    }

    /// `a, b = …`.
    private func startsTargets(_ start: Int, _ index: Int) -> Bool {
        var place = index + 1
        while place < index + 24, let token = tokens.at(place) {
            switch token {
            case .name, .symbol(","), .symbol("("), .symbol(")"), .symbol("*"): place += 1
            case .symbol("="): return start <= index
            default: return false
            }
        }
        return false
    }

    // MARK: - Names

    private mutating func bare(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        if Self.keywords.contains(name) { return }
        if name == "open" { return try open(at: index) }
        if name == "print" {
            // Python 2's statement prints its operands; `>>` names a file that somebody opened.
            return
        }
        if name == "__name__" { return }
        let isKeywordArgument =
            tokens.at(index + 1)?.isSymbol("=") == true
            && (tokens.at(index - 1)?.isSymbol("(") == true || tokens.at(index - 1)?.isSymbol(",") == true)
        guard !name.hasPrefix("__") else { throw NotUnderstood() }
        if let module = modules[name] {
            guard !bound.contains(name) || isKeywordArgument else { throw NotUnderstood() }
            guard isKeywordArgument || tokens.at(index + 1)?.isSymbol(".") == true else { throw NotUnderstood() }
            if !isKeywordArgument { try member(of: module, at: index) }
            return
        }
        guard !Self.treacherous.contains(name) || isKeywordArgument && name != "opener" else { throw NotUnderstood() }
        guard Self.builtin.contains(name) || bound.contains(name) else { throw NotUnderstood() }
    }

    /// `module.member`, where both are on the list.
    private mutating func member(of module: UTF8String, at index: Int) throws(NotUnderstood) {
        guard let name = tokens.at(index + 2)?.name else { throw NotUnderstood() }
        let qualified = UTF8String("\(module).\(name)")
        if PythonModules.members[qualified] != nil, PythonModules.members[module]?.contains(name) != true {
            guard tokens.at(index + 3)?.isSymbol(".") == true else { throw NotUnderstood() }
            members.insert(index + 2)
            return try member(of: qualified, at: index + 2)
        }
        let isListed = PythonModules.members[module]?.contains(name) == true
        guard isListed || PythonModules.ofAnyModule.contains(name) else { throw NotUnderstood() }
        members.insert(index + 2)
        switch qualified {
        case "sys.path": try copied(at: index)
        case "os.listdir", "os.scandir": try directory(at: index + 3)
        case "io.open", "codecs.open": throw NotUnderstood()
        default: break
        }
    }

    /// Places of names that were found to be members of a module.
    private var members: Set<Int> = []

    private func attribute(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        if imported[index] != nil || members.contains(index) { return }
        guard Self.attributes.contains(name) else { throw NotUnderstood() }
    }

    /// The list of folders for modules, only where nobody can change it: `print(sys.path)`.
    private func copied(at index: Int) throws(NotUnderstood) {
        let readers = words("print len list sorted str repr tuple enumerate join pprint dumps")
        let isIterated = tokens.at(index - 1)?.isName("in") == true
        let isOperand =
            tokens.at(index - 1)?.isSymbol("(") == true && tokens.at(index - 2)?.name.map(readers.contains) == true
        switch tokens.at(index + 3) {
        case nil, .newline, .symbol(")"), .symbol("]"), .symbol(":"), .symbol(";"):
            guard isIterated || isOperand else { throw NotUnderstood() }
        case .symbol("[") where isOperand: throw NotUnderstood()
        default: throw NotUnderstood()
        }
    }

    // MARK: - Files

    private mutating func directory(at bracket: Int) throws(NotUnderstood) {
        guard tokens.at(bracket)?.isSymbol("(") == true, let close = partners[bracket] else { throw NotUnderstood() }
        if close == bracket + 1 {
            actions.append(.path([.read], ShellValue(".")))
        } else {
            let path = close == bracket + 2 ? tokens.at(bracket + 1)?.literal : nil
            if let action = ProgramAction.path(.read, literal: path) { actions.append(action) }
        }
    }

    /// `open('name', 'mode', encoding='utf-8')`.
    private mutating func open(at index: Int) throws(NotUnderstood) {
        guard tokens.at(index + 1)?.isSymbol("(") == true, let close = partners[index + 1] else {
            throw NotUnderstood()
        }
        let arguments = self.arguments(from: index + 2, to: close)
        guard let first = arguments.first, !first.isEmpty, tokens.at(first.lowerBound + 1)?.isSymbol("=") != true,
            !tokens[first.lowerBound].isSymbol("*"), !tokens[first.lowerBound].isSymbol("**")
        else { throw NotUnderstood() }
        var mode: UTF8String? = "r"
        for (place, argument) in arguments.enumerated().dropFirst() {
            if argument.count == 3, let name = tokens[argument.lowerBound].name,
                tokens[argument.lowerBound + 1].isSymbol("=")
            {
                guard ["mode", "encoding", "errors", "newline", "buffering"].contains(name) else {
                    throw NotUnderstood()
                }
                if name == "mode" { mode = tokens[argument.lowerBound + 2].literal }
            } else if place == 1 {
                mode = argument.count == 1 ? tokens[argument.lowerBound].literal : nil
            } else if argument.isEmpty {
                continue
            } else {
                throw NotUnderstood()
            }
        }
        guard let mode, mode.bytes.allSatisfy({ "rwaxbtU+".utf8.contains($0) }) else { throw NotUnderstood() }
        if first.count == 1, case .number(let descriptor) = tokens[first.lowerBound] {
            guard ["0", "1", "2"].contains(descriptor) else { throw NotUnderstood() }
            return
        }
        let path = first.count == 1 ? tokens[first.lowerBound].literal : nil
        let reads = mode.bytes.contains { "r+".utf8.contains($0) } || mode.isEmpty
        let writes = mode.bytes.contains { "wax+".utf8.contains($0) }
        if reads, let action = ProgramAction.path(.read, literal: path) { actions.append(action) }
        if writes, let action = ProgramAction.path(.write, literal: path) { actions.append(action) }
    }

    private func arguments(from start: Int, to end: Int) -> [Range<Int>] {
        var arguments: [Range<Int>] = []
        var first = start
        var index = start
        while index < end {
            if tokens[index].isSymbol(",") {
                arguments.append(first..<index)
                first = index + 1
            } else if ["(", "[", "{"].contains(tokens[index].symbol), let close = partners[index] {
                index = close
            }
            index += 1
        }
        arguments.append(first..<end)
        return arguments
    }
}

extension [CodeToken] {
    /// Whether the token there is named after a dot.
    func isAttribute(_ index: Int) -> Bool { at(index - 1)?.isSymbol(".") == true }
}
