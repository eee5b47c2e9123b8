// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// Programs that change the machine. What they only show is harmless; of all else nothing is known.
    static func administration(_ run: inout ProgramRun) {
        let words = run.invocation.arguments.map { $0.known?.string }
        run.operands = []
        if words.count == 1, words[0] == "--help" || words[0] == "--version" { return }
        if words.isEmpty, showsAlone.contains(run.name) { return }
        if run.name == "sysctl" {
            let reads = words.allSatisfy { word in
                word.map {
                    !$0.contains("=")
                        && (!$0.hasPrefix("-") || ["-a", "-A", "-n", "-e", "-N", "--all", "-b", "-x"].contains($0))
                } ?? false
            }
            if reads { return }
        }
        if run.name == "defaults", words.first == "read" { return run.add(opaque: .pathRead) }
        if let first = words.first ?? nil, shows[run.name]?.contains(first) == true, words.allSatisfy({ $0 != nil }) {
            return
        }
        run.add(opaque: .arguments)
    }

    private static let showsAlone: Set<UTF8String> = [
        "mount", "swapon", "hostnamectl", "timedatectl", "localectl", "loginctl", "networkctl", "nmcli", "sestatus",
        "getenforce", "iwconfig", "rfkill", "xcode-select",
        "plutil", "locale-gen", "losetup", "quota", "udevadm", "aa-status", "mdutil",
    ]

    /// First words after which nothing is changed.
    private static let shows: [UTF8String: Set<String>] = [
        "iptables": ["-L", "-S", "-nL", "-nvL", "-vnL", "--list", "-nL"], "ip6tables": ["-L", "-S", "-nL", "--list"],
        "ufw": ["status", "version"], "launchctl": ["list", "print", "version"],
        "hostnamectl": ["status", "--static", "hostname"],
        "timedatectl": ["status", "show", "list-timezones"], "localectl": ["status", "list-locales"],
        "loginctl": ["list-sessions", "list-users", "show-session", "session-status"],
        "networkctl": ["status", "list"],
        "update-alternatives": ["--list", "--display", "--query", "--get-selections"],
        "alternatives": ["--list", "--display"],
        "ldconfig": ["-p", "--print-cache"], "rfkill": ["list"], "pmset": ["-g"], "auditctl": ["-s", "-l"],
        "nginx": ["-t", "-v", "-V", "-T"], "sshd": ["-t", "-T"],
        "qemu-img": ["info", "check", "map"], "mount": ["-l"], "swapon": ["--show", "-s"],
        "losetup": ["-a", "-l", "--list", "--all"], "fdisk": ["-l"], "parted": ["-l"], "sgdisk": ["-p"],
        "diskutil": ["list", "info"], "smartctl": ["-a", "-i", "-H"], "zpool": ["status", "list"],
        "zfs": ["list", "get"], "systemd-tmpfiles": ["--cat-config"],
        "firewall-cmd": [
            "--state", "--list-all", "--list-services", "--list-ports", "--get-zones", "--get-default-zone",
        ], "virsh": ["list", "dominfo"],
        "chkconfig": ["--list"], "rc-status": ["--all"], "sv": ["status"], "nmcli": ["device", "-v"],
        "fc-cache": ["-v"], "plutil": ["-p", "-lint"], "scutil": ["--dns", "--proxy"],
        "codesign": ["-dv", "-d", "-v", "--verify", "--display"], "spctl": ["--status"], "csrutil": ["status"],
        "udevadm": ["info"], "dkms": ["status"], "hwclock": ["--show", "-r"],
    ]

    /// service: the state of services, or a change of it.
    static func service(_ run: inout ProgramRun) {
        let words = run.operands.map { $0.known?.string }
        run.operands = []
        if words.first == "--status-all" || words.count == 2 && words[1] == "status" || words.first == "--help" {
            return
        }
        run.add(opaque: .arguments)
    }

    /// ip, ifconfig, route, arp: showing, or changing.
    static func ipcommand(_ run: inout ProgramRun) {
        let words = run.invocation.arguments.map { $0.known?.string ?? "?" }
        run.operands = []
        let options = words.filter { $0.hasPrefix("-") }
        let plain = words.filter { !$0.hasPrefix("-") }
        let isHarmless: Bool =
            if run.name == "ip" {
                options.allSatisfy {
                    [
                        "-4", "-6", "-s", "-br", "-brief", "-c", "-color", "-o", "-j", "-p", "-d", "-h", "-V", "-a",
                        "-stats", "-json", "-oneline",
                    ].contains($0)
                }
                    && (plain.count < 2 || ["show", "list", "ls", "get", "s", "sh", "l", "help"].contains(plain[1]))
                    && plain.first != "netns"
            } else {
                options.allSatisfy {
                    ["-a", "-n", "-an", "-na", "-s", "-v", "-e", "-l", "-ee", "-4", "-6", "-V", "-h"].contains($0)
                } && plain.count < 2
            }
        if !isHarmless { run.add(opaque: .arguments) }
    }

    /// apt install and its like: packages bring scripts that run.
    static func aptinstall(_ run: inout ProgramRun) {
        let onlyShows = run.words.options.contains { option in
            let names = run.entry.options[option.rule].names
            return ["-s", "--simulate", "--dry-run", "--just-print", "--print-uris"].contains { names.contains($0) }
        }
        let operands = run.operands
        run.operands = []
        if onlyShows { return }
        run.add(opaque: .arguments)
        for operand in operands where operand.known.map({ $0.string.contains("/") }) ?? true {
            run.add(.codeFile(operand))
        }
    }

    /// rpm: asking is harmless, all else installs or removes.
    static func rpm(_ run: inout ProgramRun) {
        let asks = run.has("-q", "-E")
        let isFile = run.invocation.arguments.contains {
            $0.prefix.hasPrefix("-q") && $0.prefix.string.contains("p") || $0.is("-p") || $0.is("--package")
        }
        for operand in run.operands where operand.prefix.string.contains("://") { run.add(.url(operand)) }
        if !asks {
            run.add(opaque: .arguments)
        } else if isFile {
            for operand in run.operands { run.path([.read], operand) }
        }
        run.operands = []
    }
}
