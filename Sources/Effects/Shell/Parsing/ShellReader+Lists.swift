// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Lists and pipelines: POSIX XCU §2.9.2 to §2.9.4.
extension ShellReader {
    /// The text to its end.
    mutating func wholeScript() throws(ShellSyntaxError) -> ShellScript {
        let script = try list()
        guard position >= bytes.count else { throw unexpected() }
        return script
    }

    /// Commands up to what can begin none: the end, `)`, `;;`, a reserved word that closes something. There may be none.
    mutating func list() throws(ShellSyntaxError) -> ShellScript {
        var commands: [ShellCommand] = []
        try skipNewlines()
        while try beginsCommand() {
            var command = try andOr()
            try skipBlanks()
            switch try peek() {
            case UInt8(ascii: "&"):
                // `&&` and `&>` are none of these: they would have been read.
                position += 1
                allowsReserved = true
                command.isBackground = true
                commands.append(command)
                try skipNewlines()
                continue
            case UInt8(ascii: ";"):
                commands.append(command)
                let next = peek(1)
                if next == UInt8(ascii: ";") || next == UInt8(ascii: "&") { return ShellScript(commands: commands) }
                position += 1
                allowsReserved = true
                try skipNewlines()
                continue
            case 0x0a:
                commands.append(command)
                try skipNewlines()
                continue
            default:
                commands.append(command)
                return ShellScript(commands: commands)
            }
        }
        return ShellScript(commands: commands)
    }

    /// A list that has to have a command.
    mutating func fullList() throws(ShellSyntaxError) -> ShellScript {
        let script = try list()
        if script.commands.isEmpty { throw unexpected() }
        return script
    }

    private mutating func beginsCommand() throws(ShellSyntaxError) -> Bool {
        switch try peek() {
        case 0, UInt8(ascii: ")"): return false
        case UInt8(ascii: ";"):
            let next = peek(1)
            return next != UInt8(ascii: ";") && next != UInt8(ascii: "&")
        default: break
        }
        guard let (word, _) = try keyword() else { return true }
        return !word.closes
    }

    private mutating func andOr() throws(ShellSyntaxError) -> ShellCommand {
        try node()
        var command = ShellCommand(first: try pipeline(), rest: [], isBackground: false)
        while true {
            try skipBlanks()
            let byte = try peek()
            guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"), peek(1) == byte else { return command }
            skip(2)
            allowsReserved = true
            try skipNewlines()
            try node()
            command.rest.append(.init(joint: byte == UInt8(ascii: "&") ? .and : .or, pipeline: try pipeline()))
        }
    }

    private mutating func pipeline() throws(ShellSyntaxError) -> ShellPipeline {
        var pipeline = ShellPipeline(stages: [])
        if try prefixes(of: &pipeline) {
            // `time` and `!` alone.
            let byte = try peek()
            if byte == 0 || byte == 0x0a || (byte == UInt8(ascii: ";") && !isClauseEnd()) {
                pipeline.stages = [.init(body: .simple(SimpleCommand(assignments: [], words: [], redirections: [])))]
                return pipeline
            }
        }
        while true {
            try node()
            var stage = ShellPipeline.Stage(body: try command(isFirst: pipeline.stages.isEmpty))
            try skipBlanks()
            guard try peek() == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else {
                pipeline.stages.append(stage)
                return pipeline
            }
            stage.joinsErrors = peek(1) == UInt8(ascii: "&")
            skip(stage.joinsErrors ? 2 : 1)
            pipeline.stages.append(stage)
            allowsReserved = true
            try skipNewlines()
        }
    }

    /// `!` and `time`, in any order and number.
    private mutating func prefixes(of pipeline: inout ShellPipeline) throws(ShellSyntaxError) -> Bool {
        var hasSome = false
        while true {
            try skipBlanks()
            while try expandAlias() { try skipBlanks() }
            guard let (word, end) = try keyword() else { return hasSome }
            switch word {
            case .not: pipeline.isNegated.toggle()
            case .time where position != wordPlace: pipeline.isTimed = true
            default: return hasSome
            }
            position = end
            hasSome = true
            guard word == .time else { continue }
            try skipBlanks()
            if let end = literal("-p") {
                position = end
                try skipBlanks()
            }
            if let end = literal("--") { position = end }
        }
    }

    /// Whether `;;`, `;&` is here.
    mutating func isClauseEnd() -> Bool {
        guard peek(0) == UInt8(ascii: ";") else { return false }
        let next = peek(1)
        return next == UInt8(ascii: ";") || next == UInt8(ascii: "&")
    }
}
