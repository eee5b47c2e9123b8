// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where an alias' text was put in place of its name.
struct AliasSplice {
    var name: UTF8String
    var start: Int
    /// Behind its text, in the text as it is now. Before that the name is not expanded again, so that expansion ends.
    var end: Int
    var nameCount: Int
    var textCount: Int
    /// Whether the next word is looked up too.
    var endsInBlank: Bool
}

extension ShellReader {
    /// Puts the alias' text in place of the literal word here (bash manual, Aliases).
    ///
    /// - Returns: whether there was one; then this place has to be looked at again.
    mutating func expandAlias() throws(ShellSyntaxError) -> Bool {
        guard !settings.aliases.isEmpty else { return false }
        var end = position
        while end < bytes.count, !bytes[end].endsShellWord {
            guard !bytes[end].isShellQuoting else { return false }
            end += 1
            budget.steps += 1
        }
        guard end > position, let name = UTF8String(validating: bytes[position..<end]),
            let value = settings.aliases[name], !splices.contains(where: { $0.name == name && position < $0.end })
        else { return false }
        var text = value.bytes
        if let nul = text.firstIndex(of: 0) { throw ShellSyntaxError(.nul, nul) }
        let endsInBlank = text.last == 0x20 || text.last == 0x09
        // Bash ends it with a blank, so that what follows is a token of its own.
        if !endsInBlank { text.append(0x20) }
        let more = text.count - name.byteCount
        guard splices.count < Limits.shellAliasesMax else { throw ShellSyntaxError(.tooMuch, position) }
        guard bytes.count + more <= Limits.commandBytesMax else { throw ShellSyntaxError(.tooLong, position) }
        bytes.replaceSubrange(position..<end, with: text)
        growth += more
        // What was remembered lies elsewhere now.
        remembered = [:]
        for index in splices.indices where splices[index].end > position { splices[index].end += more }
        splices.append(
            AliasSplice(
                name: name, start: position, end: position + text.count, nameCount: name.byteCount,
                textCount: text.count, endsInBlank: endsInBlank))
        return true
    }

    /// Whether an alias that ends in a blank ended between that place and here.
    func followsBlankAlias(since start: Int) -> Bool {
        splices.contains { $0.endsInBlank && $0.end > start && $0.end <= position }
    }

    /// A place in the text as it was before aliases.
    func originalOffset(_ offset: Int) -> Int {
        var offset = offset
        for splice in splices.reversed() where offset >= splice.start {
            let behind = offset - (splice.start + splice.textCount)
            offset = behind >= 0 ? splice.start + splice.nameCount + behind : splice.start
        }
        return offset
    }
}
