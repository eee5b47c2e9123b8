// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRoles {
    /// What containers, clusters and services are told.
    static let services: [UTF8String: Role] = [
        "forge-repository": { run, value in forgeRepository(&run, value) },
        "gh-field": { run, value in
            guard let (_, rest) = value.split(at: UInt8(ascii: "=")) else { return }
            if rest.prefix.hasPrefix("@") { run.path([.read], rest.dropping(1)) }
            if rest.startsUnknown { run.path([.read], .unknown) }
        },
        "gh-endpoint": { run, value in
            if schemeRange(value.prefix.bytes) != nil || value.startsUnknown { address(&run, value) }
        },
        "docker-volume": { run, value in volume(&run, value) },
        "docker-mount": { run, value in mount(&run, value) },
        "docker-right": { run, value in right(&run, value) },
        "docker-namespace": { run, value in
            if value.known.map({ $0 == "host" || $0.hasPrefix("ns:") }) ?? true { wholeMachine(&run) }
        },
        "docker-device": { run, value in
            let host = value.prefix.bytes.prefix { $0 != UInt8(ascii: ":") }
            if value.known == nil { wholeMachine(&run) } else { run.path([.read, .write], ShellValue(bytes: host)) }
        },
        "docker-host": { run, value in
            let text = value.prefix.string
            if text.hasPrefix("unix://") {
                run.path([.read, .write], value.dropping(7))
            } else if text.hasPrefix("fd://") || text.hasPrefix("npipe://") {
                run.add(opaque: .host)
            } else {
                run.add(.url(value))
            }
        },
        // Where logs go: `syslog-address=tcp://host:514`, `gelf-address`, `fluentd-address=host:24224`, `splunk-url`.
        "docker-log-option": { run, value in
            if value.startsUnknown { return run.add(opaque: .host) }
            guard let (name, address) = value.split(at: UInt8(ascii: "=")) else { return }
            guard ["address", "url", "endpoint", "host"].contains(where: { name.string.hasSuffix($0) }) else { return }
            if address.prefix.hasPrefix("unix:") { return run.path([.write], address.dropping(5)) }
            if schemeRange(address.prefix.bytes) != nil { return run.add(.url(address)) }
            run.add(.host(address))
        },
        "docker-image": { run, value in image(&run, value) },
        "docker-context": { run, value in
            if schemeRange(value.prefix.bytes) != nil { return address(&run, value) }
            if value.prefix.hasPrefix("git@") { return remote(&run, value) }
            if !value.is("-") { run.path([.read], value, isTree: true) }
        },
        "docker-output": { run, value in
            let destinations = listed(value, ["dest"])
            for path in destinations { run.path([.write], path, isTree: true) }
            if value.known == nil || destinations.isEmpty && !value.prefix.string.contains("=") {
                run.path([.write], value, isTree: true)
            }
        },
        "docker-secret": { run, value in
            for path in listed(value, ["src", "source", "default"]) { run.path([.read], path) }
            if value.known == nil { run.path([.read], .unknown) }
        },
        "container-path": { run, value in containerPath(&run, value, [.read]) },
        "container-path-write": { run, value in containerPath(&run, value, [.write]) },
        "kubernetes-file": { run, value in
            run.path([.read], value.split(at: UInt8(ascii: "="))?.after ?? value)
        },
        // Where a program listens: a port, an address with one, or a socket's path. A port alone is this machine's own.
        "listening-address": { run, value in
            var address = value
            for scheme in ["tcp://", "tcp:"] where address.prefix.hasPrefix(UTF8String(scheme)) {
                address = address.dropping(scheme.utf8.count)
            }
            if address.prefix.hasPrefix("unix:") { return run.path([.write], address.dropping(5)) }
            if address.known.map({ $0.bytes.allSatisfy(\.isDigit) }) ?? false { return }
            run.add(.host(address))
        },
        "aws-argument": { run, value in serviceArgument(&run, value) },
    ]

    /// With all of the machine's rights.
    static func wholeMachine(_ run: inout ProgramRun) { run.add(.path([.read, .write], "/", isTree: true)) }

    /// `owner/name`, `host/owner/name`, or a URL.
    private static func forgeRepository(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return }
        let bytes = value.prefix.bytes
        if schemeRange(bytes) != nil || bytes.contains(UInt8(ascii: ":")) { return remote(&run, value) }
        let parts = bytes.split(separator: UInt8(ascii: "/"))
        if parts.count > 2, let host = parts.first { run.add(.host(ShellValue(bytes: host))) }
    }

    /// `source:target[:options]`; a source without a slash is a volume's name.
    private static func volume(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.path([.read, .write], .unknown, isTree: true) }
        let bytes = value.prefix.bytes
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            if value.known == nil { run.path([.read, .write], value, isTree: true) }
            return
        }
        let source = ShellValue(bytes: bytes[..<colon])
        guard isLocal(bytes[..<colon]) else { return }
        let options = bytes.split(separator: UInt8(ascii: ":")).dropFirst(2).last ?? []
        let isReadOnly = options.split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual("ro".utf8) }
        run.path(isReadOnly && value.known != nil ? [.read] : [.read, .write], source, isTree: true)
    }

    /// `type=bind,source=…,target=…,readonly`.
    private static func mount(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let known = value.known else { return run.path([.read, .write], .unknown, isTree: true) }
        let fields = known.string.split(separator: ",")
        let isReadOnly = fields.contains { ["readonly", "ro", "readonly=true", "ro=true"].contains($0) }
        // A volume may be a folder of this machine, too.
        let options = fields.compactMap { field -> ShellValue? in
            let text = field.filter { $0 != "\"" }
            return text.hasPrefix("volume-opt=device=")
                ? ShellValue(UTF8String(String(text.dropFirst(18)))) : nil
        }
        for source in listed(value, ["source", "src"]) + options where isLocal(source.prefix.bytes) {
            run.path(isReadOnly ? [.read] : [.read, .write], source, isTree: true)
        }
    }

    /// The values of these keys in a list `key=value,…`.
    private static func listed(_ value: ShellValue, _ keys: [String]) -> [ShellValue] {
        guard let known = value.known else { return [] }
        return known.string.split(separator: ",").compactMap { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, keys.contains(String(parts[0])) else { return nil }
            return ShellValue(UTF8String(String(parts[1])))
        }
    }

    /// Capabilities that are enough to leave a container; security profiles from files.
    private static func right(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let known = value.known?.string else { return wholeMachine(&run) }
        let parts = known.split(maxSplits: 1, whereSeparator: { $0 == "=" || $0 == ":" })
        if parts.count == 2 {
            if isLocal(Array(parts[1].utf8)) { run.path([.read], ShellValue(UTF8String(String(parts[1])))) }
            return
        }
        var name = known.uppercased()
        if name.hasPrefix("CAP_") { name.removeFirst(4) }
        let escapes = [
            "ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "DAC_OVERRIDE", "BPF",
            "PERFMON", "SYS_BOOT", "SYSLOG", "MKNOD", "SYS_CHROOT",
        ]
        if escapes.contains(name) { wholeMachine(&run) }
    }

    /// An image is fetched where it is not there yet; its name says from where.
    static func image(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.add(.host(.unknown)) }
        let bytes = value.prefix.bytes
        if schemeRange(bytes) != nil { return address(&run, value) }
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
            return run.add(.url("https://registry-1.docker.io"))
        }
        let first = bytes[..<slash]
        if first.elementsEqual("localhost".utf8) || first.contains(UInt8(ascii: "."))
            || first.contains(UInt8(ascii: ":"))
        {
            run.add(.host(ShellValue(bytes: first)))
        } else {
            run.add(.url("https://registry-1.docker.io"))
        }
    }

    /// `container:path` is in the container; anything else is here.
    private static func containerPath(_ run: inout ProgramRun, _ value: ShellValue, _ verbs: [Verb]) {
        let bytes = value.prefix.bytes
        if !isLocal(bytes.prefix { $0 != UInt8(ascii: ":") }), bytes.contains(UInt8(ascii: ":")) { return }
        run.path(verbs, value, isTree: true)
    }

    /// `file://path` and `@path` are read; a store's own addresses are the service's.
    private static func serviceArgument(_ run: inout ProgramRun, _ value: ShellValue) {
        var value = value
        if value.prefix.hasPrefix("-"), let (_, rest) = value.split(at: UInt8(ascii: "=")) { value = rest }
        if let scheme = schemeRange(value.prefix.bytes) {
            let name = String(decoding: value.prefix.bytes[scheme], as: UTF8.self).lowercased()
            if name == "file" || name == "fileb" {
                return run.path([.read], value.dropping(scheme.upperBound + 3))
            }
            if ["http", "https", "ftp", "ssh", "sftp"].contains(name) {
                run.add(.url(value.dropping(scheme.lowerBound)))
            }
            return
        }
        if value.prefix.hasPrefix("@") { return run.path([.read], value.dropping(1)) }
        plain(&run, value, [.read, .write])
    }
}
