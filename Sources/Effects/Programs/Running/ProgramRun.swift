// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// One run of a program, while what it does is being gathered. Handlers get it after the options were told apart and
/// their roles applied, and before the operands' are.
struct ProgramRun {
    let table: ProgramTable
    let invocation: Invocation
    /// The program's name, without a version: what entries are looked up by.
    let name: UTF8String
    var entry: ProgramEntry
    /// How many programs this one is inside of, by subcommands.
    let depth: Int

    var words = MatchedWords()
    /// Those that have no role yet. Handlers take away what they have judged.
    var operands: [ShellValue] = []
    var operandRules: [OperandRule] = []
    var defaults: [RoleAction] = []
    var input: OperandRole?
    var isTree = false
    var isModified = false
    /// Relative paths start from here.
    var directory: ShellValue?
    var passes = false
    private(set) var actions: [ProgramAction] = []

    init(_ table: ProgramTable, _ invocation: Invocation, _ name: UTF8String, _ entry: ProgramEntry, depth: Int) {
        self.table = table
        self.invocation = invocation
        self.name = name
        self.entry = entry
        self.depth = depth
    }

    mutating func add(_ action: ProgramAction) { actions.append(action) }
    mutating func add(opaque position: OpaquePosition) { actions.append(.opaque(position)) }
    mutating func add(_ more: [ProgramAction]) { actions += more }

    // MARK: What was given

    /// Whether an option was given, by its first spelling in the entry.
    func has(_ spelling: UTF8String...) -> Bool {
        words.options.contains { spelling.contains(entry.options[$0.rule].names[0]) }
    }

    /// An option's arguments, in order.
    func values(_ spelling: UTF8String...) -> [ShellValue] {
        words.options.filter { spelling.contains(entry.options[$0.rule].names[0]) }.compactMap(\.value)
    }

    // MARK: Running

    /// All that the program does.
    mutating func run() -> [ProgramAction] {
        if isHelp { return [] }
        if entry.mayHaveSubcommand { lookForSubcommand() }
        words = OptionMatcher.match(invocation.arguments, entry)
        operands = words.operands
        operandRules = entry.operands
        defaults = entry.defaults
        input = entry.input
        enterDirectories()
        applyAlways()
        applyOptions()
        applyProjectOptions()
        if entry.hasSubcommands { return subcommand() }
        if entry.takesArgumentFiles { readArguments() }
        if let handler = entry.handler.flatMap({ ProgramHandlers.all[$0] }) { handler(&self) }
        applyInput()
        applyOperands()
        if passes { add(.passesInput) }
        return actions
    }

    /// What is in a file of arguments nobody has read.
    private mutating func readArguments() {
        let files = operands.filter { $0.prefix.hasPrefix("@") }
        guard !files.isEmpty else { return }
        for file in files { path([.read], file.dropping(1)) }
        operands.removeAll { $0.prefix.hasPrefix("@") }
        add(opaque: .arguments)
    }

    /// Where it runs first, whatever the order: programs differ in what `-C` changes, and few mean what precedes it.
    private mutating func enterDirectories() {
        for option in words.options where entry.options[option.rule].role == .directory {
            if let value = option.value { directory = value.inDirectory(directory) }
        }
    }

    private mutating func applyAlways() {
        for clause in entry.always { apply(clause) }
    }

    mutating func applyOptions() {
        if !entry.takesAnyOption {
            if !words.unknown.isEmpty { add(opaque: .arguments) }
            if words.mayHideOption { hiddenOption() }
        }
        if let role = entry.anyOption {
            for word in words.unknown { apply(role, word) }
            // Names in the working directory are what the operands' roles say.
            for word in words.afterUnknown where ProgramRoles.isElsewhere(word.prefix.bytes) { apply(role, word) }
        }
        // Two options may each take the first operand's role, which is there once.
        var didDrop = false
        for option in words.options {
            let rule = entry.options[option.rule]
            if let value = option.value, rule.role != .directory { apply(rule.role, value) }
            for clause in rule.clauses {
                if clause == .drop {
                    if !didDrop, !operandRules.isEmpty { operandRules.removeFirst() }
                    didDrop = true
                } else {
                    apply(clause)
                }
            }
        }
    }

    /// An option that nobody can read does what the worst of them does.
    mutating func hiddenOption() {
        let reach = entry.reach
        // What a handler makes of an option is not in the entry.
        let isQuiet =
            entry.handler.map { ProgramHandlers.ofReaders.contains($0) || ProgramHandlers.ofWriters.contains($0) }
            ?? true
        if reach.acts || !isQuiet || entry.hasSubcommands {
            add(opaque: .arguments)
        } else if reach.writes || entry.handler.map(ProgramHandlers.ofWriters.contains) ?? false {
            add(.path([.write], .unknown))
        }
        if reach.reads { add(.path([.read], .unknown)) }
    }

    mutating func apply(_ clause: OptionClause) {
        switch clause {
        case .operands(let rules): operandRules = rules
        case .drop: if !operandRules.isEmpty { operandRules.removeFirst() }
        case .tree: isTree = true
        case .modify: isModified = true
        case .defaults(let new): defaults = new
        case .stop: break
        case .noInput: input = nil
        case .action(let action): apply(action)
        case .passes: passes = true
        case .changes: passes = false
        }
    }

    private mutating func apply(_ action: RoleAction) { apply(action.role, ShellValue(action.value)) }

    private mutating func applyInput() {
        let isRun = entry.isInputAlwaysRun || operands.isEmpty || operands.contains { $0.is("-") }
        guard let input, isRun else { return }
        add(ProgramRun.actions(ofInput: invocation.input, as: input))
    }

    /// What a program does that runs its standard input. What a person, or another call, would type there nobody knows.
    static func actions(ofInput input: Invocation.Input, as role: OperandRole) -> [ProgramAction] {
        switch (role, input) {
        case (.shell, .text(let text)): [.shell(text)]
        case (.shell, .files(let files)): files.map { .shellFile($0, []) }
        case (.code(let language), .text(let text)): [.code(language, text)]
        case (.code, .files(let files)), (.codeFile, .files(let files)): files.map { .codeFile($0) }
        case (.listFile, _): [.opaque(.pathRead)]
        case (.inert, _): []
        default: [.opaque(.code)]
        }
    }

    private mutating func applyOperands() {
        if entry.refusesOperands, !operands.isEmpty { add(opaque: .arguments) }
        var first = operandRules.prefix { !$0.isRepeated }[...]
        let repeated = operandRules.first { $0.isRepeated }
        // A search without files means what it means without operands: `grep -r x`.
        if operands.isEmpty || repeated != nil && operands.count <= first.count {
            for action in defaults { apply(action) }
        }
        var last = operandRules.drop { !$0.isRepeated }.dropFirst()
        if operands.count < first.count + last.count {
            first = first.prefix(max(0, operands.count - last.count))
            last = last.suffix(operands.count)
        }
        if let repeated, repeated.role == .command {
            for (value, rule) in zip(operands, first) { apply(rule.role, value) }
            var command = Array(operands.dropFirst(first.count))
            if command.first?.is("--") == true { command.removeFirst() }
            if !command.isEmpty { add(.command(command, setting())) }
            return
        }
        for (index, value) in operands.enumerated() {
            let role: OperandRole =
                if index < first.count {
                    first[first.startIndex + index].role
                } else if index >= operands.count - last.count {
                    last[last.startIndex + index - (operands.count - last.count)].role
                } else {
                    repeated?.role ?? (operandRules.isEmpty ? .inert : .opaque(.arguments))
                }
            apply(role, value)
        }
    }

    func setting() -> ProgramAction.Setting { ProgramAction.Setting(directory: directory) }
}
