// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// A server: for every interface, where none is named.
    static func webserver(_ run: inout ProgramRun) {
        if !run.has("-b") { run.add(.host("0.0.0.0")) }
    }

    static func netcat(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        if run.has("-h") { return }
        if run.has("-U") {
            for path in operands { run.path([.read, .write], path) }
        } else if run.has("-l") {
            // Whoever connects is not known.
            run.add(opaque: .host)
        } else if let host = operands.first {
            run.add(.host(host))
        }
    }

    static func socat(_ run: inout ProgramRun) {
        let addresses = run.operands
        run.operands = []
        for address in addresses {
            guard let known = address.known?.string else {
                run.add(opaque: .arguments)
                continue
            }
            // Two addresses may be joined for the two directions.
            for part in known.split(separator: "!") { socatAddress(String(part), &run) }
        }
    }

    private static func socatAddress(_ text: String, _ run: inout ProgramRun) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let type = parts[0].split(separator: ",").first.map { $0.uppercased() } ?? ""
        let rest = parts.count > 1 ? String(parts[1]) : ""
        let plain = ShellValue(
            UTF8String(String(rest.split(separator: ",", omittingEmptySubsequences: false).first ?? "")))
        switch type {
        case "-", "STDIO", "STDIN", "STDOUT", "STDERR", "PTY", "FD",
            "PIPE" where rest.isEmpty:
            break
        case "EXEC": run.apply(.command, plain)
        case "SYSTEM", "SHELL": run.add(.shell(plain))
        case "FILE", "OPEN", "GOPEN", "CREATE", "CREAT", "PIPE", "FIFO", "UNIX", "UNIX-CONNECT", "UNIX-CLIENT",
            "UNIX-SENDTO", "UNIX-RECV", "UNIX-RECVFROM",
            "UNIX-LISTEN", "UNIX-L", "LOCAL":
            run.path([.read, .write], plain)
        case _ where type.hasSuffix("LISTEN") || type.hasSuffix("-L") || type.contains("RECV"): run.add(opaque: .host)
        case _
        where ["TCP", "UDP", "SSL", "OPENSSL", "SCTP", "DCCP", "IP", "PROXY", "SOCKS", "DTLS"].contains {
            type.hasPrefix($0)
        }:
            run.add(.host(ShellValue(UTF8String(String(rest.split(separator: ":").first ?? "")))))
        default:
            if text.hasPrefix("/") || text.hasPrefix("./") {
                run.path([.read, .write], ShellValue(UTF8String(String(text.split(separator: ",").first ?? ""))))
            } else {
                run.add(opaque: .arguments)
            }
        }
        if rest.contains(",su") || rest.contains("chroot") { run.add(opaque: .arguments) }
    }

    /// Programs whose operands are hosts or addresses, beside numbers.
    static func hosts(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        for operand in operands {
            if let bytes = operand.known?.bytes, bytes.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
                bytes.count < 7
            {
                continue
            }
            if operand.prefix.string.contains("://") { run.add(.url(operand)) } else { run.add(.host(operand)) }
        }
    }

    /// dig and its kind: a name that is asked for reaches whoever answers for it.
    static func lookup(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        for operand in operands {
            let text = operand.known?.string ?? "?"
            if text.hasPrefix("+") || types.contains(text.uppercased()) { continue }
            run.add(.host(operand.prefix.hasPrefix("@") ? operand.dropping(1) : operand))
        }
    }

    private static let types: Set<String> = [
        "A", "AAAA", "ANY", "AXFR", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "IN", "MX", "NS", "PTR", "RRSIG", "SOA",
        "SPF", "SRV", "SVCB", "TLSA", "TXT",
        "QUERY", "STATUS", "FLUSH-CACHES", "STATISTICS",
    ]

    /// getent: the system's tables by name.
    static func getent(_ run: inout ProgramRun) {
        let database = run.operands.first
        let keys = run.operands.dropFirst()
        run.operands = []
        switch database?.known?.string {
        case "passwd", "shadow", "group", "gshadow", "aliases", "initgroups", "netgroup", "subuid", "subgid":
            run.path([.read], ShellValue(UTF8String("/etc/\(database?.known?.string ?? "")")))
        case "hosts", "ahosts", "ahostsv4", "ahostsv6":
            if keys.isEmpty { run.path([.read], ShellValue("/etc/hosts")) }
            for key in keys { run.add(.host(key)) }
        case "services", "protocols", "rpc", "networks", "ethers": break
        default: if database != nil { run.add(opaque: .arguments) }
        }
    }

    /// gpg: without `-o` the result lies beside what was read.
    static func gpg(_ run: inout ProgramRun) {
        guard run.values("-o").isEmpty, !run.operandRules.isEmpty else { return }
        let makes = run.words.options.contains { option in
            run.entry.options[option.rule].names.contains { ["-e", "-s", "-c", "-b", "--clearsign"].contains($0) }
        }
        let checks = run.words.options.contains {
            run.entry.options[$0.rule].names.contains {
                $0 == "--verify" || $0 == "--list-packets" || $0 == "--print-md" || $0 == "--dearmor"
            }
        }
        for file in run.operands where !file.is("-") && !checks {
            if makes {
                for suffix in [".gpg", ".asc", ".sig"] {
                    run.path([.write], ShellValue(pieces: file.pieces + [.text(UTF8String(suffix))]))
                }
            } else if !run.has("-d"), let known = file.known?.string, let dot = known.lastIndex(of: ".") {
                run.path([.write], ShellValue(UTF8String(String(known[..<dot]))))
            }
        }
    }

    /// open, xdg-open: an address, or a document for whatever program the system has for it.
    static func opener(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        if run.words.unknown.contains(where: {
            $0.prefix.hasPrefix("-a") || $0.prefix.hasPrefix("-b") || $0.is("--args")
        }) {
            run.add(opaque: .program)
        }
        for operand in operands {
            if operand.prefix.string.contains("://") || run.name.string.contains("browser") {
                run.add(.url(operand))
                continue
            }
            let text = operand.known?.string ?? "?"
            run.path([.read], operand)
            let shown = [
                ".html", ".htm", ".pdf", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".txt", ".md", ".csv", ".json",
                ".webp", "/",
            ]
            if text != ".", text != "..", !shown.contains(where: { text.lowercased().hasSuffix($0) }) {
                run.add(opaque: .program)
            }
        }
    }
}
