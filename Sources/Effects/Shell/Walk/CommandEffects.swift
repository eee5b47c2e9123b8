// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What commands do: the walk behind the kinds `command`, `argv`, `program` and `url` of tool maps.
enum CommandEffects {
    /// Adds the effects of a command line for a shell.
    static func add(
        line: UTF8String, _ environment: EffectEnvironment, to effects: inout EffectSet,
        knowledge: any ProgramKnowledge = CommandKnowledge.programs
    ) throws(EffectError) {
        guard line.bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }) else {
            try effects.insert(opaque: .arguments)
            return
        }
        let text = ShellReading.withoutOpenRedirection(line) ?? line
        try walk(environment, &effects, knowledge) { walk in
            _ = walk.shell(walk.start) { walk, state in walk.code(ShellValue(text), state) }
        }
    }

    /// Adds the effects of a program run without a shell: its name and its operands.
    static func add(
        words: [UTF8String], _ environment: EffectEnvironment, to effects: inout EffectSet,
        knowledge: any ProgramKnowledge = CommandKnowledge.programs
    ) throws(EffectError) {
        guard !words.isEmpty else {
            try effects.insert(opaque: .arguments)
            return
        }
        try walk(environment, &effects, knowledge) { walk in
            _ = walk.program(words.map { ShellValue($0) }, walk.start)
        }
    }

    /// Adds the effects of a program of which the name alone is told: that it is run, and from where.
    static func add(
        program word: UTF8String, _ environment: EffectEnvironment, to effects: inout EffectSet
    ) throws(EffectError) {
        try add(words: [word], environment, to: &effects, knowledge: NamesAlone())
    }

    static func add(url text: UTF8String, to effects: inout EffectSet) throws(EffectError) {
        let readings = CanonicalURL.readings(of: text)
        if readings.isEmpty { try effects.insert(opaque: .host) }
        for url in readings { try effects.insert(Effect(.connect, .url(url))) }
    }

    private static func walk(
        _ environment: EffectEnvironment, _ effects: inout EffectSet, _ knowledge: any ProgramKnowledge,
        _ body: (inout ShellWalk) -> Void
    ) throws(EffectError) {
        var walk = ShellWalk(environment, knowledge, effects) { CommandKnowledge.actions(of: $0, $1) }
        body(&walk)
        if let failure = walk.failure { throw failure }
        effects = walk.effects
    }
}
