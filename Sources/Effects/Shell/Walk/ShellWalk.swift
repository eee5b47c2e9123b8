// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Interprets a shell text without running it: every command that may run, with every value that its words may have.
///
/// What is known is followed exactly; where two ways are possible both are; what only run time knows becomes an `opaque`
/// effect. So the effects are at least what really happens. Loops are walked until nothing changes any more, or what
/// still changes is taken for unknown; all else is bounded by `Limits`, and what lies beyond a bound is opaque code.
struct ShellWalk {
    let environment: EffectEnvironment
    let knowledge: any ProgramKnowledge
    /// What a text in another language does.
    let languages: @Sendable (ProgramAction.Language, UTF8String) -> [ProgramAction]

    var effects: EffectSet
    var failure: EffectError?
    var steps = 0
    var depth = 0
    /// What `break`, `return` and `exit` leave, the innermost last.
    var frames: [Frame] = []
    /// How often something was written past the nearest capture: to standard error, or to a descriptor kept aside.
    var strays = 0
    /// Functions and aliases that are being walked.
    var active: [UTF8String: Int] = [:]
    var isInTrap = false
    /// How many conditions are around: `set -e` does not count there.
    var conditions = 0
    /// Commands that run beside the others, with the state they began with.
    var background: [(body: ShellBody, state: ShellState)] = []
    var processes = 0
    /// What stands for names in texts that have some in them.
    var names: [(sign: UTF8String, piece: ShellValue.Piece)] = []

    struct Frame {
        enum Kind { case loop, function, shell }
        var kind: Kind
        /// Joined states at `break`, `return` or `exit`.
        var left: ShellState?
        /// Joined states at `continue`.
        var continued: ShellState?
    }

    init(
        _ environment: EffectEnvironment, _ knowledge: any ProgramKnowledge, _ effects: EffectSet,
        languages: @escaping @Sendable (ProgramAction.Language, UTF8String) -> [ProgramAction]
    ) {
        self.environment = environment
        self.knowledge = knowledge
        self.effects = effects
        self.languages = languages
    }

    /// A shell as a call starts it: no parameters, in the working directory.
    var start: ShellState {
        var state = ShellState()
        state.directories = environment.workingDirectory.flatMap {
            CanonicalPath(exact: $0, in: environment, base: nil)?.readings
        }
        return state
    }

    // MARK: Effects

    mutating func insert(_ effect: Effect) {
        guard failure == nil else { return }
        do throws(EffectError) { try effects.insert(effect) } catch { failure = error }
    }

    mutating func insert(opaque position: OpaquePosition) { insert(.opaque(position)) }

    // MARK: Bounds

    /// Whether the walk goes on. Over the bound all that is left is opaque code.
    mutating func spend(_ count: Int = 1) -> Bool {
        guard failure == nil, steps <= Limits.walkStepsMax else { return false }
        steps += count
        if steps > Limits.walkStepsMax { insert(opaque: .code) }
        return steps <= Limits.walkStepsMax
    }

    /// Goes one level down, where that is allowed.
    mutating func nested<Result>(_ otherwise: Result, _ body: (inout ShellWalk) -> Result) -> Result {
        guard depth < Limits.walkDepthMax else {
            insert(opaque: .code)
            return otherwise
        }
        depth += 1
        defer { depth -= 1 }
        return body(&self)
    }

    // MARK: States

    func join(_ first: ShellState?, _ second: ShellState?) -> ShellState? {
        guard let first else { return second }
        guard let second else { return first }
        return first.joined(with: second) { initial($0) }
    }

    func join(_ first: ShellEnds, _ second: ShellEnds) -> ShellEnds {
        ShellEnds(success: join(first.success, second.success), failure: join(first.failure, second.failure))
    }

    func end(_ ends: ShellEnds) -> ShellState? { join(ends.success, ends.failure) }

    /// Goes out of the frame that `isTarget` names, counting from the innermost.
    ///
    /// - Returns: whether there is one.
    mutating func leave(_ state: ShellState, continues: Bool = false, _ isTarget: (Frame) -> Bool) -> Bool {
        guard let index = frames.lastIndex(where: isTarget) else { return false }
        if continues {
            frames[index].continued = join(frames[index].continued, state)
        } else {
            frames[index].left = join(frames[index].left, state)
        }
        return true
    }

    /// Walks `body` in a frame of its own, and joins what left it.
    mutating func framed(_ kind: Frame.Kind, _ body: (inout ShellWalk) -> ShellEnds) -> ShellEnds {
        frames.append(Frame(kind: kind))
        let ends = body(&self)
        let left = frames.popLast()?.left
        return join(ends, .either(left))
    }

    // MARK: Shells

    /// Walks a text as a shell of its own: `sh -c`, `$(…)`, `( … )`, the call's own.
    ///
    /// - Returns: the state at its end, to take its output and its files from.
    mutating func shell(_ state: ShellState, _ body: (inout ShellWalk, ShellState) -> ShellEnds) -> ShellState {
        var inner = state
        inner.traps = []
        inner.endTraps = []
        let (before, conditionsBefore) = (background.count, conditions)
        let ends = framed(.shell) { walk in body(&walk, inner) }
        var end = end(ends) ?? inner
        for trap in end.endTraps + end.traps { end = self.trap(trap, end) }
        conditions = conditionsBefore
        // What runs beside may do so after all the rest, and see what the rest has written.
        let waiting = background[before...]
        background.removeSubrange(before...)
        for (body, start) in waiting where start.files != end.files {
            var late = start
            late.files = ShellState.files(start.files, end.files)
            end.files = ShellState.files(end.files, aside(body, late).files)
        }
        return end
    }

    /// Walks a command whose state is lost but for the files it writes.
    mutating func aside(_ body: ShellBody, _ state: ShellState) -> ShellState {
        var state = state
        state.isCaptured = false
        return shell(state) { walk, state in walk.body(body, state) }
    }

    mutating func trap(_ command: ShellValue, _ state: ShellState) -> ShellState {
        guard !isInTrap else { return state }
        isInTrap = true
        defer { isInTrap = false }
        return join(state, end(code(command, state))) ?? state
    }

    /// Walks a text in the current shell: `eval`, a trap, the call's own text.
    mutating func code(_ text: ShellValue, _ state: ShellState) -> ShellEnds {
        guard let known = text.known else {
            insert(opaque: .code)
            return .either(state)
        }
        guard let script = script(known) else { return .either(unreadable(state)) }
        return nested(.either(state)) { walk in walk.script(script, state) }
    }

    /// After code that nobody read, nothing of the shell is known.
    func unreadable(_ state: ShellState) -> ShellState {
        var state = state
        state.directories = nil
        state.positional = nil
        state.search = .unknown
        if state.isCaptured { state.output = .unknown(.computed) }
        return state
    }

    /// The text's tree; where it has none its first word is executed, if that is literal, and the rest is opaque code.
    mutating func script(_ text: UTF8String) -> ShellScript? {
        guard spend(1 + text.byteCount / 64) else { return nil }
        guard text.byteCount <= Limits.commandBytesMax, let script = ShellReading.script(text) else {
            if let first = ShellReading.firstWord(text) { _ = program(named: first, [], start) }
            insert(opaque: .code)
            return nil
        }
        return script
    }
}
