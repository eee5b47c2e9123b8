// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A text with places where lines may be broken, after Wadler's "A prettier printer", as a list of instructions: no
/// nesting of the text's can overflow a stack here.
struct Layout {
    enum Instruction {
        case text(UTF8String, width: Int)
        /// A comment, which is followed by a new line. It takes no room: what is in front of it is laid out as without it.
        case comment(UTF8String)
        /// A blank, unless at the beginning of a line.
        case blank
        /// A blank, or a new line in a group that does not fit.
        case line
        /// Nothing, or a new line in a group that does not fit.
        case softLine
        /// A new line.
        case hardLine
        /// What follows is on one line if it fits, up to `endGroup`.
        case group
        case endGroup
        /// New lines begin so many columns further right, up to `endNest`.
        case nest(Int)
        case endNest
        /// A place where a group may begin, should one turn out to.
        case nothing
    }

    private(set) var instructions: [Instruction] = []

    mutating func append(_ instruction: Instruction) { instructions.append(instruction) }

    mutating func append(_ text: UTF8String) {
        instructions.append(.text(text, width: DisplayWidth.columns(of: text)))
    }

    /// A place for `beginGroup(at:)`.
    mutating func mark() -> Int {
        instructions.append(.nothing)
        return instructions.count - 1
    }

    mutating func beginGroup(at mark: Int) { instructions[mark] = .group }
}

/// Writes a layout, breaking the lines of each group that does not fit.
///
/// New lines in a row become one, and no line ends with a blank: what makes them is comments.
struct LayoutRenderer {
    private let lineWidth: Int
    private var output: [UInt8] = []
    private var column = 0
    /// The columns of a new line that has no text yet.
    private var newLine: Int?
    private var pendingBlank = false

    init(lineWidth: Int) { self.lineWidth = lineWidth }

    /// The text; its end is cut off where it becomes larger than a policy file may be.
    mutating func render(_ layout: Layout) -> [UInt8] {
        let instructions = layout.instructions
        var indents = [0]
        // Groups that are on one line, inside each other; new lines are only outside of all of them.
        var flatGroups = 0
        for (index, instruction) in instructions.enumerated() {
            guard output.count <= CedarLimits.policyFileBytesMax else { break }
            switch instruction {
            case .text(let text, let width): write(text, width)
            case .comment(let text):
                if column > 0 { blank() }
                write(text, 0)
            case .blank: blank()
            case .line where flatGroups > 0: blank()
            case .softLine where flatGroups > 0: break
            case .line, .softLine, .hardLine: startLine(Self.indent(after: index, instructions, indents))
            case .group: if flatGroups > 0 || fits(instructions, from: index + 1) { flatGroups += 1 }
            case .endGroup: flatGroups = max(0, flatGroups - 1)
            case .nest(let columns): indents.append((indents.last ?? 0) + columns)
            case .endNest: indents.removeLast()
            case .nothing: break
            }
        }
        return output
    }

    private mutating func write(_ text: UTF8String, _ width: Int) {
        if let columns = newLine {
            if !output.isEmpty { output.append(0x0a) }
            output.append(contentsOf: repeatElement(0x20, count: columns))
        } else if pendingBlank {
            output.append(0x20)
        }
        newLine = nil
        pendingBlank = false
        output += text.bytes
        column += width
    }

    private mutating func blank() {
        guard newLine == nil else { return }
        pendingBlank = true
        column += 1
    }

    private mutating func startLine(_ columns: Int) {
        newLine = columns
        pendingBlank = false
        column = columns
    }

    /// A new line has the indent of what comes next, so that what follows a nested part's last line is not nested.
    private static func indent(after index: Int, _ instructions: [Layout.Instruction], _ indents: [Int]) -> Int {
        var level = indents.count - 1
        var opened = 0
        for instruction in instructions[(index + 1)...] {
            switch instruction {
            case .nest: opened += 1
            case .endNest: if opened > 0 { opened -= 1 } else { level -= 1 }
            case .group, .endGroup, .nothing: continue
            default: return level >= 0 ? indents[level] : 0
            }
        }
        return 0
    }

    /// Whether the group's content, and what follows up to the next place for a new line, fit on the current line.
    private func fits(_ instructions: [Layout.Instruction], from start: Int) -> Bool {
        var column = column
        var depth = 1
        for (index, instruction) in zip(start..., instructions[start...]) {
            switch instruction {
            case .text(_, let width): column += width
            case .comment: break
            case .blank: column += 1
            case .line:
                if depth == 0 { return true }
                column += 1
            case .softLine: if depth == 0 { return true }
            case .hardLine: return depth == 0 || Self.ends(depth, instructions, after: index)
            // Of the groups after this one only the new lines count.
            case .group: if depth > 0 { depth += 1 }
            case .endGroup: if depth > 0 { depth -= 1 }
            case .nest, .endNest, .nothing: break
            }
            if column > lineWidth { return false }
        }
        return true
    }

    /// Whether nothing is left in as many groups: a comment behind a group's last token does not break it.
    private static func ends(_ groups: Int, _ instructions: [Layout.Instruction], after index: Int) -> Bool {
        var depth = groups
        for instruction in instructions[(index + 1)...] {
            switch instruction {
            case .group: depth += 1
            case .endGroup: depth -= 1
            case .nest, .endNest, .nothing: continue
            default: return false
            }
            if depth == 0 { return true }
        }
        return true
    }
}
