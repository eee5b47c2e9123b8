// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// `http [METHOD] URL [ITEM …]`; an item with `@` brings a file.
    static func httpie(_ run: inout ProgramRun) {
        var operands = run.operands[...]
        run.operands = []
        if let method = operands.first?.known?.bytes, operands.count > 1,
            method.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        {
            operands.removeFirst()
        }
        guard let address = operands.popFirst() else { return }
        if address.prefix.hasPrefix(":") {
            run.add(.host("localhost"))
        } else {
            run.add(.url(address))
        }
        for item in operands {
            if item.startsUnknown { run.path([.read], .unknown) }
            let bytes = item.prefix.bytes
            guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { continue }
            let mark = at > 0 ? bytes[at - 1] : 0
            let isField = !bytes[..<at].contains(where: { "=:".utf8.contains($0) })
            if isField || "=:".utf8.contains(mark) { run.path([.read], item.dropping(at + 1)) }
        }
    }
}
